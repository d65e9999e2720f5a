import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { localscale } from '../programs/built-cli.ts'

it('ends with 2 when a scenario waits for what never comes', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'localscale-stall-'))
  try {
    const file = join(folder, 'own.mjs')
    await writeFile(
      file,
      `export const scenarios = [{
        id: 'own/stalls', title: 'stalls', needs: [], covers: [], cost: 'free',
        async run(t) { await t.send({ method: 'GET', path: '/api/v2/' }); await new Promise(() => {}) },
      }]`,
    )
    const { code, stderr } = await localscale(['contract', 'run', '--scenarios', file, '--only', 'own/*'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('it waits for what never comes')])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
