import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findProgram } from '../../mock-server/find-program.ts'
import { ended, ensureBuilt } from './built-cli.ts'
import { startBuiltServer } from './built-server.ts'

const missing = ['bash', 'curl'].filter((name) => !findProgram(name))

let folder = ''
beforeEach(async () => {
  await ensureBuilt()
  folder = await mkdtemp(join(tmpdir(), 'localscale-curl-'))
}, 120_000)
afterEach(() => rm(folder, { recursive: true, force: true }))

describe.skipIf(missing.length > 0)(
  missing.length > 0 ? `curl (skipped: there is no ${missing.join(' and no ')})` : 'curl',
  () => {
    it('uploads, creates, submits, polls, downloads and deletes', { timeout: 60_000 }, async () => {
      await using server = await startBuiltServer([
        ...['--executor', 'shell', '--pace', '600x', '--check-answers'],
        ...['--data-dir', join(folder, 'data')],
      ])
      const env = { ...process.env, RESCALE_URL: server.url, RESCALE_KEY: server.apiKey }
      const script = fileURLToPath(new URL('curl.sh', import.meta.url))
      const { code, stdout, stderr } = await ended(spawn('bash', [script], { cwd: folder, env }))
      expect(stderr).toBe('')
      expect(code).toBe(0)
      expect(stdout.trim().split('\n').at(-1)).toBe('ok: job and files deleted')
    })
  },
)
