import { styleText } from 'node:util'
import { Command, Option } from 'commander'
import { coverageGrid, type GridCell, isUnexplained } from '../harness/coverage-grid.ts'
import { realClock } from '../harness/harness-clock.ts'
import { recordedScenarios } from '../harness/recording/cassette-file.ts'
import { runScenarios } from '../harness/run-report.ts'
import type { SeenExchange } from '../harness/seen-exchange.ts'
import { type TargetKind, targetKinds } from '../harness/target.ts'
import { mockTarget } from '../harness/targets/mock-target.ts'
import { scenarios } from '../scenarios/index.ts'
import { unreachable } from '../scenarios/unreachable.ts'
import { gridMarks, markOf, missedOf, operationsOf, statusesOf, totalsOf } from './grid-rows.ts'
import type { Io } from './io.ts'
import { DEFAULT_RECORDINGS } from './live-flags.ts'

interface GridFlags {
  readonly target?: TargetKind
  readonly recordings: string
  readonly run?: boolean
  readonly json?: boolean
}

export const gridCommand = (io: Io): Command =>
  new Command('grid')
    .description(
      'Shows every operation by every described status: on which targets it is covered, or why not. Exit code 1: unexplained cells.',
    )
    .addOption(new Option('--target <kind>', 'of that target alone').choices(targetKinds))
    .option('--recordings <folder>', 'where recordings are', DEFAULT_RECORDINGS)
    .option('--run', 'tell the suite to a mock first, and show how often each answer was met')
    .option('--json', 'as JSON')
    .action(async ({ target, recordings, run, json }: GridFlags) => {
      const exchanges = run ? await exchangesOnMock() : undefined
      const recorded = await recordedScenarios(recordings)
      const cells = coverageGrid({ scenarios, unreachable, recorded, ...(exchanges && { exchanges }) })
      const targets = target ? [target] : targetKinds
      io.out(json ? `${JSON.stringify(cells, null, 2)}\n` : gridText(cells, targets, io.colour))
      io.setExitCode(cells.some((cell) => isUnexplained(cell, targets)) ? 1 : 0)
    })

async function exchangesOnMock(): Promise<SeenExchange[]> {
  const target = mockTarget()
  const { results } = await runScenarios(scenarios, target, { clock: realClock, check: () => [] })
  await target.close()
  return results.flatMap(({ exchanges }) => exchanges)
}

const colours = { all: 'green', some: 'yellow', none: 'yellow', unexplained: 'red' } as const

/** A row for each operation, a column for each status, and below it the reasons. */
function gridText(cells: readonly GridCell[], targets: readonly TargetKind[], colour: boolean): string {
  const statuses = statusesOf(cells)
  const operations = operationsOf(cells)
  const width = Math.max(...operations.map(({ length }) => length))
  const paint = (text: string, style: 'green' | 'yellow' | 'red') =>
    colour ? styleText(style, text, { validateStream: false }) : text
  const rows = operations.map((operationId) => {
    const marked = statuses.map((status) => {
      const cell = cells.find((one) => one.operationId === operationId && one.status === status)
      if (!cell) return '   '
      const mark = markOf(cell, targets)
      return paint(cell.seen ? String(cell.seen).padStart(3) : ` ${gridMarks[mark]} `, colours[mark])
    })
    return `${operationId.padEnd(width)} ${marked.join(' ')}`.trimEnd()
  })
  const head = `${''.padEnd(width)} ${statuses.join(' ')}`
  const reasons = reasonLines(cells, targets)
  return `${[head, ...rows, '', ...reasons, '', ...totalLines(cells, targets)].join('\n')}\n`
}

function reasonLines(cells: readonly GridCell[], targets: readonly TargetKind[]): string[] {
  return missedOf(cells, targets).flatMap(({ mark, status, targets: missing, reason, operations }) => {
    const where = missing.length < targets.length ? ` not on ${missing.join(', ')}:` : ''
    return [
      `${gridMarks[mark]} ${status}${where} ${reason.kind}: ${reason.text}`,
      `    ${operations.join(', ')}`,
    ]
  })
}

function totalLines(cells: readonly GridCell[], targets: readonly TargetKind[]): string[] {
  return targets.map((target) => {
    const { covered, unreachable, unexplained, kinds } = totalsOf(cells, target)
    const why = kinds.map(([kind, count]) => `${count} ${kind}`).join(', ')
    const reasons = why === '' ? '' : ` (${why})`
    return `${target}: ${covered} covered, ${unreachable} unreachable with a reason${reasons}, ${unexplained} unexplained, of ${cells.length}`
  })
}
