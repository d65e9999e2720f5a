import { answersOutside, type OperationId, routes } from '../../openapi/generated/routes.ts'
import type { Reason } from './not-run.ts'
import type { Scenario } from './scenario.ts'
import { hasAnswer, type SeenExchange } from './seen-exchange.ts'

export type CellState = 'covered' | 'unreachable' | 'unexplained'

/** One described answer of one operation. */
export interface GridCell {
  readonly operationId: OperationId | 'outside'
  readonly status: number
  readonly state: CellState
  /** Ids of the scenarios that are sure to meet it. */
  readonly scenarios: readonly string[]
  /** Why none is. */
  readonly reason: Reason | null
  /** How often a run met it; null where nobody ran. */
  readonly seen: number | null
}

export interface KnownReason extends Reason {
  readonly operationId: OperationId
  readonly status: number
}

export interface GridSources {
  readonly scenarios: readonly Scenario[]
  readonly unreachable: readonly KnownReason[]
  readonly exchanges?: readonly SeenExchange[]
}

/** Every operation by every status that the description gives it: who covers it, or why nobody does. */
export function coverageGrid({ scenarios, unreachable, exchanges }: GridSources): GridCell[] {
  const coverers = coverersOf(scenarios)
  const reasons = new Map(unreachable.map((one) => [`${one.operationId} ${one.status}`, one]))
  const seen = exchanges && countsOf(exchanges)
  return describedCells().map(({ operationId, status }) => {
    const key = `${operationId} ${status}`
    const ids = coverers.get(key) ?? []
    const known = reasons.get(key)
    const reason = known ? { kind: known.kind, text: known.text } : null
    const state = ids.length > 0 ? 'covered' : reason ? 'unreachable' : 'unexplained'
    return { operationId, status, state, scenarios: ids, reason, seen: seen ? (seen.get(key) ?? 0) : null }
  })
}

/** Reasons and scenarios that speak of answers which are not described, and reasons for what is covered after all. */
export function staleEntries({ scenarios, unreachable }: GridSources): string[] {
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

function coverersOf(scenarios: readonly Scenario[]): Map<string, string[]> {
  const coverers = new Map<string, string[]>()
  for (const { id, covers } of scenarios) {
    for (const cell of covers) {
      const key = cell.join(' ')
      coverers.set(key, [...(coverers.get(key) ?? []), id])
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
