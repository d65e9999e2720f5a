import type { Finding } from '../finding.ts'
import { type RunOptions, runScenario } from '../run-scenario.ts'
import type { Scenario } from '../scenario.ts'
import { countsAsFinding, type ScenarioResult } from '../scenario-result.ts'
import { hasAnswer } from '../seen-exchange.ts'
import type { Stage, Target } from '../target.ts'
import { layered } from '../transport.ts'
import { type CleanScenario, cleanRun, said, wouldSpoil } from './clean-run.ts'
import type { Deviation, PlatformVariation, Spoiler, Variation, VariedPlatform } from './deviation.ts'
import { groupOf } from './groups.ts'
import { idsIn } from './ids-in.ts'
import { spoiling } from './spoiling.ts'
import { type Asked, resourcesIn } from './steps.ts'
import { withTarget } from './with-target.ts'

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
  /** Answers that it changed there; those to requests of the same resource are counted once. */
  readonly changed: number
  readonly said: readonly string[]
}

export interface VariationResult {
  readonly id: string
  /** Answers that were changed, counted likewise: one that changes nothing proves nothing. */
  readonly changed: number
  /** What was said, and should not have been. */
  readonly alarms: readonly string[]
}

export interface SelfcheckReport {
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

async function tryDeviation(
  deviation: Deviation,
  clean: readonly CleanScenario[],
  parts: SelfcheckParts,
): Promise<DeviationResult> {
  const { id, group, class: kind } = deviation
  const about = { id, group, class: kind }
  let tried = 0
  let misnamed: DeviationResult | null = null
  for (const one of clean) {
    if (!wouldSpoil(deviation, one)) continue
    const { scenario } = one
    const { result, changed } = await spoiledRun(scenario, deviation.create(), parts)
    if (changed === 0) continue
    tried += 1
    parts.onTold?.(result, deviation)
    const texts = said(result)
    if (isNamed(deviation, result.findings))
      return { ...about, outcome: 'found', scenario: scenario.id, changed, said: texts }
    if (texts.length > 0)
      misnamed ??= { ...about, outcome: 'misnamed', scenario: scenario.id, changed, said: texts }
    if (tried === MOST_SCENARIOS) break
  }
  const outcome = tried === 0 ? 'not-applicable' : 'missed'
  return misnamed ?? { ...about, outcome, scenario: null, changed: 0, said: [] }
}

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
  clean: readonly CleanScenario[],
  parts: SelfcheckParts,
): Promise<VariationResult> {
  const runs = await variedRuns(variation, clean, parts)
  const alarms = runs.flatMap(({ result }) => said(result).map((text) => `${result.id}: ${text}`))
  return { id: variation.id, changed: runs.reduce((sum, { changed }) => sum + changed, 0), alarms }
}

async function variedRuns(
  variation: Variation,
  clean: readonly CleanScenario[],
  parts: SelfcheckParts,
): Promise<Run[]> {
  const openTarget = parts.openVaried ?? parts.openTarget
  const cleanIds = idsOf(clean.map(({ result }) => result))
  const furnished: VariedPlatform['furnished'] = new Map()
  const run = (scenario: Scenario): Promise<Run> =>
    'create' in variation
      ? spoiledRun(scenario, variation.create(), { ...parts, openTarget })
      : variedRun(scenario, variation, { cleanIds, furnished }, { ...parts, openTarget })
  // At the same time: one of them may be slow.
  return Promise.all(clean.map(({ scenario }) => run(scenario)))
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
  const changed: Asked[] = []
  const open = () =>
    variation.open({ openTarget, ...known, onChanged: (request) => void changed.push(request) })
  const result = await withTarget(open, (target) => runScenario(scenario, target, run))
  return { result, changed: resourcesIn(changed) }
}

interface Run {
  readonly result: ScenarioResult
  readonly changed: number
}

async function spoiledRun(scenario: Scenario, spoiler: Spoiler, parts: SelfcheckParts): Promise<Run> {
  const changed: Asked[] = []
  const noting: Spoiler = (exchange) => {
    const answer = spoiler(exchange)
    if (answer) changed.push(exchange)
    return answer
  }
  const result = await withTarget(parts.openTarget, (target) => {
    target.spoilWith?.(noting)
    return runScenario(scenario, target.spoilWith ? target : spoiledTarget(target, noting), parts.run)
  })
  return { result, changed: resourcesIn(changed.filter(seenIn(result))) }
}

/** What the guards ask for themselves, no check sees. */
function seenIn({ exchanges }: ScenarioResult): (asked: Asked) => boolean {
  const seen = new Set(exchanges.map(({ request: { method, url } }) => `${method} ${url}`))
  return ({ method, url }) => seen.has(`${method} ${url}`)
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
