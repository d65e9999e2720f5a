import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { findProgram, searchPath } from '../../find-program.ts'
import type { Inside } from '../cluster-access.ts'
import { signalQuietly } from '../process/marks.ts'
import type { PipePool } from '../process/pipe-pool.ts'
import { type Program, type ProgramOrder, startProgram } from '../process/program.ts'
import { newestInTurn } from './newest-in-turn.ts'
import { sizeArguments, type TerminalRequest, type TerminalSize } from './terminal-request.ts'

/** Node cannot make a pseudo terminal; one of these, where installed, does. */
export type TerminalMaker = { readonly kind: 'python' | 'script'; readonly path: string }

/** A program at a pseudo terminal. */
export interface TerminalProgram {
  /** The maker of the terminal: its stdout is what the terminal shows, and it ends as the program does. */
  readonly maker: Program
  /** To the program itself. */
  signal(name: NodeJS.Signals): void
  resize(size: TerminalSize): void
}

/** Debian's own Python before one of the user's: shims of version managers take a tenth of a second to start. */
export const findTerminalMaker = (): TerminalMaker | null => {
  const python = findProgram('python3', ['/usr/bin', ...searchPath()])
  if (python !== null) return { kind: 'python', path: python }
  // Elsewhere `script` has other options and wants a terminal of its own.
  const script = process.platform === 'linux' ? findProgram('script') : null
  return script === null ? null : { kind: 'script', path: script }
}

/** The order without its terminal, and what it asks of one. */
export interface TerminalOrder extends Omit<ProgramOrder, 'report'> {
  readonly terminal: TerminalRequest
}

export const startAtTerminal = async (
  maker: TerminalMaker,
  order: TerminalOrder,
  pool: PipePool,
): Promise<TerminalProgram> => {
  const { folder, inside } = order
  const environment = { ...order.environment, TERM: order.terminal.type }
  const { args, name } = makerCommand(maker, innerCommand(order))
  const program = await startProgram(
    { file: maker.path, args, name, folder, environment, report: true, inside },
    pool,
  )
  const seat = seatOf(program)
  return {
    maker: program,
    signal: (name) =>
      void seat.then((it) => it !== null && signalSeat(it, name, inside)).catch(() => undefined),
    resize: newestInTurn(async (size: TerminalSize) => {
      const it = await seat
      if (it !== null) await setSize(maker, it.tty, size)
    }),
  }
}

/** The shell behind the terminal leads its own group, named by its number. */
interface Seat {
  readonly pid: number
  readonly tty: string
}

/** The inner shell tells it in one line on descriptor 3. */
const seatOf = async ({ report }: Program): Promise<Seat | null> => {
  if (report === null) return null
  try {
    for await (const line of createInterface({ input: report })) {
      const [pid, tty] = line.split(' ')
      return pid !== undefined && tty?.startsWith('/dev/') ? { pid: Number(pid), tty } : null
    }
    return null
  } catch {
    return null
  } finally {
    report.destroy()
  }
}

/** What counts inside is the shell's number there; somebody inside has to use it. */
const signalSeat = ({ pid }: Seat, name: NodeJS.Signals, inside: Inside | undefined): void => {
  if (inside === undefined) {
    signalQuietly(-pid, name)
    return
  }
  const order = `kill -${name.slice('SIG'.length)} -- -${pid}`
  const { file, args, folder } = inside({ file: 'bash', args: ['-c', order], folder: '/' })
  // Nothing of the server's own environment: it could be read inside.
  spawn(file, args, { cwd: folder, env: {}, stdio: 'ignore' }).on('error', () => undefined)
}

/** The kernel tells the programs at the terminal by SIGWINCH. Resolves when it has. */
const setSize = ({ kind, path }: TerminalMaker, tty: string, size: TerminalSize): Promise<void> => {
  const [file, args] =
    kind === 'python'
      ? [path, [...pythonOptions, pythonSetSize, tty, String(size.rows), String(size.columns)]]
      : // Tells the programs twice, as it sets one number after the other.
        ['stty', ['-F', tty, ...sizeArguments(size)]]
  return new Promise((resolve) => {
    spawn(file, args, { stdio: 'ignore' })
      .on('error', () => resolve())
      .on('close', () => resolve())
  })
}

/** What runs at the terminal: tells who it is, sets the terminal up, and becomes the program. */
const innerCommand = ({ file, args, terminal }: TerminalOrder): string => {
  return [
    'SSH_TTY=$(tty)',
    'export SSH_TTY',
    // Before anybody can set another size.
    `stty sane ${sizeArguments(terminal.size).join(' ')} 2>/dev/null`,
    'echo "$$ $SSH_TTY" >&3',
    'exec 3>&-',
    `exec ${[file, ...args].map(quoted).join(' ')}`,
  ].join('; ')
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`

const makerCommand = ({ kind }: TerminalMaker, inner: string): { args: string[]; name: string } =>
  kind === 'python'
    ? { args: [...pythonOptions, pythonTerminal, inner], name: 'python3' }
    : { args: ['-q', '-f', '-e', '-c', `exec sh -c ${quoted(inner)}`, '/dev/null'], name: 'script' }

/** Neither the user's modules nor site-packages: half the time to start. */
const pythonOptions = ['-I', '-S', '-c']

const pythonSetSize = `
import fcntl, os, struct, sys, termios
path, rows, columns = sys.argv[1:]
terminal = os.open(path, os.O_RDWR | os.O_NOCTTY)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack('HHHH', int(rows), int(columns), 0, 0))
`

/**
 * Copies between its own streams and a new terminal until the shell ends, then ends as the shell did; closing the
 * terminal hangs up on whatever is left at it. Both directions are buffered, as a program that does not read must
 * not keep its own output from being read.
 */
const pythonTerminal = `
import os, pty, select, signal, sys
child_ended, wake = os.pipe()
os.set_blocking(wake, False)
signal.set_wakeup_fd(wake)
signal.signal(signal.SIGCHLD, lambda *_: None)
pid, master = pty.fork()
if pid == 0:
    os.execv('/bin/sh', ['sh', '-c', sys.argv[1]])
os.close(3)
os.set_blocking(master, False)
typed, limit, reading = b'', 65536, True
def show():
    shown = os.read(master, limit)
    while shown:
        shown = shown[os.write(1, shown):]
while True:
    sources = [master, child_ended] + ([0] if reading and len(typed) < limit else [])
    readable, writable, _ = select.select(sources, [master] if typed else [], [])
    try:
        if master in readable:
            show()
        elif child_ended in readable:
            break
        if 0 in readable:
            piece = os.read(0, limit)
            typed += piece
            reading = bool(piece)
        if writable:
            typed = typed[os.write(master, typed):]
    except BlockingIOError:
        pass
    except OSError:
        break
os.close(master)
status = os.waitpid(pid, 0)[1]
if os.WIFSIGNALED(status):
    number = os.WTERMSIG(status)
    if number != signal.SIGKILL:
        signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
sys.exit(os.WEXITSTATUS(status))
`
