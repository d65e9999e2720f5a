import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { contractCommand } from './testing/contract-command.ts'

it('finds no drift between mock, description and recordings, and leaves no overlay: nothing is to be mended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'localscale-drift-'))
  try {
    const overlay = join(folder, 'overlay.json')
    // Of an earlier run.
    await writeFile(overlay, '{}')
    const { code, out, err } = await contractCommand('drift', '--overlay', overlay)
    expect(code, out + err).toBe(0)
    expect(out).toMatch(/contract mock in this process, \d+ recordings in .*: \d+ passed, 0 failed/)
    expect(out).toMatch(/recordings: \d+ fresh, \d+ stale, \d+ expired; the oldest is /)
    expect(out).toContain(`No finding says how to mend the description: ${overlay} is not written.`)
    expect(await readdir(folder)).toEqual([])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 60_000)
