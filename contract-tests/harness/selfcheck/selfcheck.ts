import type { Finding } from '../finding.ts'
import { type RunOptions, runScenario } from '../run-scenario.ts'
import type { Scenario } from '../scenario.ts'
import { countsAsFinding, type ScenarioResult } from '../scenario-result.ts'
import { hasAnswer } from '../seen-exchange.ts'
import type { Stage, Target } from '../target.ts'
import { layered } from '../transport.ts'
import { wholeOfSeen } from './answer.ts'
import type { Deviation, PlatformVariation, Spoiler, Variation, VariedPlatform } from './deviation.ts'
import { groupOf } from './groups.ts'
import { idsIn } from './ids-in.ts'
import { spoiling } from './spoiling.ts'

export interface SelfcheckParts {
  readonly scenarios: readonly Scenario[]
  /** The side that is believed to be the platform. Opened anew for each run. */
  readonly openTarget: VariedPlatform['openTarget']
  /** For variations: one of its own for each scenario, many at the same time. Default: as all others. */
  readonly openVaried?: VariedPlatform['openTarget']
  readonly run: RunOptions
  readonly deviations: readonly Deviation[]
  readonly variations: readonly Variation[]
  readonly onProgress?: (done: number, all: number) => void
  /** Hears of every run that a deviation was seeded into, and of the clean ones: null. */
  readonly onTold?: (result: ScenarioResult, deviation: Deviation | null) => void
}

export type DeviationOutcome =
  /** Named as it should be. */
  | 'found'
  /** Something was said, but not what. */
  | 'misnamed'
  | 'missed'
  /** No scenario ever gets an answer that it could change. */
  | 'not-applicable'

export interface DeviationResult {
  readonly id: string
  readonly class: string
  readonly group: string
  readonly outcome: DeviationOutcome
  /** The scenario that told. */
  readonly scenario: string | null
  readonly said: readonly string[]
}

export interface VariationResult {
  readonly id: string
  /** Answers that were changed: one that changes nothing proves nothing. */
  readonly changed: number
  /** What was said, and should not have been. */
  readonly alarms: readonly string[]
}

export interface SelfcheckReport {
  /** Where answers were changed. Scenarios take other steps there, so that another one may be the first to tell. */
  readonly way?: string
  readonly deviations: readonly DeviationResult[]
  readonly variations: readonly VariationResult[]
}

/** A deviation is looked for in so many scenarios, the shortest first. */
const MOST_SCENARIOS = 4

/** Seeds deviations into an otherwise good platform, one at a time, and looks whether the harness notices. */
export async function selfcheck(parts: SelfcheckParts): Promise<SelfcheckReport> {
  const clean = await cleanRun(parts)
  const all = parts.deviations.length + parts.variations.length
  let done = 0
  const tick = () => parts.onProgress?.(++done, all)
  const inTurn = async <Tried, Result>(all: readonly Tried[], attempt: (one: Tried) => Promise<Result>) => {
    const results: Result[] = []
    for (const one of all) {
      results.push(await attempt(one))
      tick()
    }
    return results
  }
  // Both at the same time: slow answers are waited for.
  const [deviations, variations] = await Promise.all([
    inTurn(parts.deviations, (deviation) => tryDeviation(deviation, clean, parts)),
    inTurn(parts.variations, (variation) => tryVariation(variation, clean, parts)),
  ])
  return { deviations, variations }
}

/** What a self-check says of itself before it begins: on a platform that is not clean, nothing can be told. */
export class NotCleanError extends Error {
  override readonly name = 'NotCleanError'
}

async function cleanRun(parts: SelfcheckParts): Promise<ReadonlyMap<Scenario, ScenarioResult>> {
  const results = new Map<Scenario, ScenarioResult>()
  await withTarget(parts.openTarget, async (target) => {
    for (const scenario of parts.scenarios) {
      const result = await runScenario(scenario, target, parts.run)
      const texts = said(result)
      parts.onTold?.(result, null)
      if (texts.length > 0) throw new NotCleanError(`${scenario.id} without deviations: ${texts.join('; ')}`)
      if (result.outcome === 'passed') results.set(scenario, result)
    }
  })
  return results
}

async function tryDeviation(
  deviation: Deviation,
  clean: ReadonlyMap<Scenario, ScenarioResult>,
  parts: SelfcheckParts,
): Promise<DeviationResult> {
  const { id, group, class: kind } = deviation
  const about = { id, group, class: kind }
  let tried = 0
  let misnamed: DeviationResult | null = null
  for (const scenario of shortestFirst(clean)) {
    if (!wouldSpoil(deviation, clean.get(scenario))) continue
    const { result, changed } = await spoiledRun(scenario, deviation.create(), parts)
    if (changed === 0) continue
    tried += 1
    parts.onTold?.(result, deviation)
    const texts = said(result)
    if (isNamed(deviation, result.findings))
      return { ...about, outcome: 'found', scenario: scenario.id, said: texts }
    if (texts.length > 0) misnamed ??= { ...about, outcome: 'misnamed', scenario: scenario.id, said: texts }
    if (tried === MOST_SCENARIOS) break
  }
  return (
    misnamed ?? { ...about, outcome: tried === 0 ? 'not-applicable' : 'missed', scenario: null, said: [] }
  )
}

/** Whether the deviation would change anything that was answered when nothing was seeded. */
function wouldSpoil(deviation: Deviation, result: ScenarioResult | undefined): boolean {
  const spoil = deviation.create()
  const changes = result?.exchanges.map((seen) => {
    const exchange = wholeOfSeen(seen)
    return exchange !== null && spoil(exchange) !== null
  })
  return changes?.includes(true) ?? false
}

const shortestFirst = (clean: ReadonlyMap<Scenario, ScenarioResult>): Scenario[] =>
  [...clean].sort(([, one], [, other]) => stepsIn(one) - stepsIn(other)).map(([scenario]) => scenario)

/** How often it polls, the platform's seed decides. */
const stepsIn = ({ exchanges }: ScenarioResult): number =>
  exchanges.filter(({ request: { method, url } }, index) => {
    const before = exchanges[index - 1]?.request
    return before?.method !== method || before.url !== url
  }).length

/** What is described nowhere is in no group. */
function isAbout(finding: Finding, { operationId, group }: Deviation): boolean {
  if (operationId !== undefined) return finding.operationId === operationId
  return finding.operationId === null || groupOf(finding.operationId) === group
}

/** The same elsewhere is something else. */
const isNamed = (deviation: Deviation, findings: readonly Finding[]): boolean =>
  findings
    .filter(countsAsFinding)
    .some(
      (finding) =>
        finding.class === deviation.class &&
        isAbout(finding, deviation) &&
        (deviation.rule === undefined || finding.rule === deviation.rule),
    )

async function tryVariation(
  variation: Variation,
  clean: ReadonlyMap<Scenario, ScenarioResult>,
  parts: SelfcheckParts,
): Promise<VariationResult> {
  const runs = await variedRuns(variation, clean, parts)
  const alarms = runs.flatMap(({ result }) => said(result).map((text) => `${result.id}: ${text}`))
  return { id: variation.id, changed: runs.reduce((sum, { changed }) => sum + changed, 0), alarms }
}

async function variedRuns(
  variation: Variation,
  clean: ReadonlyMap<Scenario, ScenarioResult>,
  parts: SelfcheckParts,
): Promise<Run[]> {
  const openTarget = parts.openVaried ?? parts.openTarget
  const cleanIds = idsOf([...clean.values()])
  const furnished: VariedPlatform['furnished'] = new Map()
  const run = (scenario: Scenario): Promise<Run> =>
    'create' in variation
      ? spoiledRun(scenario, variation.create(), { ...parts, openTarget })
      : variedRun(scenario, variation, { cleanIds, furnished }, { ...parts, openTarget })
  // At the same time: one of them may be slow.
  return Promise.all([...clean.keys()].map(run))
}

const idsOf = (results: readonly ScenarioResult[]): Set<string> =>
  new Set(
    results
      .flatMap(({ exchanges }) => exchanges)
      .filter(hasAnswer)
      .flatMap(({ response: { body } }) => (body.kind === 'json' ? [...idsIn(body.value)] : [])),
  )

async function variedRun(
  scenario: Scenario,
  variation: PlatformVariation,
  known: Pick<VariedPlatform, 'cleanIds' | 'furnished'>,
  { openTarget, run }: SelfcheckParts,
): Promise<Run> {
  let changed = 0
  const onChanged = () => {
    changed += 1
  }
  const open = () => variation.open({ openTarget, ...known, onChanged })
  const result = await withTarget(open, (target) => runScenario(scenario, target, run))
  return { result, changed }
}

interface Run {
  readonly result: ScenarioResult
  readonly changed: number
}

async function spoiledRun(scenario: Scenario, spoiler: Spoiler, parts: SelfcheckParts): Promise<Run> {
  let changed = 0
  const counting: Spoiler = (exchange) => {
    const answer = spoiler(exchange)
    if (answer) changed += 1
    return answer
  }
  const result = await withTarget(parts.openTarget, (target) => {
    target.spoilWith?.(counting)
    return runScenario(scenario, target.spoilWith ? target : spoiledTarget(target, counting), parts.run)
  })
  return { result, changed }
}

async function withTarget<Opened extends Target, T>(
  openTarget: () => Promise<Opened>,
  use: (target: Opened) => Promise<T>,
): Promise<T> {
  const target = await openTarget()
  try {
    return await use(target)
  } finally {
    await target.close()
  }
}

/** The same platform, answering otherwise. */
export function spoiledTarget(target: Target, spoiler: Spoiler): Target {
  return {
    kind: target.kind,
    redact: (text) => target.redact(text),
    name: target.name,
    refuses: (scenario) => target.refuses(scenario),
    close: () => target.close(),
    async enter(scenario): Promise<Stage> {
      const stage = await target.enter(scenario)
      return { ...stage, transport: layered(stage.transport, [spoiling(spoiler)]) }
    },
  }
}

/** Everything that is not silence. */
function said({ outcome, failure, findings }: ScenarioResult): string[] {
  const counted = findings.filter(countsAsFinding).map((finding) => `${finding.class} ${finding.message}`)
  return outcome === 'failed' ? [...counted, failure ?? 'failed'] : counted
}
