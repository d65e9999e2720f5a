import type { GridCell } from '../harness/coverage-grid.ts'
import { type TargetKind, targetKinds } from '../harness/target.ts'
import { gridMarks, markOf, missedOf, operationsOf, statusesOf, totalsOf } from './grid-rows.ts'

/** The coverage grid as a page of Markdown. */
export function coveragePage(cells: readonly GridCell[]): string {
  const statuses = statusesOf(cells)
  return [
    '# Which answers the contract suite meets, and where',
    '',
    'Written by `npm run generate` from the description, the scenarios and the recordings; `npx localscale contract grid` shows the same. Every described answer of every operation is met by a scenario that fails where it does not meet it, or has a reason of a known kind. Live means: with all allowed that can be allowed, which is `--allow-create`, `--max-cost` and `--other-profile`. Tests run the suite on all four targets and compare what it met with this grid.',
    '',
    '| target | covered | not, with a reason | of what kind | unexplained | all |',
    '|---|---|---|---|---|---|',
    ...targetKinds.map((target) => totalRow(cells, target)),
    '',
    '## By operation',
    '',
    `${gridMarks.all} met on every target, ${gridMarks.some} on some, ${gridMarks.none} on none; empty where the description has no such answer. \`outside\` is what is no operation at all.`,
    '',
    `| operation | ${statuses.join(' | ')} |`,
    `|---|${'---|'.repeat(statuses.length)}`,
    ...operationsOf(cells).map((operationId) => operationRow(cells, statuses, operationId)),
    '',
    '## Why not',
    '',
    '| answer | not met on | kind | reason | operations |',
    '|---|---|---|---|---|',
    ...missedOf(cells, targetKinds).map(
      ({ mark, status, targets, reason, operations }) =>
        `| ${gridMarks[mark]} ${status} | ${targets.join(', ')} | ${reason.kind} | ${reason.text} | ${operations.join(', ')} |`,
    ),
    '',
  ].join('\n')
}

function totalRow(cells: readonly GridCell[], target: TargetKind): string {
  const { covered, unreachable, unexplained, kinds } = totalsOf(cells, target)
  const why = kinds.map(([kind, count]) => `${kind} ${count}`).join(', ')
  return `| \`${target}\` | ${covered} | ${unreachable} | ${why} | ${unexplained} | ${cells.length} |`
}

function operationRow(cells: readonly GridCell[], statuses: readonly number[], operationId: string): string {
  const marks = statuses.map((status) => {
    const cell = cells.find((one) => one.operationId === operationId && one.status === status)
    return cell ? gridMarks[markOf(cell, targetKinds)] : ''
  })
  return `| \`${operationId}\` | ${marks.join(' | ')} |`
}
