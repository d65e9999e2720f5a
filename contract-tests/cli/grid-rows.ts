import { type GridCell, isUnexplained } from '../harness/coverage-grid.ts'
import type { Reason } from '../harness/not-run.ts'
import type { TargetKind } from '../harness/target.ts'

/** Covered on all of the targets, on some of them, on none; or not known on one why not. */
export const gridMarks = { all: '✓', some: '◐', none: '–', unexplained: '?' } as const

export type GridMark = keyof typeof gridMarks

export function markOf(cell: GridCell, targets: readonly TargetKind[]): GridMark {
  if (isUnexplained(cell, targets)) return 'unexplained'
  const covered = targets.filter((target) => cell.targets[target].state === 'covered').length
  return covered === targets.length ? 'all' : covered > 0 ? 'some' : 'none'
}

/** Operations that miss the same answer on the same targets for the same reason. */
export interface Missed {
  readonly mark: GridMark
  readonly status: number
  /** Not those that meet it. */
  readonly targets: readonly TargetKind[]
  readonly reason: Reason
  readonly operations: readonly string[]
}

export function missedOf(cells: readonly GridCell[], targets: readonly TargetKind[]): Missed[] {
  const groups = new Map<string, Missed>()
  for (const cell of cells) {
    for (const one of missedIn(cell, targets)) {
      const key = JSON.stringify([one.mark, one.status, one.targets, one.reason])
      const operations = [...(groups.get(key)?.operations ?? []), cell.operationId]
      groups.set(key, { ...one, operations })
    }
  }
  return [...groups.values()]
}

function missedIn(cell: GridCell, targets: readonly TargetKind[]): Omit<Missed, 'operations'>[] {
  const byReason = new Map<string, { reason: Reason; targets: TargetKind[] }>()
  for (const target of targets) {
    for (const reason of cell.targets[target].reasons) {
      const key = `${reason.kind} ${reason.text}`
      const there = byReason.get(key)?.targets ?? []
      byReason.set(key, { reason, targets: [...there, target] })
    }
  }
  const mark = markOf(cell, targets)
  return [...byReason.values()].map((one) => ({ mark, status: cell.status, ...one }))
}

export interface GridTotals {
  readonly covered: number
  readonly unreachable: number
  readonly unexplained: number
  /** How many answers are not met for a reason of that kind; one answer may have several. */
  readonly kinds: readonly (readonly [kind: string, count: number])[]
}

export function totalsOf(cells: readonly GridCell[], target: TargetKind): GridTotals {
  const there = cells.map((cell) => cell.targets[target])
  const having = (state: string): number => there.filter((cell) => cell.state === state).length
  const kinds = new Map<string, number>()
  for (const { reasons } of there) {
    for (const kind of new Set(reasons.map((reason) => reason.kind)))
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  }
  return {
    covered: having('covered'),
    unreachable: having('unreachable'),
    unexplained: having('unexplained'),
    kinds: [...kinds].sort(([, one], [, other]) => other - one),
  }
}

export const statusesOf = (cells: readonly GridCell[]): number[] =>
  [...new Set(cells.map(({ status }) => status))].sort((one, other) => one - other)

export const operationsOf = (cells: readonly GridCell[]): string[] => [
  ...new Set(cells.map(({ operationId }) => operationId)),
]
