import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client, ClientChannel } from 'ssh2'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { endProcessesOf } from './ssh-server.ts'
import { connectTo, endOf, openCommand, runCommand } from './testing/npm-client.ts'
import { startTestCluster, type TestCluster } from './testing/test-cluster.ts'

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    // A process whose parent has not looked yet is dead all the same.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

const gone = (pids: readonly number[]): Promise<void> =>
  vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 10_000, interval: 20 })

/** Runs a command that first writes the numbers of its processes in one line, and goes on. */
const startAndRead = async (client: Client, command: string): Promise<[ClientChannel, number[]]> => {
  const channel = await openCommand(client, command)
  const [line] = (await once(channel, 'data')) as [Buffer]
  return [channel, line.toString().trim().split(' ').map(Number)]
}

/** A group member, one in a group and session of its own, and one that does not mind SIGTERM and SIGHUP. */
const FAMILY = `sleep 1000 & a=$!
setsid sleep 1001 & b=$!
bash -c 'trap "" TERM HUP; exec sleep 1002' & c=$!
echo $$ $a $b $c; wait`

let cluster: TestCluster
let client: Client

beforeEach(async () => {
  cluster = await startTestCluster({ limits: { endGrace: 200 } })
  client = await connectTo(cluster)
})

afterEach(async () => {
  client.end()
  await cluster.close()
})

describe.runIf(existsSync('/proc/self/environ'))('Processes end with all their descendants', () => {
  test('when the connection drops', async () => {
    const [, pids] = await startAndRead(client, FAMILY)
    expect(pids.filter(isAlive)).toHaveLength(4)
    client.destroy()
    await gone(pids)
  })

  test('when the client closes the channel', async () => {
    const [channel, pids] = await startAndRead(client, FAMILY)
    channel.close()
    await gone(pids)
    expect((await runCommand(client, 'echo still here')).stdout).toBe('still here\n')
  })

  test('when the cluster stops', async () => {
    const [, pids] = await startAndRead(client, FAMILY)
    cluster.stop.abort()
    await gone(pids)
  })

  test('before the server has closed', async () => {
    const [, pids] = await startAndRead(client, FAMILY)
    await cluster.server.close()
    expect(pids.filter(isAlive)).toEqual([])
  })

  test('at a terminal, when the connection drops', async () => {
    const channel = await openCommand(client, `${FAMILY.replace('echo ', 'echo pids ')}`, { pty: true })
    let text = ''
    const pids = await new Promise<number[]>((resolve) => {
      channel.on('data', (chunk: Buffer) => {
        text += chunk
        const [, list] = /pids ([0-9 ]+)\r\n/.exec(text) ?? []
        if (list !== undefined) resolve(list.split(' ').map(Number))
      })
    })
    client.destroy()
    await gone(pids)
  })
})

describe('A command that was stopped', () => {
  test('has its grace time to write a last file', async () => {
    const file = join(cluster.home, 'work/last')
    const command = `trap 'echo saved > work/last; exit' TERM; echo $$; while :; do sleep 0.01; done`
    const [, pids] = await startAndRead(client, command)
    cluster.stop.abort()
    await gone(pids)
    expect(readFileSync(file, 'utf8')).toBe('saved\n')
  })
})

describe('A process that was left in the background', () => {
  const BACKGROUND = 'nohup sleep 1000 > /dev/null 2>&1 < /dev/null & echo $!'

  test('lives on when its command and its connection end', async () => {
    const { stdout } = await runCommand(client, BACKGROUND)
    const closed = once(client, 'close')
    client.end()
    await closed
    const again = await connectTo(cluster)
    const { code } = await runCommand(again, `kill -0 ${stdout}`)
    again.end()
    expect(code).toBe(0)
  })

  test('ends when its cluster stops', async () => {
    const { stdout } = await runCommand(client, BACKGROUND)
    cluster.stop.abort()
    await gone([Number(stdout)])
  })

  test('ends before the server has closed', async () => {
    const { stdout } = await runCommand(client, BACKGROUND)
    client.end()
    await cluster.server.close()
    expect(isAlive(Number(stdout))).toBe(false)
  })
})

describe('A later server', () => {
  test('finds by the mark what an earlier one left behind', async () => {
    const marked = await startTestCluster({ mark: 'some-data-folder', limits: { endGrace: 200 } })
    const other = await connectTo(marked)
    const [channel, pids] = await startAndRead(other, 'sleep 1000 & echo $$ $!; wait')
    const end = endOf(channel)
    await endProcessesOf('some-data-folder', 200)
    expect(pids.filter(isAlive)).toEqual([])
    await end
    expect((await runCommand(client, 'echo untouched')).stdout).toBe('untouched\n')
    other.end()
    await marked.close()
  })
})
