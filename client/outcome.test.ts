import { expect, it } from 'vitest'
import { judge } from './outcome.ts'
import type { JobStatus, JobStatusEntry } from './types.ts'

const history = (...rows: [JobStatus, string?][]): JobStatusEntry[] =>
  rows.map(([status, statusReason = null], index) => ({
    status,
    statusDate: `2026-01-01T00:00:${String(59 - index).padStart(2, '0')}.000000+00:00`,
    statusReason,
  }))
const logOf = (...codes: (number | undefined)[]) => [
  codes.map((exitCode) => ({ command: 'c', workingDir: '/w', output: [], exitCode })),
]
const done = history(['Completed', 'Completed successfully'], ['Executing'])

it.each([
  ['every command exited with 0', done, logOf(0, 0), 2, 'ok', 0],
  ['a command failed', done, logOf(0, 2), 2, 'failed', 2],
  ['there is no log', done, logOf(), 1, 'unknown', undefined],
  ['the log could not be read', done, undefined, 1, 'unknown', undefined],
  ['the log lacks an analysis', done, logOf(0), 2, 'unknown', undefined],
  ['the log ends early', done, logOf(undefined), 1, 'unknown', undefined],
  [
    'a user stopped it',
    history(['Completed'], ['Stopping', 'User Terminated']),
    logOf(143),
    1,
    'stopped',
    143,
  ],
  ['a run failed', history(['Completed'], ['Stopping', 'A run failed']), logOf(1), 1, 'failed', 1],
  [
    'a run failed, as its end says, and its log is gone',
    history(['Completed', 'A run failed'], ['Executing']),
    undefined,
    1,
    'failed',
    undefined,
  ],
  ['it was stopped by force', history(['Force Stop'], ['Executing']), logOf(), 1, 'stopped', undefined],
  [
    'there was no capacity',
    history(['Completed', 'Could not allocate compute resources']),
    logOf(),
    1,
    'failed',
    undefined,
  ],
  ['it still runs', history(['Executing']), undefined, 1, 'unknown', undefined],
  ['it was never submitted', history(), undefined, 1, 'unknown', undefined],
] as const)('judges a job of which %s', (_, statuses, logs, count, verdict, exitCode) => {
  expect(judge(statuses, logs, count)).toMatchObject({ verdict, exitCode })
})
