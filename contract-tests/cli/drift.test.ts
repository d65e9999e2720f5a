import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { contractCommand } from './testing/contract-command.ts'

it('finds no drift between mock, description and recordings, and says of an overlay that nothing is to be mended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'localscale-drift-'))
  try {
    const overlay = join(folder, 'overlay.json')
    const { code, out, err } = await contractCommand(
      ...['drift', '--overlay', overlay, '--only', 'files/*', '--only', 'jobs/*', '--only', 'access/*'],
    )
    expect(code, out + err).toBe(0)
    expect(out).toMatch(/contract mock in this process, \d+ recordings in .*: \d+ passed, 0 failed/)
    expect(out).toMatch(/recordings: \d+ fresh, \d+ stale, \d+ expired; the oldest is /)
    expect(JSON.parse(await readFile(overlay, 'utf8'))).toMatchObject({ overlay: '1.0.0', actions: [] })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 60_000)
