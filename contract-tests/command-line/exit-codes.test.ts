import { mkdir, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { EXIT } from '../../client/cli/exit-codes.ts'
import type { PlannedFault } from '../../mock-server/index.ts'
import { aCommandLine, type CallOptions, type CommandLine } from './call.ts'

const aJob = '--command true --coretype granite --cores 2 --walltime 1'

function plan({ rescale }: CommandLine, ...faults: PlannedFault[]): void {
  rescale.world().faults.plan(faults)
}

async function aFile(line: CommandLine): Promise<string> {
  const [file] = await line.json<{ id: string }[]>('files list --limit 1')
  if (!file) throw new Error('The mock has no file')
  return file.id
}

/** Interrupts a call when it begins to say something. */
function interrupting(signal: 'SIGINT' | 'SIGTERM'): CallOptions {
  const controller = new AbortController()
  return { signal: controller.signal, onOutput: () => controller.abort(signal) }
}

type Row = readonly [code: number, why: string, call: (line: CommandLine) => ReturnType<CommandLine['call']>]

/** One call for each code that docs/cli.md explains; several where it names several reasons. */
const rows: readonly Row[] = [
  [0, 'done', (line) => line.call('user')],
  [0, 'a watched job is a success by its log', (line) => line.call(`jobs create ${aJob} --watch`)],
  [
    1,
    'a folder in the way',
    async (line) => {
      await mkdir(line.in('there'))
      return line.call(['files', 'download', await aFile(line), '--as', line.in('there')])
    },
  ],
  [2, 'no such command', (line) => line.call('jobs lst')],
  [2, 'no key', (line) => line.call('user', { env: { RESCALE_API_KEY: undefined } })],
  [2, 'no such file to read', (line) => line.call('jobs create -f nothing.json')],
  [3, 'no such thing', (line) => line.call('jobs get zzzzzz')],
  [4, 'the key is refused', (line) => line.call('user', { env: { RESCALE_API_KEY: 'wrong' } })],
  [
    4,
    'it may not',
    (line) => {
      plan(line, { operation: 'getCurrentUser', kind: 'status', status: 403 })
      return line.call('user')
    },
  ],
  [
    5,
    'a pause longer than two minutes',
    (line) => {
      plan(line, { operation: 'getCurrentUser', kind: 'status', status: 429, retryAfter: 121 })
      return line.call('user')
    },
  ],
  [6, 'no connection', (line) => line.call('user', { fetch: () => Promise.reject(withCode('ENOTFOUND')) })],
  [
    7,
    'a checksum',
    async (line) => {
      const id = await aFile(line)
      plan(line, { operation: 'downloadFile', kind: 'flip-byte', offset: 1 })
      return line.call(`files cat ${id}`)
    },
  ],
  [8, 'the wait is over', (line) => line.call(`jobs create ${aJob} --watch --timeout 0 --interval 1ms`)],
  [9, 'one of two', (line) => line.call('jobs delete ObMcJc zzzzzz --yes')],
  [10, 'the job failed', (line) => line.call(`jobs create ${aJob} --watch --name [mock:failed]x`)],
  [
    10,
    'the job was stopped',
    async (line) => {
      const { id } = await line.json<{ id: string }>(`jobs create ${aJob} --submit`)
      line.rescale.world().advanceTo({ job: id, status: 'Executing' })
      await line.call(`jobs stop ${id} --yes`)
      line.rescale.world().settle()
      return line.call(`jobs watch ${id}`)
    },
  ],
  [
    11,
    'an answer got lost, and nobody can look',
    (line) => {
      plan(
        line,
        { operation: 'createJob', kind: 'status', status: 504 },
        { operation: 'listJobs', kind: 'status', status: 400, times: 9 },
      )
      return line.call(`jobs create ${aJob}`)
    },
  ],
  [
    11,
    'the log does not say how the job ended',
    async (line) => {
      const { id } = await line.json<{ id: string }>(`jobs create ${aJob} --submit`)
      line.rescale.world().settle()
      const [log] = await line.json<{ id: string }[]>(`jobs outputs ${id} --search process_output.log`)
      await line.call(`files rm ${log?.id} --yes`)
      return line.call(`jobs watch ${id}`)
    },
  ],
  [12, 'the platform refuses it', (line) => line.call(`jobs create ${aJob} --cores 1`)],
  [12, 'a dry run finds that it would', (line) => line.call(`jobs create ${aJob} --cores 1 --dry-run`)],
  [
    13,
    'the platform failed',
    (line) => {
      plan(line, { operation: 'getCurrentUser', kind: 'status', status: 500, times: 9 })
      return line.call('user')
    },
  ],
  [130, 'Ctrl+C', (line) => line.call(`jobs create ${aJob} --watch`, interrupting('SIGINT'))],
  [143, 'SIGTERM', (line) => line.call(`jobs create ${aJob} --watch`, interrupting('SIGTERM'))],
  [
    141,
    'nobody reads how the job goes',
    (line) => line.call(`jobs create ${aJob} --watch`, { stdoutFails: { code: 'EPIPE' } }),
  ],
]

const withCode = (code: string) => Object.assign(new TypeError('fetch failed'), { code })

it.each(rows)('ends with %i: %s', { timeout: 30_000 }, async (code, _, call) => {
  const isStill = [8, 130, 143, 141].includes(code) || _ === 'the job was stopped'
  await using line = await aCommandLine({ pace: isStill ? 'still' : 'settled' })
  const called = await call(line)
  expect([called.code, called.stderr]).toEqual([code, called.stderr])
  // A failure always says why; what the platform found about a job is data.
  const saysWhy = called.stderr !== '' || /failed|stopped|unknown|problems/.test(called.stdout)
  expect(saysWhy).toBe(code !== 0 && code !== 141)
})

it('explains in docs/cli.md and shows here every code that there is', async () => {
  const page = await readFile(new URL('../../docs/cli.md', import.meta.url), 'utf8')
  const [, table = ''] = page.split('## Exit codes')
  const explained = [...table.replace(/\n## .*/s, '').matchAll(/^\| ([\d, ]+) \|/gm)].flatMap(
    ([, codes = '']) => codes.split(',').map(Number),
  )
  const byNumber = (one: number, other: number) => one - other
  expect(explained.sort(byNumber)).toEqual(Object.values(EXIT).sort(byNumber))
  expect([...new Set(rows.map(([code]) => code))].sort(byNumber)).toEqual(explained)
})
