import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { submitted, until, upload } from '../process/api.ts'
import { ensureBuilt } from '../programs/built-cli.ts'
import { startBuiltServer } from '../programs/built-server.ts'

let folder: string
beforeAll(async () => {
  await ensureBuilt()
  folder = await mkdtemp(join(tmpdir(), 'localscale-without-'))
}, 120_000)
afterAll(() => rm(folder, { recursive: true }))

/** A home, a working folder and a temp folder of its own: nothing that the server writes goes unseen. */
const env = () => ({ HOME: folder, TMPDIR: join(folder, 'tmp'), XDG_CONFIG_HOME: folder })

const written = async (): Promise<string[]> => (await readdir(folder, { recursive: true })).sort()

it.each(['SIGTERM', 'SIGINT'] as const)(
  'writes nothing outside of the temporary folder without a data folder, and cleans that up on %s',
  { timeout: 60_000 },
  async (signal) => {
    await rm(join(folder, 'tmp'), { recursive: true, force: true })
    await mkdir(join(folder, 'tmp'))
    const server = await startBuiltServer([], env())
    // Larger than what is kept in memory.
    await upload(server, 'large.bin', new Uint8Array(5_000_000))
    await submitted(server, 'echo done')
    await until('the large file lies in the temporary folder', async () => (await written()).length > 1)
    expect((await written()).filter((path) => path !== 'tmp' && !path.startsWith('tmp/'))).toEqual([])
    await server.stop(signal)
    expect(await written()).toEqual(['tmp'])
  },
)
