import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type Control, createControl } from '../../client/control/index.ts'
import { submitted, until, upload } from '../process/api.ts'
import { ensureBuilt } from '../programs/built-cli.ts'
import { type BuiltServer, type Ready, startBuiltServer } from '../programs/built-server.ts'

let folder: string
beforeAll(async () => {
  await ensureBuilt()
  folder = await mkdtemp(join(tmpdir(), 'localscale-without-'))
}, 120_000)
afterAll(() => rm(folder, { recursive: true }))
beforeEach(async () => {
  await rm(join(folder, 'tmp'), { recursive: true, force: true })
  await mkdir(join(folder, 'tmp'))
})

/** A home, a working folder and a temp folder of its own: nothing that the server writes goes unseen. */
const env = () => ({ HOME: folder, TMPDIR: join(folder, 'tmp'), XDG_CONFIG_HOME: folder })

async function written(): Promise<string[]> {
  for (;;)
    try {
      return (await readdir(folder, { recursive: true })).sort()
    } catch (error) {
      // A server removed a folder while we looked into it.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
}

/** Larger than what is kept in memory. */
const uploadLarge = (server: BuiltServer) => upload(server, 'large.bin', new Uint8Array(5_000_000))

/** From then on it holds a large file, and a command runs. */
async function makeBusy(server: BuiltServer): Promise<void> {
  await uploadLarge(server)
  const running = await submitted(server, 'echo begun > begun.txt; sleep 600')
  await control(server).time.advanceUntil({ job: running, status: 'Executing' })
  await until('the large file lies in the temporary folder', async () => (await written()).length > 1)
}

const ends = ['SIGTERM', 'SIGINT', 'the control'] as const
const shell = ['--executor', 'shell']
const cases = [[], shell].flatMap((options) => ends.map((end) => ({ options, end })))

it.each(cases)(
  'writes nothing outside of the temporary folder without a data folder, and cleans that up: $options, ended by $end',
  { timeout: 60_000 },
  async ({ options, end }) => {
    const server = await startBuiltServer(options, env(), folder)
    const done = await submitted(server, 'echo done; echo results > results.txt')
    await control(server).time.advanceUntil({ job: done, status: 'Completed' })
    await makeBusy(server)
    expect((await written()).filter((path) => path !== 'tmp' && !path.startsWith('tmp/'))).toEqual([])
    if (end === 'the control') await control(server).server.shutDown()
    await server.stop(end === 'the control' ? null : end)
    expect(await written()).toEqual(['tmp'])
  },
)

it.each([
  { options: [], after: [] },
  { options: shell, after: shell },
  { options: shell, after: [] },
])(
  'cleans up at the next start what one left that was killed: $options, and $after',
  { timeout: 60_000 },
  async ({ options, after }) => {
    const killed = await startBuiltServer(options, env(), folder)
    await makeBusy(killed)
    await using living = await startBuiltServer(options, env(), folder)
    await uploadLarge(living)
    const both = await written()
    await killed.kill()
    const next = await startBuiltServer(after, env(), folder)
    const isOfKilled = (path: string) => path.includes(`-${killed.pid}-`)
    const ofLiving = both.filter((path) => path.includes(`-${living.pid}-`))
    expect([both.some(isOfKilled), ofLiving.length > 0]).toEqual([true, true])
    await until('what is left is gone', async () => !(await written()).some(isOfKilled))
    expect(await written()).toEqual(expect.arrayContaining(ofLiving))
    await next.stop()
    await living.stop()
    expect(await written()).toEqual(['tmp'])
  },
)

const control = ({ url, apiKey, adminToken }: Ready): Control =>
  createControl({ baseUrl: url, apiKey, adminToken })
