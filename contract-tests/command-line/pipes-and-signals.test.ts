import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createControl } from '../../client/control/index.ts'
import { createClient, type RescaleClient } from '../../client/index.ts'
import { aJob } from '../fixtures.ts'
import { builtRescale, ended, ensureBuilt } from '../programs/built-cli.ts'
import { type BuiltServer, startBuiltServer } from '../programs/built-server.ts'
import { startRescale } from './rescale-process.ts'

let home: string
let server: BuiltServer
let client: RescaleClient

beforeAll(async () => {
  await ensureBuilt()
  home = await mkdtemp(join(tmpdir(), 'localscale-streams-'))
  server = await startBuiltServer(['--pace', '600x'])
  client = createClient({ baseUrl: server.url, apiKey: server.apiKey, env: {} })
}, 120_000)

afterAll(async () => {
  await client?.close()
  await server?.stop()
  await rm(home, { recursive: true, force: true })
})

const environment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  RESCALE_API_URL: server.url,
  RESCALE_API_KEY: server.apiKey,
  HOME: home,
})

describe('rescale whose pipes close and that gets signals', () => {
  it('ends quietly when nobody reads on', () => {
    const env = environment()
    const script = '"$0" "$1" coretypes list --all -o ndjson | head -1 | wc -l; echo $PIPESTATUS'
    const done = spawnSync('bash', ['-c', script, process.execPath, builtRescale], { env, encoding: 'utf8' })
    expect([done.stdout, done.stderr]).toEqual(['1\n0\n', ''])
    const gone = 'exec 3> >(exit); wait $!; "$0" "$1" --help >&3; echo $?'
    const help = spawnSync('bash', ['-c', gone, process.execPath, builtRescale], { env, encoding: 'utf8' })
    expect([help.stdout, help.stderr]).toEqual(['0\n', ''])
  })

  it('stops the job of a run when nobody reads on', async () => {
    const control = createControl({ baseUrl: server.url, apiKey: server.apiKey })
    // Its reader has gone before the job has any status that would be told.
    await control.time.freeze()
    const script = `"$0" "$1" run --command 'sleep inf' --coretype granite --cores 2 --walltime 1 --interval 20ms |
        { read -r line; exec <&-; echo "$line"; }; echo $PIPESTATUS`
    const args = ['-c', script, process.execPath, builtRescale]
    // What the job leaves is downloaded where it runs.
    const running = spawn('bash', args, { env: environment(), cwd: home })
    const over = ended(running)
    await once(running.stdout, 'data')
    await control.time.setPace('600x')
    const { stdout, stderr } = await over
    const [, id = ''] = /^created (\w+) .*\n141\n$/.exec(stdout) ?? []
    expect(stderr).toBe(`stopping ${id}\n`)
    // A job that is stopped before its validation ends without a status.
    await control.journal.assertCalled({ operation: 'stopJob', job: id, status: '202' }, { exactly: 1 })
  })

  it('says it when what it says cannot be written', async () => {
    const script = `for words in 'jobs list' --help --version; do "$0" "$1" $words > /dev/full; echo $?; done`
    const done = spawn('bash', ['-c', script, process.execPath, builtRescale], { env: environment() })
    const full = 'error: stdout cannot be written: ENOSPC: no space left on device, write\n'
    expect(await ended(done)).toMatchObject({ stdout: '1\n1\n1\n', stderr: full.repeat(3) })
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at once on %s while it reads what is piped in', async (signal, code) => {
    const child = await startRescale(['api', 'POST', 'jobs/', '-d', '-'], server, { home })
    const over = ended(child)
    // More than a pipe holds: when it is gone, somebody reads.
    await new Promise((resolve) => child.stdin?.write(Buffer.alloc(1_000_000), resolve))
    child.kill(signal)
    expect((await over).code).toBe(code)
  })

  it('ends with 130 on Ctrl+C and with 143 on SIGTERM, and leaves a watched job alone', async () => {
    const { id } = await client.jobs.create(aJob({ command: 'sleep inf' }))
    await client.jobs.submit(id)
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      const child = await startRescale(['jobs', 'watch', id, '--interval', '20ms'], server, { home })
      const over = ended(child)
      await once(createInterface({ input: child.stdout ?? process.stdin }), 'line')
      child.kill(signal)
      expect((await over).code).toBe(code)
    }
    expect((await client.jobs.statuses(id).first())?.status).not.toBe('Completed')
    await client.jobs.stop(id)
  })
})
