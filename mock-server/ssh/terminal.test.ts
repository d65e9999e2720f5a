import type { Client, ClientChannel, PseudoTtyOptions } from 'ssh2'
import { afterEach, describe, expect, test } from 'vitest'
import { findRooms } from '../rooms/find-rooms.ts'
import { openRoom, type Room } from '../rooms/room.ts'
import { findTerminalMaker, type TerminalMaker } from './terminal/terminal-program.ts'
import { connectTo, endOf, openCommand, openShell, runCommand } from './testing/npm-client.ts'
import { startTestCluster, type TestCluster } from './testing/test-cluster.ts'

const XTERM: PseudoTtyOptions = { term: 'xterm', rows: 33, cols: 101 }

let cluster: TestCluster
let client: Client

let room: Room | null = null

const begin = async (terminalMaker: TerminalMaker | null, isApart = false): Promise<void> => {
  if (isApart && rooms.kind === 'rooms') room = await openRoom({ covered: [], kept: [] }, rooms.tools)
  const inside = room && { inside: room.inside }
  cluster = await startTestCluster({ terminalMaker, environment: { PS1: 'ready> ' }, ...inside })
  client = await connectTo(cluster)
}

afterEach(async () => {
  client.end()
  await cluster.close()
  await room?.close()
  room = null
})

/** Resolves when the terminal has shown the text since the last time. */
const watch = (channel: ClientChannel) => {
  let shown = ''
  let waiting: { text: string; resolve: (shown: string) => void } | null = null
  const look = (): void => {
    const end = waiting === null ? -1 : shown.indexOf(waiting.text)
    if (waiting === null || end === -1) return
    const { text, resolve } = waiting
    waiting = null
    resolve(shown.slice(0, end + text.length))
    shown = shown.slice(end + text.length)
  }
  channel.on('data', (chunk: Buffer) => {
    shown += chunk.toString()
    look()
  })
  return (text: string): Promise<string> =>
    new Promise((resolve) => {
      waiting = { text, resolve }
      look()
    })
}

const found = findTerminalMaker()
const script: TerminalMaker = { kind: 'script', path: '/usr/bin/script' }
const makers: readonly TerminalMaker[] = [found, script].filter((maker) => maker !== null)
const rooms = await findRooms({ covered: [], kept: [] })
const places = [false, ...(rooms.kind === 'rooms' ? [true] : [])]
const kinds = makers.flatMap((maker) =>
  places.map((isApart) => ({
    maker,
    isApart,
    where: isApart ? 'in a room of its own' : 'among all processes',
  })),
)

describe.runIf(process.platform === 'linux' && found !== null).each(kinds)(
  'A terminal made by $maker.kind $where',
  ({ maker, isApart }) => {
    test('has the type and size that the client asks for', async () => {
      await begin(maker, isApart)
      const { stdout, code } = await runCommand(client, 'tty; stty size; echo $TERM $SSH_TTY; exit 5', '', {
        pty: XTERM,
      })
      expect(stdout).toMatch(/^(\/dev\/pts\/\d+)\r\n33 101\r\nxterm \1\r\n$/)
      expect(code).toBe(5)
    })

    test('echoes what is typed, runs it, and ends with the shell', async () => {
      await begin(maker, isApart)
      const channel = await openShell(client, XTERM)
      const end = endOf(channel)
      const until = watch(channel)
      channel.write(`echo g''o; cat\r`)
      await until('go\r\n')
      channel.write('typed\r')
      expect(await until('typed\r\ntyped\r\n')).toContain('typed\r\ntyped\r\n')
      channel.write('\x04')
      channel.write('exit 6\r')
      expect((await end).code).toBe(6)
    })

    test('passes Ctrl-C on as an interrupt', async () => {
      await begin(maker, isApart)
      // Not `sleep`: an interrupt that comes between bash's fork and exec is lost on the child, and bash waits for it.
      const command = `trap 'echo interrupted; exit 8' INT; echo go; while :; do read -t 0.01; done`
      const channel = await openCommand(client, command, { pty: XTERM })
      const end = endOf(channel)
      await watch(channel)('go')
      channel.write('\x03')
      const { code, stdout } = await end
      expect([code, stdout]).toEqual([8, 'go\r\n^Cinterrupted\r\n'])
    })

    test('changes its size with the client’s window', async () => {
      await begin(maker, isApart)
      // Not `stty size` in the trap: bash loses a signal that comes while its trap runs, and `script` sends two.
      const command = `trap told=1 WINCH; echo go; until [ "$told $(stty size)" = '1 50 120' ]; do read -t 0.01; done; echo told`
      const channel = await openCommand(client, command, { pty: XTERM })
      const until = watch(channel)
      await until('go')
      channel.setWindow(50, 120, 0, 0)
      await until('told\r\n')
      channel.close()
    })

    test('passes the client’s signals to the program', async () => {
      await begin(maker, isApart)
      const command = `trap 'echo caught; exit 9' USR1; echo go; while :; do read -t 0.01; done`
      const channel = await openCommand(client, command, { pty: XTERM })
      const end = endOf(channel)
      await watch(channel)('go')
      channel.signal('USR1')
      expect(await end).toMatchObject({ code: 9, stdout: 'go\r\ncaught\r\n' })
    })

    test('shows all of a large output', async () => {
      await begin(maker, isApart)
      const { stdout } = await runCommand(client, 'seq 1 200000', '', { pty: XTERM })
      expect(stdout.split('\r\n')).toEqual([
        ...Array.from({ length: 200_000 }, (_, index) => `${index + 1}`),
        '',
      ])
    })
  },
)

describe('Without a terminal maker', () => {
  test('a shell still echoes, edits lines and ends', async () => {
    await begin(null)
    const channel = await openShell(client, XTERM)
    const end = endOf(channel)
    channel.write('echo wrong\x7f\x7f\x7f\x7f\x7fright; exit 6\r')
    const { code, stdout } = await end
    expect(stdout).toContain('right; exit 6\r\n')
    expect(stdout).toContain('right\r\n')
    expect(code).toBe(6)
  })

  test('Ctrl-C interrupts and Ctrl-D ends the input', async () => {
    await begin(null)
    const channel = await openCommand(client, `trap 'echo interrupted' INT; echo go; cat; echo ended`, {
      pty: XTERM,
    })
    const end = endOf(channel)
    await watch(channel)('go')
    channel.write('line\r')
    channel.write('\x04')
    expect((await end).stdout).toBe('go\r\nline\r\nline\r\nended\r\n')
  })
})
