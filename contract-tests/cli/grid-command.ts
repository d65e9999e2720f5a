import { styleText } from 'node:util'
import { Command } from 'commander'
import { coverageGrid, type GridCell } from '../harness/coverage-grid.ts'
import { realClock } from '../harness/harness-clock.ts'
import { runScenarios } from '../harness/run-report.ts'
import type { SeenExchange } from '../harness/seen-exchange.ts'
import { mockTarget } from '../harness/targets/mock-target.ts'
import { scenarios } from '../scenarios/index.ts'
import { unreachable } from '../scenarios/unreachable.ts'
import type { Io } from './io.ts'

export const gridCommand = (io: Io): Command =>
  new Command('grid')
    .description(
      'Shows every operation by every described status: covered, or why not. Exit code 1: unexplained cells.',
    )
    .option('--run', 'tell the suite to a mock first, and show how often each answer was met')
    .option('--json', 'as JSON')
    .action(async ({ run, json }: { run?: boolean; json?: boolean }) => {
      const exchanges = run ? await exchangesOnMock() : undefined
      const cells = coverageGrid({ scenarios, unreachable, ...(exchanges && { exchanges }) })
      io.out(json ? `${JSON.stringify(cells, null, 2)}\n` : gridText(cells, io.colour))
      io.setExitCode(cells.some(({ state }) => state === 'unexplained') ? 1 : 0)
    })

async function exchangesOnMock(): Promise<SeenExchange[]> {
  const target = mockTarget()
  const { results } = await runScenarios(scenarios, target, { clock: realClock, check: () => [] })
  await target.close()
  return results.flatMap(({ exchanges }) => exchanges)
}

const marks = { covered: ['✓', 'green'], unreachable: ['–', 'yellow'], unexplained: ['?', 'red'] } as const

/** A row for each operation, a column for each status, and below it the reasons. */
export function gridText(cells: readonly GridCell[], colour: boolean): string {
  const statuses = [...new Set(cells.map(({ status }) => status))].sort((one, other) => one - other)
  const operations = [...new Set(cells.map(({ operationId }) => operationId))]
  const width = Math.max(...operations.map(({ length }) => length))
  const paint = (text: string, style: 'green' | 'yellow' | 'red') =>
    colour ? styleText(style, text, { validateStream: false }) : text
  const rows = operations.map((operationId) => {
    const marked = statuses.map((status) => {
      const cell = cells.find((one) => one.operationId === operationId && one.status === status)
      const [mark, style] = cell ? marks[cell.state] : ([' ', 'green'] as const)
      const text = cell?.seen ? String(cell.seen).padStart(3) : ` ${mark} `
      return paint(text, style)
    })
    return `${operationId.padEnd(width)} ${marked.join(' ')}`.trimEnd()
  })
  const head = `${''.padEnd(width)} ${statuses.join(' ')}`
  return `${[head, ...rows, '', ...reasonLines(cells), totals(cells)].join('\n')}\n`
}

/** Operations that miss the same answer for the same reason stand together. */
function reasonLines(cells: readonly GridCell[]): string[] {
  const groups = new Map<string, string[]>()
  for (const { operationId, status, reason } of cells) {
    if (reason === null) continue
    const key = `– ${status} ${reason.kind}: ${reason.text}`
    groups.set(key, [...(groups.get(key) ?? []), operationId])
  }
  return [...groups].flatMap(([key, operations]) => [key, `    ${operations.join(', ')}`])
}

function totals(cells: readonly GridCell[]): string {
  const having = (state: GridCell['state']) => cells.filter((cell) => cell.state === state).length
  return `${having('covered')} covered, ${having('unreachable')} unreachable with a reason, ${having('unexplained')} unexplained, of ${cells.length}`
}
