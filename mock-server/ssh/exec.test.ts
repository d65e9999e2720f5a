import { readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'ssh2'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { connectTo, endOf, openCommand, openShell, runCommand } from './testing/npm-client.ts'
import { startTestCluster, type TestCluster, USERNAME } from './testing/test-cluster.ts'

let cluster: TestCluster
let client: Client

beforeAll(async () => {
  cluster = await startTestCluster({ environment: { RESCALE_JOB_ID: 'abc123', GREETING: 'a b "c"' } })
  client = await connectTo(cluster)
})

afterAll(async () => {
  client.end()
  await cluster.close()
})

describe('A command', () => {
  test('keeps stdout and stderr apart and returns its exit code', async () => {
    const end = await runCommand(client, 'echo out; echo err >&2; exit 7')
    expect(end).toEqual({ code: 7, signal: null, stdout: 'out\n', stderr: 'err\n' })
  })

  test('starts in the home, with the variables of a login and of the cluster', async () => {
    const { stdout } = await runCommand(client, 'pwd; echo "$HOME $USER $LOGNAME $RESCALE_JOB_ID $GREETING"')
    const home = realpathSync(cluster.home)
    expect(stdout).toBe(`${home}\n${cluster.home} ${USERNAME} ${USERNAME} abc123 a b "c"\n`)
  })

  test('does not see the variables of the server', async () => {
    vi.stubEnv('RESCALE_API_KEY', 'secret')
    const { stdout } = await runCommand(client, 'env')
    vi.unstubAllEnvs()
    expect(stdout).not.toContain('secret')
    expect(stdout).not.toContain('VITEST')
  })

  test('gets LANG and LC_ variables from the client and no others', async () => {
    const env = { LANG: 'de_DE.UTF-8', LC_ALL: 'C', LD_PRELOAD: '/tmp/x.so', RESCALE_JOB_ID: 'other' }
    const { stdout } = await runCommand(client, 'echo "$LANG $LC_ALL [$LD_PRELOAD] $RESCALE_JOB_ID"', '', {
      env,
    })
    expect(stdout).toBe('de_DE.UTF-8 C [] abc123\n')
  })

  test('reads the client’s input to its end', async () => {
    const input = Buffer.alloc(5_000_000, 'x')
    const { stdout, code } = await runCommand(client, 'wc -c', input)
    expect([stdout.trim(), code]).toEqual(['5000000', 0])
  })

  test('that does not read its input still ends', async () => {
    const { code } = await runCommand(client, 'exec <&-; exit 3', Buffer.alloc(5_000_000))
    expect(code).toBe(3)
  })

  test('can open /dev/stdin, /dev/stdout and /dev/stderr, which are pipes', async () => {
    const command =
      'cat /dev/stdin; echo out > /dev/stdout; echo err > /dev/stderr; echo both | tee /dev/stderr'
    for (let round = 0; round < 10; round++) {
      const { stdout, stderr } = await runCommand(client, command, 'in\n')
      expect([stdout, stderr]).toEqual(['in\nout\nboth\n', 'err\nboth\n'])
    }
  })

  test('that is ended by a signal reports the signal', async () => {
    const end = await runCommand(client, 'kill -TERM $$')
    expect(end).toMatchObject({ code: null, signal: 'SIGTERM' })
  })

  test('that is ended by a signal without a name in the protocol reports 128 and its number', async () => {
    const end = await runCommand(client, 'kill -XCPU $$')
    expect(end).toMatchObject({ code: 128 + 24, signal: null })
  })

  test('gets the signals that the client sends, with its whole group', async () => {
    const channel = await openCommand(
      client,
      `trap 'echo caught; exit 9' USR1; bash -c 'echo ready; exec sleep 1000' & wait`,
    )
    const end = endOf(channel)
    channel.once('data', () => channel.signal('USR1'))
    expect(await end).toMatchObject({ code: 9, stdout: 'ready\ncaught\n' })
  })

  test('gets signals also after the end of its input', async () => {
    const channel = await openCommand(
      client,
      `cat; trap 'exit 9' USR1; echo ready; while :; do read -t 0.01; done`,
    )
    const end = endOf(channel)
    // The client itself sends none after EOF; others do.
    const raw = channel as unknown as { outgoing: { id: number } }
    const { _protocol } = client as unknown as { _protocol: { signal(id: number, name: string): void } }
    channel.once('data', () => _protocol.signal(raw.outgoing.id, 'USR1'))
    channel.end()
    expect(await end).toMatchObject({ code: 9, stdout: 'ready\n' })
  })

  test('delivers large output on both streams to a client that reads slowly', async () => {
    const channel = await openCommand(
      client,
      'for i in 1 2 3 4; do head -c 3000000 /dev/zero; head -c 3000000 /dev/zero | tr "\\0" e >&2; done',
    )
    channel.pause()
    channel.stderr.pause()
    const counts = { out: 0, err: 0, wrong: 0 }
    const count = (name: 'out' | 'err', byte: number) => (chunk: Buffer) => {
      counts[name] += chunk.length
      if (chunk.some((value) => value !== byte)) counts.wrong += 1
    }
    channel.on('data', count('out', 0))
    channel.stderr.on('data', count('err', 'e'.charCodeAt(0)))
    const end = endOf(channel)
    setImmediate(() => {
      channel.resume()
      channel.stderr.resume()
    })
    await end
    expect(counts).toEqual({ out: 12_000_000, err: 12_000_000, wrong: 0 })
  })

  test('reports its exit while something in the background still holds its output', async () => {
    const channel = await openCommand(client, 'sleep 1000 & echo $!; exit 4')
    const pid = await new Promise<string>((resolve) =>
      channel.once('data', (chunk: Buffer) => resolve(String(chunk))),
    )
    const code = await new Promise((resolve) => channel.once('exit', resolve))
    expect(code).toBe(4)
    const end = endOf(channel)
    process.kill(Number(pid))
    await end
  })

  test('that cannot be started, as the home is gone, says so', async () => {
    const other = await startTestCluster()
    const otherClient = await connectTo(other)
    rmSync(other.home, { recursive: true })
    const { code, stderr } = await runCommand(otherClient, 'true')
    otherClient.end()
    await other.close()
    expect(code).toBe(255)
    expect(stderr).toMatch(/^localscale: .*ENOENT/)
  })

  test('that bash does not know ends with 127', async () => {
    const { code, stderr } = await runCommand(client, 'no-such-program')
    expect(code).toBe(127)
    expect(stderr).toContain('no-such-program: command not found')
  })
})

describe('A connection', () => {
  test('runs many commands at once', async () => {
    const runs = Array.from({ length: 20 }, (_, index) =>
      runCommand(client, `cat; echo ${index}; exit ${index}`, `in ${index}\n`),
    )
    const ends = await Promise.all(runs)
    expect(ends.map(({ stdout }) => stdout)).toEqual(ends.map((_, index) => `in ${index}\n${index}\n`))
    expect(ends.map(({ code }) => code)).toEqual(ends.map((_, index) => index))
  })

  test('runs a shell without a terminal, whose commands are the client’s input', async () => {
    const channel = await openShell(client, false)
    const end = endOf(channel)
    channel.end('echo one\ncd work && pwd > here\nexit 5\n')
    expect(await end).toMatchObject({ code: 5, stdout: 'one\n' })
    expect(readFileSync(join(cluster.home, 'work/here'), 'utf8').trim()).toBe(join(cluster.home, 'work'))
  })

  test('is refused every kind of forwarding', async () => {
    const refusedTo = (open: (done: (error: Error | undefined) => void) => unknown): Promise<string> =>
      new Promise((resolve) => open((error) => resolve(error?.message ?? 'granted')))
    const { port } = cluster.server
    const answers = await Promise.all([
      refusedTo((done) => client.forwardOut('127.0.0.1', 1, '127.0.0.1', port, done)),
      refusedTo((done) => client.openssh_forwardOutStreamLocal('/tmp/x', done)),
      refusedTo((done) => client.forwardIn('127.0.0.1', 0, done)),
      refusedTo((done) => client.exec('true', { x11: true }, done)),
    ])
    expect(answers).not.toContain('granted')
  })

  test('is refused subsystems other than sftp', async () => {
    const error = await new Promise((resolve) => client.subsys('netconf', resolve))
    expect(error).toBeInstanceOf(Error)
  })
})
