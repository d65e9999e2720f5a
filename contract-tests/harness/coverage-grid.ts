import { answersOutside, type OperationId, routes } from '../../openapi/generated/routes.ts'
import type { Reason } from './not-run.ts'
import type { Scenario } from './scenario.ts'
import { hasAnswer, type SeenExchange } from './seen-exchange.ts'
import { type TargetKind, targetKinds } from './target.ts'

export type CellState = 'covered' | 'unreachable' | 'unexplained'

/** One described answer of one operation. */
export interface GridCell {
  readonly operationId: OperationId | 'outside'
  readonly status: number
  /** Each with everything allowed that can be allowed there. */
  readonly targets: Readonly<Record<TargetKind, TargetCell>>
  /** How often a run met it; null where nobody ran. */
  readonly seen: number | null
}

export interface TargetCell {
  readonly state: CellState
  /** Ids of the scenarios that are sure to meet it there. */
  readonly scenarios: readonly string[]
  /** Why none is. */
  readonly reasons: readonly Reason[]
}

export interface KnownReason extends Reason {
  readonly operationId: OperationId
  readonly status: number
}

export interface GridSources {
  readonly scenarios: readonly Scenario[]
  /** What no scenario meets anywhere. */
  readonly unreachable: readonly KnownReason[]
  /** Ids of the scenarios that there is a recording of. */
  readonly recorded: ReadonlySet<string>
  readonly exchanges?: readonly SeenExchange[]
}

/** Every operation by every status that the description gives it: who covers it on which target, or why nobody does. */
export function coverageGrid({ scenarios, unreachable, recorded, exchanges }: GridSources): GridCell[] {
  const coverers = coverersOf(scenarios)
  const seen = exchanges && countsOf(exchanges)
  return describedCells().map(({ operationId, status }) => {
    const key = `${operationId} ${status}`
    const among = coverers.get(key) ?? []
    const known = unreachable
      .filter((one) => one.operationId === operationId && one.status === status)
      .map(({ kind, text }) => ({ kind, text }))
    const cellOn = (target: TargetKind): TargetCell => targetCell(among, known, target, recorded)
    const targets = {
      mock: cellOn('mock'),
      'mock-http': cellOn('mock-http'),
      live: cellOn('live'),
      replay: cellOn('replay'),
    }
    return { operationId, status, targets, seen: seen ? (seen.get(key) ?? 0) : null }
  })
}

function targetCell(
  coverers: readonly Scenario[],
  known: readonly Reason[],
  target: TargetKind,
  recorded: ReadonlySet<string>,
): TargetCell {
  const asked = coverers.map((scenario) => ({ id: scenario.id, why: notToldTo(target, scenario, recorded) }))
  const scenarios = asked.filter(({ why }) => why === null).map(({ id }) => id)
  if (scenarios.length > 0) return { state: 'covered', scenarios, reasons: [] }
  const reasons = [...known, ...asked.flatMap(({ why }) => why ?? [])]
  return { state: reasons.length > 0 ? 'unreachable' : 'unexplained', scenarios, reasons: unique(reasons) }
}

function notToldTo(
  target: TargetKind,
  { id, notOnLive }: Scenario,
  recorded: ReadonlySet<string>,
): Reason | null {
  if (target === 'mock' || target === 'mock-http') return null
  if (notOnLive) return notOnLive
  return target === 'live' || recorded.has(id) ? null : notRecorded
}

const notRecorded: Reason = {
  kind: 'not-recorded',
  text: 'There is no recording of a scenario that meets it.',
}

const unique = (reasons: readonly Reason[]): Reason[] =>
  reasons.filter(
    ({ kind, text }, index) => reasons.findIndex((one) => one.kind === kind && one.text === text) === index,
  )

/** Whether there is a target on which nobody knows why it is not met. */
export const isUnexplained = ({ targets }: GridCell, among: readonly TargetKind[] = targetKinds): boolean =>
  among.some((target) => targets[target].state === 'unexplained')

/** Reasons and scenarios that speak of answers which are not described, and reasons for what is covered after all. */
export function staleEntries({
  scenarios,
  unreachable,
}: Pick<GridSources, 'scenarios' | 'unreachable'>): string[] {
  const cells = new Set(describedCells().map(({ operationId, status }) => `${operationId} ${status}`))
  const coverers = coverersOf(scenarios)
  const reasons = unreachable.map(({ operationId, status }) => `${operationId} ${status}`)
  return [
    ...reasons.filter((key) => !cells.has(key)).map((key) => `${key} is not described`),
    ...reasons.filter((key) => coverers.has(key)).map((key) => `${key} is called unreachable, and covered`),
    ...[...coverers.keys()]
      .filter((key) => !cells.has(key))
      .map((key) => `${key} is covered, and not described`),
  ]
}

function describedCells(): { operationId: OperationId | 'outside'; status: number }[] {
  const byId = routes.toSorted((one, other) => one.operationId.localeCompare(other.operationId))
  const rows = [...byId, { operationId: 'outside', answers: answersOutside } as const]
  return rows.flatMap(({ operationId, answers }) =>
    Object.keys(answers).map((status) => ({ operationId, status: Number(status) })),
  )
}

function coverersOf(scenarios: readonly Scenario[]): Map<string, Scenario[]> {
  const coverers = new Map<string, Scenario[]>()
  for (const scenario of scenarios) {
    for (const cell of scenario.covers) {
      const key = cell.join(' ')
      coverers.set(key, [...(coverers.get(key) ?? []), scenario])
    }
  }
  return coverers
}

function countsOf(exchanges: readonly SeenExchange[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { operationId, response } of exchanges.filter(hasAnswer)) {
    const key = `${operationId ?? 'outside'} ${response.status}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}
