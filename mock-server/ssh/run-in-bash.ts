import type { ChannelInput } from './channel-input.ts'
import type { ChannelOutput } from './channel-output.ts'
import { bytesOf } from './home/home-path.ts'
import { bashPath, type Login } from './login.ts'
import { attach, noFilter, type StreamFilter } from './process/attach.ts'
import { endMarkedProcesses } from './process/marks.ts'
import { type Program, startProgram } from './process/program.ts'
import { LineDiscipline } from './terminal/line-discipline.ts'
import { startAtTerminal, type TerminalMaker } from './terminal/terminal-program.ts'
import type { TerminalRequest, TerminalSize } from './terminal/terminal-request.ts'

export interface BashOrder {
  /** Null for an interactive shell. */
  readonly command: string | null
  readonly environment: Record<string, string>
  readonly terminal: TerminalRequest | null
  /** The mark of this channel's processes. */
  readonly mark: string
  /** Aborted when the client closed the channel or is gone. */
  readonly gone: AbortSignal
}

/** What a client can still do to a session that runs. */
export interface RunningSession {
  signal(name: NodeJS.Signals): void
  resize(size: TerminalSize): void
}

interface Started extends RunningSession {
  /** What the channel is connected with. */
  readonly program: Program
  readonly filter: StreamFilter
}

/**
 * Runs a command, or an interactive shell, on this machine, where the cluster's job runs: it sees what the job sees,
 * not the home alone. When the client goes away first, the command and everything that it started are ended; what a command
 * left in the background when it ended by itself lives on, as on a real cluster, until the cluster stops.
 */
export const runInBash = async (
  login: Login,
  order: BashOrder,
  input: ChannelInput,
  output: ChannelOutput,
): Promise<RunningSession> => {
  const started = await start(login, order, output)
  const endAll = (): void => void endEverything(started.program, order.mark, login.limits.endGrace)
  if (order.gone.aborted) endAll()
  order.gone.addEventListener('abort', endAll)
  // A terminal stays open when the client has nothing more to say.
  const attached = attach(started.program, input, output, {
    filter: started.filter,
    endsInput: order.terminal === null,
  })
  void attached.catch(() => output.close()).finally(() => order.gone.removeEventListener('abort', endAll))
  return started
}

/** Whoever got away unfound at least has nothing to write to any more, and keeps nothing open here. */
const endEverything = async (program: Program, mark: string, grace: number): Promise<void> => {
  program.signal('SIGTERM')
  await endMarkedProcesses(mark, grace)
  program.signal('SIGKILL')
  program.stdout.destroy()
  program.stderr.destroy()
}

const start = (login: Login, order: BashOrder, output: ChannelOutput): Promise<Started> => {
  if (order.terminal === null) return startPlain(login, order)
  const maker = login.terminalMaker
  return maker === null
    ? startWithout(login, order, order.terminal, output)
    : startWith(maker, login, order, order.terminal)
}

/** What bash is told in each case; `args` differ. */
const bashIn = ({ session }: Login, { environment }: BashOrder) => ({
  // Inside, programs go by the name that they are started with, and bash says its own in messages.
  file: session.inside === undefined ? bashPath() : 'bash',
  name: 'bash',
  inside: session.inside,
  folder: session.home,
  environment,
})

/** Without a terminal an interactive shell reads its commands from the client, silently. */
const startPlain = async (login: Login, order: BashOrder): Promise<Started> => {
  const args = order.command === null ? [] : ['-c', order.command]
  const program = await startProgram({ ...bashIn(login, order), args, report: false }, login.pipes)
  return { program, filter: noFilter, signal: program.signal, resize: () => undefined }
}

const startWith = async (
  maker: TerminalMaker,
  login: Login,
  order: BashOrder,
  terminal: TerminalRequest,
): Promise<Started> => {
  const args = order.command === null ? ['-i'] : ['-c', order.command]
  const program = await startAtTerminal(maker, { ...bashIn(login, order), args, terminal }, login.pipes)
  return { program: program.maker, filter: noFilter, signal: program.signal, resize: program.resize }
}

/** Neither Python nor `script`: bash over pipes, with the editing and echo of a terminal done here. */
const startWithout = async (
  login: Login,
  order: BashOrder,
  terminal: TerminalRequest,
  output: ChannelOutput,
): Promise<Started> => {
  const args = order.command === null ? ['--noediting', '-i'] : ['-c', order.command]
  const environment = { ...order.environment, TERM: terminal.type }
  const program = await startProgram(
    { ...bashIn(login, order), environment, args, report: false },
    login.pipes,
  )
  return { program, filter: typewriter(program, output), signal: program.signal, resize: () => undefined }
}

const typewriter = (program: Program, output: ChannelOutput): StreamFilter => {
  const discipline = new LineDiscipline()
  return {
    output: (bytes) => bytesOf(discipline.show(bytes.toString('latin1'))),
    input(bytes) {
      const { lines, echo, interrupted, ended } = discipline.type(bytes.toString('latin1'))
      output.write(bytesOf(echo))
      if (interrupted) program.signal('SIGINT')
      if (ended) program.stdin.destroySoon()
      return bytesOf(lines)
    },
  }
}
