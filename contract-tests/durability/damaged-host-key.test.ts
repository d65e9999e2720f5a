import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ensureBuilt } from '../programs/built-cli.ts'
import { startBuiltServer } from '../programs/built-server.ts'

let folder: string
beforeAll(async () => {
  await ensureBuilt()
  folder = await mkdtemp(join(tmpdir(), 'localscale-host-key-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('a server whose SSH host key is damaged names it, sets it aside, and starts with another', async () => {
  const options = ['--data-dir', folder]
  const key = join(folder, 'ssh', 'ssh_host_ed25519_key')
  await (await startBuiltServer(options)).stop()
  const damaged = (await readFile(key, 'utf8')).slice(0, -100)
  await writeFile(key, damaged)
  const server = await startBuiltServer(options)
  const { sshPort, said } = server
  await server.kill()
  expect(sshPort).not.toBeNull()
  const [, aside] =
    /host key \S+ssh_host_ed25519_key is damaged; it is set aside as (\S+),/.exec(said.stderr) ?? []
  expect(await readFile(aside ?? '', 'utf8')).toBe(damaged)
  expect(await readFile(key, 'utf8')).not.toBe(damaged)
  await (await startBuiltServer(options)).stop()
})
