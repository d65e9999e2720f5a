import { Command } from 'commander'
import { scenarios } from '../scenarios/index.ts'
import type { Io } from './io.ts'

export const listCommand = (io: Io): Command =>
  new Command('list')
    .description('Names the scenarios: what each tells, needs and costs.')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) => {
      const rows = scenarios.map(({ id, title, needs, cost, covers }) => ({ id, title, needs, cost, covers }))
      if (json) return io.out(`${JSON.stringify(rows, null, 2)}\n`)
      const width = Math.max(...rows.map(({ id }) => id.length))
      for (const { id, title, cost } of rows) io.out(`${id.padEnd(width)}  ${cost.padEnd(7)}  ${title}\n`)
    })
