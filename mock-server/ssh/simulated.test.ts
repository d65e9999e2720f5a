import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'ssh2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SimulatedShell } from './cluster-access.ts'
import { connectTo, endOf, openCommand, openShell, runCommand } from './testing/npm-client.ts'
import { runClient, testWith } from './testing/real-clients.ts'
import { startTestCluster, type TestCluster } from './testing/test-cluster.ts'

/** Knows three commands, one of which takes an hour. */
const shell: SimulatedShell = {
  run(command, environment) {
    if (command === 'env') return { stdout: `${environment.RESCALE_JOB_ID}\n`, stderr: '', exitCode: 0 }
    if (command === 'slow') return { stdout: 'begun\n', stderr: '', exitCode: 0, delay: 3_600_000 }
    if (command === 'bytes') return { stdout: Buffer.of(0, 255, 10), stderr: '', exitCode: 0 }
    if (command === 'broken') return Promise.reject(new Error('no recipe'))
    return { stdout: `ran ${command}\n`, stderr: 'warning\n', exitCode: 3 }
  },
}

let cluster: TestCluster
let client: Client

beforeAll(async () => {
  cluster = await startTestCluster({ shell, environment: { RESCALE_JOB_ID: 'abc123' } })
  client = await connectTo(cluster)
})

afterAll(async () => {
  client.end()
  await cluster.close()
})

describe('A cluster without processes', () => {
  test('answers commands with output, errors and exit code', async () => {
    expect(await runCommand(client, 'solve', 'input that nobody reads')).toEqual({
      code: 3,
      signal: null,
      stdout: 'ran solve\n',
      stderr: 'warning\n',
    })
    expect(await runCommand(client, 'env')).toMatchObject({ code: 0, stdout: 'abc123\n' })
  })

  test('starts no process, whatever the command', async () => {
    await runCommand(client, 'touch work/touched; kill $$')
    expect(() => readFileSync(join(cluster.home, 'work/touched'))).toThrow('ENOENT')
  })

  test('shows the output before the delay is over, which the client may cut short', async () => {
    const channel = await openCommand(client, 'slow')
    const [first] = await new Promise<Buffer[]>((resolve) =>
      channel.once('data', (chunk: Buffer) => resolve([chunk])),
    )
    expect(String(first)).toBe('begun\n')
    channel.close()
    expect((await runCommand(client, 'after')).code).toBe(3)
  })

  test('reports an answer that failed', async () => {
    expect(await runCommand(client, 'broken')).toMatchObject({ code: 255, stderr: 'localscale: no recipe\n' })
  })

  test('has a shell of the same kind, at a terminal and without one', async () => {
    const plain = await openShell(client, false)
    const plainEnd = endOf(plain)
    plain.end('one\n\nenv\nexit\nafter\n')
    expect(await plainEnd).toMatchObject({ code: 0, stdout: 'ran one\nabc123\n' })

    const terminal = await openShell(client, { term: 'xterm' })
    const end = endOf(terminal)
    terminal.write('onx\x7fe\rexit 7\r')
    const { code, stdout } = await end
    expect(code).toBe(7)
    expect(stdout).toBe('$ onx\b \be\r\nexit 7\r\nran one\r\n$ ')
  })

  testWith('scp')('takes and gives files all the same', async () => {
    const local = join(cluster.folder, 'local')
    const { writeFileSync } = await import('node:fs')
    writeFileSync(local, 'content')
    for (const option of ['-O', '-s']) {
      const up = await runClient('scp', [...cluster.sshOptions, option, local, `cluster:work/f${option}`])
      expect(up).toEqual({ code: 0, stdout: '', stderr: '' })
      const back = await runClient('scp', [
        ...cluster.sshOptions,
        option,
        `cluster:work/f${option}`,
        `${local}${option}`,
      ])
      expect(back.code).toBe(0)
      expect(readFileSync(`${local}${option}`, 'utf8')).toBe('content')
    }
  })
})
