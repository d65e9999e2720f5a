import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { findProgram } from '../../mock-server/find-program.ts'
import { ended, ensureBuilt } from './built-cli.ts'
import { startBuiltServer } from './built-server.ts'

const env = { ...process.env, CGO_ENABLED: '0' }

/** A compiler without its standard library compiled takes a minute; this one may not have been used yet. */
function whyNot(): string | null {
  const go = findProgram('go')
  if (!go) return 'there is no go'
  const { stdout } = spawnSync(go, ['list', '-f', '{{.Stale}}', 'net/http'], { encoding: 'utf8', env })
  return stdout.trim() === 'false'
    ? null
    : 'net/http is not built yet; `CGO_ENABLED=0 go build net/http` does it'
}

const reason = whyNot()
beforeAll(() => ensureBuilt(), 120_000)

describe.skipIf(reason !== null)(
  reason === null ? 'a Go program' : `a Go program (skipped: ${reason})`,
  () => {
    it('decodes all answers into typed structs without a hole', { timeout: 120_000 }, async () => {
      await using server = await startBuiltServer([
        '--executor',
        'shell',
        '--pace',
        '600x',
        '--check-answers',
      ])
      const program = fileURLToPath(new URL('strict.go', import.meta.url))
      const { code, stdout, stderr } = await ended(
        spawn('go', ['run', program], {
          env: { ...env, RESCALE_URL: server.url, RESCALE_KEY: server.apiKey },
        }),
      )
      expect(stderr).toBe('')
      expect(code).toBe(0)
      expect(stdout.trim().split('\n').at(-1)).toBe('ok: deleted')
    })
  },
)
