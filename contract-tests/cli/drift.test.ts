import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { contract } from './contract.ts'

it('finds no drift between mock, description and recordings, and says of an overlay that nothing is to be mended', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'localscale-drift-'))
  const said: string[] = []
  let exitCode: number | undefined
  try {
    const overlay = join(folder, 'overlay.json')
    await contract(
      ['drift', '--overlay', overlay, '--only', 'files/*', '--only', 'jobs/*', '--only', 'access/*'],
      {
        out: (text) => void said.push(text),
        err: (text) => void said.push(text),
        colour: false,
        env: {},
        setExitCode: (code) => {
          exitCode = code
        },
      },
    )
    expect(exitCode, said.join('')).toBe(0)
    expect(said.join('')).toMatch(/contract mock in this process, \d+ recordings in .*: \d+ passed, 0 failed/)
    expect(said.join('')).toMatch(/recordings: \d+ fresh, \d+ stale, \d+ expired; the oldest is /)
    expect(JSON.parse(await readFile(overlay, 'utf8'))).toMatchObject({ overlay: '1.0.0', actions: [] })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 60_000)
