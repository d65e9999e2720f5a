import { Conversation, INVALID_KEY } from './conversation.ts'
import type { Finding } from './finding.ts'
import type { HarnessClock } from './harness-clock.ts'
import { CannotRunError, type Reason } from './not-run.ts'
import { observing } from './observe.ts'
import type { Scenario } from './scenario.ts'
import type { Outcome, ScenarioResult } from './scenario-result.ts'
import { type Caller, type ExchangePhase, hasAnswer, type SeenExchange } from './seen-exchange.ts'
import type { Stage, StageKeys, Target } from './target.ts'
import { layered } from './transport.ts'

export interface RunOptions {
  readonly clock: HarnessClock
  /** What the exchanges of one scenario say, each by itself and together. */
  readonly check: (exchanges: readonly SeenExchange[]) => readonly Finding[]
  readonly onExchange?: (exchange: SeenExchange) => void
}

/** Tells one scenario to a target, and judges everything that was said. Never throws for what the platform does. */
export async function runScenario(
  scenario: Scenario,
  target: Target,
  options: RunOptions,
): Promise<ScenarioResult> {
  const before = options.clock.elapsedMs()
  const exchanges: SeenExchange[] = []
  const end = await tell(scenario, target, options, exchanges)
  exchanges.sort((one, other) => one.seq - other.seq)
  const { id, title, cost } = scenario
  const judged = end.outcome === 'passed' ? unmet(scenario, exchanges) : end
  return {
    id,
    title,
    cost,
    ...judged,
    findings: options.check(exchanges).map((finding) => remarked(finding, scenario)),
    exchanges,
    durationMs: options.clock.elapsedMs() - before,
  }
}

interface End {
  readonly outcome: Outcome
  readonly reason?: Reason
  readonly failure?: string
}

async function tell(
  scenario: Scenario,
  target: Target,
  options: RunOptions,
  exchanges: SeenExchange[],
): Promise<End> {
  const refused = notForIt(scenario, target) ?? target.refuses(scenario)
  if (refused !== null) return { outcome: 'not-run', reason: refused }
  let stage: Stage
  try {
    stage = await target.enter(scenario)
  } catch (error) {
    return endOf(error)
  }
  const end = await onStage(scenario, stage, options, exchanges)
  try {
    await stage.leave(end.outcome)
  } catch (error) {
    return end.outcome === 'passed' ? endOf(error) : end
  }
  return end
}

function notForIt({ notOnLive }: Scenario, { kind }: Target): Reason | null {
  if (notOnLive === undefined || kind === 'mock' || kind === 'mock-http') return null
  return { ...notOnLive, leftOut: true }
}

async function onStage(
  scenario: Scenario,
  stage: Stage,
  { clock, onExchange }: RunOptions,
  exchanges: SeenExchange[],
): Promise<End> {
  let phase: ExchangePhase = 'setup'
  let seq = 0
  const undoing: (() => Promise<unknown>)[] = []
  const layer = observing({
    scenario: scenario.id,
    clock: clockOf(stage, clock),
    phase: () => phase,
    callerOf: callerAmong(stage.keys),
    nextSeq: () => ++seq,
    onExchange: (exchange) => {
      exchanges.push(exchange)
      onExchange?.(exchange)
    },
  })
  const conversation = new Conversation({
    stage,
    transport: layered(stage.transport, [layer]),
    onCleanUp: (undo) => undoing.push(undo),
  })
  const story = async () => {
    for (const state of scenario.needs) conversation.give(state, await stage.provide(state, conversation))
    phase = 'scenario'
    await scenario.run(conversation)
  }
  const told = await endAfter(story)
  phase = 'cleanup'
  const undone = await undoAll(undoing)
  return told.outcome === 'passed' ? undone : told
}

/** What was recorded is evidence of the day on which it was. */
const clockOf = ({ saidAt }: Stage, clock: HarnessClock): HarnessClock =>
  saidAt === undefined ? clock : { now: () => saidAt, elapsedMs: () => clock.elapsedMs() }

async function endAfter(act: () => Promise<unknown>): Promise<End> {
  try {
    await act()
    return { outcome: 'passed' }
  } catch (error) {
    return endOf(error)
  }
}

/** The last thing first; one that fails does not keep the others from being undone. */
async function undoAll(undoing: readonly (() => Promise<unknown>)[]): Promise<End> {
  let worst: End = { outcome: 'passed' }
  for (const undo of undoing.toReversed()) {
    const end = await endAfter(undo)
    if (end.outcome !== 'passed') worst = { ...end, failure: `clean-up: ${end.failure ?? end.reason?.text}` }
  }
  return worst
}

function endOf(error: unknown): End {
  const cannot = causeThatCannotRun(error)
  if (cannot) return { outcome: 'not-run', reason: cannot.reason }
  return { outcome: 'failed', failure: error instanceof Error ? error.message : String(error) }
}

/** A client between scenario and transport may have wrapped it. */
function causeThatCannotRun(error: unknown): CannotRunError | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (isCannotRun(cause)) return cause
  }
  return null
}

/** By its name, for scenarios of others bring the class from their own copy of this module. */
const isCannotRun = (error: Error): error is CannotRunError =>
  error instanceof CannotRunError || (error.name === 'CannotRunError' && 'reason' in error)

function callerAmong(keys: StageKeys): (authorization: string | undefined) => Caller {
  const callers = new Map<string, Caller>([
    [`Token ${keys.owner}`, 'owner'],
    [`Token ${INVALID_KEY}`, 'invalid'],
  ])
  if (keys.other !== null) callers.set(`Token ${keys.other}`, 'other')
  return (authorization) =>
    authorization === undefined ? 'nobody' : (callers.get(authorization) ?? 'invalid')
}

/** A scenario that says what it covers is held to it; one that asked nothing has shown nothing. */
function unmet({ covers }: Scenario, exchanges: readonly SeenExchange[]): End {
  if (exchanges.length === 0)
    return { outcome: 'failed', failure: 'it asked the platform nothing, so that nothing was checked' }
  const met = new Set(
    exchanges
      .filter(({ phase }) => phase === 'scenario')
      .filter(hasAnswer)
      .map(({ operationId, response }) => `${operationId ?? 'outside'} ${response.status}`),
  )
  const missing = covers.map((cell) => cell.join(' ')).filter((cell) => !met.has(cell))
  if (missing.length === 0) return { outcome: 'passed' }
  return { outcome: 'failed', failure: `it says that it covers ${missing.join(', ')}, and did not meet that` }
}

/** What a scenario does on purpose is told and not counted. */
function remarked(finding: Finding, { deliberate = [] }: Scenario): Finding {
  const meant = deliberate.find(
    (one) => one.class === finding.class && one.operationId === finding.operationId,
  )
  return meant
    ? { ...finding, severity: 'info', message: `${finding.message} (meant: ${meant.reason})` }
    : finding
}
