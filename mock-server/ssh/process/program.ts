import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync } from 'node:fs'
import { Socket } from 'node:net'
import { constants } from 'node:os'
import type { Readable } from 'node:stream'
import { behindDoor, tendDoor } from '../../rooms/doors.ts'
import type { ProgramEnd } from '../channel-output.ts'
import type { Inside } from '../cluster-access.ts'
import { signalQuietly } from './marks.ts'
import type { Pipe, PipePool } from './pipe-pool.ts'

export interface ProgramOrder {
  readonly file: string
  readonly args: readonly string[]
  /** What the program sees as its own name. */
  readonly name: string
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  /** Whether descriptor 3 is a pipe to us. */
  readonly report: boolean
  readonly inside?: Inside | undefined
}

/** A running program with its streams. It leads a process group and session of its own. */
export interface Program {
  readonly stdin: Socket
  readonly stdout: Readable
  readonly stderr: Readable
  /** Null unless it was asked for. */
  readonly report: Readable | null
  /** Never rejects. */
  readonly ended: Promise<ProgramEnd>
  /** To the whole group, as sshd does. Nothing once the program has ended: its number may be another's then. */
  signal(name: NodeJS.Signals): void
}

/** Rejects when the program cannot be started. */
export const startProgram = async (order: ProgramOrder, pool: PipePool): Promise<Program> => {
  const pipes = await takePipes(pool, order.report ? 4 : 3)
  const program = await (pipes === null ? startWithSockets(order) : startWithPipes(order, pipes))
  // A broken pipe is the end of a stream, and no more than that.
  for (const stream of [program.stdin, program.stdout, program.stderr, program.report]) {
    stream?.on('error', () => stream.destroy())
  }
  return program
}

const startWithPipes = async (order: ProgramOrder, pipes: readonly Pipe[]): Promise<Program> => {
  const streams = pipeStreams(pipes)
  try {
    return { ...streams, ...(await startChild(order, childEnds(pipes))).control }
  } catch (error) {
    for (const stream of Object.values(streams)) stream?.destroy()
    throw error
  } finally {
    for (const end of childEnds(pipes)) closeSync(end)
  }
}

const startWithSockets = async (order: ProgramOrder): Promise<Program> => {
  const stdio = Array.from({ length: order.report ? 4 : 3 }, () => 'pipe' as const)
  const { child, control } = await startChild(order, stdio)
  return { ...socketStreams(child), ...control }
}

interface Started {
  readonly child: ChildProcess
  readonly control: Pick<Program, 'ended' | 'signal'>
}

const startChild = async (order: ProgramOrder, stdio: (number | 'pipe')[]): Promise<Started> => {
  const child = spawnProgram(order, stdio)
  const ended = endOf(child)
  await once(child, 'spawn')
  if (order.inside === undefined) return { child, control: { ended, signal: signalTo(child) } }
  tendDoor(child)
  return { child, control: { ended, signal: signalThrough(child) } }
}

const spawnProgram = (order: ProgramOrder, stdio: (number | 'pipe')[]): ChildProcess => {
  const { file, args, folder } = order.inside?.(order) ?? order
  return spawn(file, [...args], {
    ...(order.inside === undefined && { argv0: order.name }),
    cwd: folder,
    env: order.environment,
    detached: true,
    stdio,
  })
}

const takePipes = async (pool: PipePool, count: number): Promise<Pipe[] | null> => {
  try {
    return await pool.take(count)
  } catch {
    return null
  }
}

type Streams = Pick<Program, 'stdin' | 'stdout' | 'stderr' | 'report'>

/** The child reads from the first pipe and writes to the others. */
const childEnds = (pipes: readonly Pipe[]): number[] =>
  pipes.map(({ readEnd, writeEnd }, index) => (index === 0 ? readEnd : writeEnd))

const pipeStreams = (pipes: readonly Pipe[]): Streams => {
  const [stdin, stdout, stderr, report] = pipes.map(({ readEnd, writeEnd }, index) =>
    index === 0
      ? new Socket({ fd: writeEnd, readable: false, writable: true })
      : new Socket({ fd: readEnd, readable: true, writable: false }),
  )
  if (stdin === undefined || stdout === undefined || stderr === undefined)
    throw new Error('three pipes needed')
  return { stdin, stdout, stderr, report: report ?? null }
}

const socketStreams = (child: ChildProcess): Streams => {
  const [stdin, stdout, stderr, report] = child.stdio
  return {
    stdin: stdin as Socket,
    stdout: stdout as Readable,
    stderr: stderr as Readable,
    report: (report ?? null) as Readable | null,
  }
}

const endOf = (child: ChildProcess): Promise<ProgramEnd> =>
  new Promise((resolve) => {
    child.once('error', () => resolve(127))
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 1))
  })

const signalTo =
  (child: ChildProcess) =>
  (name: NodeJS.Signals): void => {
    const { pid, exitCode, signalCode } = child
    if (pid !== undefined && exitCode === null && signalCode === null) signalQuietly(-pid, name)
  }

/** The program behind the door leads a group of its own, a few milliseconds after it has been started. */
const signalThrough =
  (door: ChildProcess) =>
  (name: NodeJS.Signals): void => {
    if (door.pid === undefined || door.exitCode !== null || door.signalCode !== null) return
    const program = behindDoor(door.pid)
    if (program === null) door.kill(name)
    else if (!signalGroup(program, name)) signalQuietly(program, name)
  }

const signalGroup = (leader: number, name: NodeJS.Signals): boolean => {
  try {
    return process.kill(-leader, name)
  } catch {
    return false
  }
}

export const signalNumberOf = (end: ProgramEnd): number =>
  typeof end === 'number' ? 0 : constants.signals[end]
