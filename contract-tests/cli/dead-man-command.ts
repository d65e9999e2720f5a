import { Command } from 'commander'
import type { Io } from './io.ts'

/** Not for people: the process that a live run leaves behind to stop what still runs. Its orders come by standard input. */
export const deadManCommand = (_io: Io): Command =>
  new Command('dead-man')
    .description('Started by live runs; stops their jobs when they die.')
    .action(async () => {
      const { watchOver } = await import('../harness/live/dead-man-main.ts')
      await watchOver(process.stdin)
    })
