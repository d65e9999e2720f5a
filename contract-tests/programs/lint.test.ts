import { spawn } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { call } from '../process/api.ts'
import { builtCli, type Ended, ended, ensureBuilt } from './built-cli.ts'
import { startBuiltServer } from './built-server.ts'

beforeAll(() => ensureBuilt(), 120_000)

const lint = (...args: readonly string[]): Promise<Ended> =>
  ended(spawn(process.execPath, [builtCli, 'lint', ...args], { stdio: ['ignore', 'pipe', 'pipe'] }))

describe('localscale lint', () => {
  it('prints what a client does wrong, and ends with 1', { timeout: 60_000 }, async () => {
    await using server = await startBuiltServer([])
    expect(await lint(server.url)).toMatchObject({ code: 0, stdout: 'nothing found in 0 requests\n' })
    await call(server, 'analyses/')
    const { code, stdout } = await lint(server.url, '--api-key', server.apiKey)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^first-page-only: [\s\S]*\n1 found in 1 request\n$/)
    expect((await lint(server.url, '--format', 'junit')).stdout).toContain('failures="1"')
    expect(JSON.parse((await lint(server.url, '--format', 'json')).stdout)).toMatchObject({ entryCount: 1 })
    expect(await lint(server.url, '--after', '1')).toMatchObject({ code: 0 })
  })

  it('says what is wrong where there is no mock', async () => {
    const { code, stderr } = await lint('http://127.0.0.1:1')
    expect(code).toBe(1)
    expect(stderr).toContain('localscale: http://127.0.0.1:1 did not tell:')
  })
})
