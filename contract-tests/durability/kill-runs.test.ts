import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Control, createControl } from '../../client/control/index.ts'
import { createClient, type RescaleClient } from '../../client/index.ts'
import { call, submitted, until, upload } from '../process/api.ts'
import { ensureBuilt } from '../programs/built-cli.ts'
import { type BuiltServer, startBuiltServer } from '../programs/built-server.ts'
import { rowsOf } from './promised.ts'

let folder: string
beforeAll(() => ensureBuilt(), 120_000)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-kill-runs-'))
})
afterEach(() => rm(folder, { recursive: true }))

interface Served extends AsyncDisposable {
  readonly server: BuiltServer
  readonly control: Control
  readonly client: RescaleClient
  /** Oldest first, with their dates. */
  rows(jobId: string): Promise<string[]>
}

async function serve(options: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Served> {
  const server = await startBuiltServer(['--data-dir', join(folder, 'data'), ...options], env)
  const { url: baseUrl, apiKey } = server
  return {
    server,
    control: createControl({ baseUrl, apiKey }),
    client: createClient({ baseUrl, apiKey, env: {} }),
    rows: (jobId) => rowsOf((path) => call(server, path.replace('/api/v2/', '')), jobId),
    [Symbol.asyncDispose]: () => server.stop(),
  }
}

// Without rooms of their own, commands see the folder of the test, and are not ended with the server by the kernel.
const shell = ['--executor', 'shell', '--isolation', 'none', '--pace', 'still']

/** A command that notes its process, and goes on until the gate is opened. */
const untilOpened = () =>
  `echo $$ >> ${folder}/begun; until [ -e ${folder}/gate ]; do sleep 0.02; done; cat range.inp | tee twice.txt`

const begun = async (): Promise<number[]> => {
  const text = await readFile(join(folder, 'begun'), 'utf8').catch(() => '')
  return text.split('\n').filter(Boolean).map(Number)
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

it('begins a command again that the server was killed amid, and ends with what it really does', {
  timeout: 60_000,
}, async () => {
  await using first = await serve(shell)
  const file = await upload(first.server, 'range.inp', '1000')
  const id = await submitted(first.server, untilOpened(), { inputFiles: [{ id: file }] })
  await first.control.time.advanceUntil({ job: id, status: 'Executing' })
  await until('the command has begun', async () => (await begun()).length === 1)
  const before = await first.rows(id)
  await first.server.kill()
  await using second = await serve(shell)
  const [old] = await begun()
  await until('nothing is left of the first', () => !isAlive(old ?? 0))
  expect((await second.rows(id)).slice(0, before.length)).toEqual(before)
  await second.control.time.advance('15m', { patience: '0s' })
  await until('the command has begun again', async () => (await begun()).length === 2)
  await writeFile(join(folder, 'gate'), '')
  expect(await second.control.time.advanceUntil({ job: id, status: 'Completed' })).toMatchObject({
    reached: true,
  })
  const log = (await second.client.jobs.log(id))?.lines.map((line) => line.slice(24).trim())
  expect(log).toEqual(expect.arrayContaining(['1000', 'Exited with code 0']))
  const outputs = (await (await call(second.server, `jobs/${id}/files/`)).json()) as {
    results: { id: string; name: string }[]
  }
  const twice = outputs.results.find(({ name }) => name === 'twice.txt')
  expect(await (await call(second.server, `files/${twice?.id}/contents/`)).text()).toBe('1000')
  expect((await begun()).length).toBe(2)
})

it('has stopped a command that was being stopped when the server was killed', {
  timeout: 60_000,
}, async () => {
  await using first = await serve(shell)
  const id = await submitted(first.server, `trap '' TERM; ${untilOpened()}`)
  await first.control.time.advanceUntil({ job: id, status: 'Executing' })
  await until('the command has begun', async () => (await begun()).length === 1)
  expect((await call(first.server, `jobs/${id}/stop/`, { method: 'POST' })).status).toBe(202)
  const before = await first.rows(id)
  expect(before.at(-1)).toMatch(/^Stopping /)
  await first.server.kill()
  await using second = await serve(shell)
  expect(await second.control.time.advanceUntil({ cluster: id, status: 'Stopped' })).toMatchObject({
    reached: true,
  })
  const after = await second.rows(id)
  expect(after.slice(0, before.length)).toEqual(before)
  expect(after.at(-1)).toMatch(/^Completed /)
  const pids = await begun()
  expect(pids.length).toBe(1)
  await until('nothing is left of it', () => !isAlive(pids[0] ?? 0))
})

const AWAY = 20 * 60_000
/** A machine whose clock says that it is later. */
const later = {
  NODE_OPTIONS: `--import "data:text/javascript,const now = Date.now; Date.now = () => now() + ${AWAY}"`,
}

it('catches up with the time that went on while it was killed, and stands still where time does', {
  timeout: 60_000,
}, async () => {
  await using first = await serve(['--pace', '60x'])
  const still = { url: first.server.url, apiKey: 'f'.repeat(40) }
  const frozen = await createControl({ baseUrl: still.url, apiKey: still.apiKey }).time.freeze()
  const id = await submitted(first.server, 'sleep 60')
  const then = await first.control.time.read()
  await first.server.kill()
  await using second = await serve(['--pace', '60x'], later)
  const rows = await second.rows(id)
  expect(rows.at(-1)).toMatch(/^Completed /)
  const dates = rows.map((row) => Date.parse(row.split(' ')[1] ?? ''))
  expect(dates).toEqual(dates.toSorted((one, other) => one - other))
  for (const event of then.due)
    if (event.kind === 'job-moves') expect(rows).toContain(`${event.to} ${event.at.replace('Z', '+00:00')}`)
  // As fast as real time: in 20 minutes there are no 20 hours.
  const now = Date.parse((await second.control.time.read()).now)
  expect(now - Date.parse(then.now)).toBeGreaterThan(AWAY / 2)
  expect(now - Date.parse(then.now)).toBeLessThan(6 * AWAY)
  const again = createControl({ baseUrl: second.server.url, apiKey: still.apiKey })
  expect((await again.time.read()).now).toBe(frozen.now)
})
