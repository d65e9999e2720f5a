import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { constants as system } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { ProgramStart } from '../../domain/executor.ts'
import { identify, type ProcessIdentity } from '../../process-identity.ts'
import { behindDoor, tendDoor } from '../../rooms/doors.ts'
import type { Room } from '../../rooms/room.ts'
import { leadsSession } from './processes.ts'

/** MAX_ARG_STRLEN of Linux: a longer command goes through a file. */
const longestArgument = 128 * 1024 - 1

/** What a shell answers when it found a program and cannot start it. */
const notStarted = 126

/** Between two looks whether a command is through its door, which takes it a few milliseconds. */
const lookMs = 1

export interface CommandStart {
  readonly command: string
  readonly workFolder: string
  /** For what must not be saved. */
  readonly scratchFolder: string
  readonly environment: Readonly<Record<string, string>>
  /** Where it runs; null for among all processes of the machine. */
  readonly room: Room | null
}

export interface CommandEnd {
  /** 128 + signal number when a signal ended it. */
  readonly exitCode: number
  /** Why bash itself could not be started. */
  readonly problem: string | null
}

export interface Leader extends ProcessIdentity {
  /** Our own child keeps its number until we are told of its end; another's may lose it earlier. */
  readonly isOurs: boolean
}

export interface RunningCommand {
  /** Leads a process group and a session of its own; null when bash could not be started, or ended before it was seen. */
  readonly leader: Leader | null
  /** Background processes may be left. */
  readonly ended: Promise<CommandEnd>
  /** stdout and stderr as they came; ends when no process has them open any more. */
  readonly output: Socket
}

/**
 * Starts bash. stdout and stderr are one named pipe: they stay in order, and unlike the sockets that Node makes,
 * `/dev/stdout` and `/dev/stderr` can be opened by the command.
 */
export async function startCommand(start: CommandStart): Promise<RunningCommand> {
  const pipe = await makePipe(start.scratchFolder)
  const output = new Socket({ fd: pipe.readEnd, readable: true, writable: false })
  try {
    const { file, args, folder } = placed(await bashStart(start), start.room)
    const child = spawn(file, args, {
      cwd: folder,
      env: { ...start.environment },
      detached: true,
      stdio: ['ignore', pipe.writeEnd, pipe.writeEnd],
    })
    const ended = endOf(child)
    return { leader: await leaderOf(child, start.room), ended, output }
  } catch (error) {
    // Thrown for an environment that is too large; most other problems come as an event.
    return {
      leader: null,
      ended: Promise.resolve({ exitCode: notStarted, problem: String(error) }),
      output,
    }
  } finally {
    closeSync(pipe.writeEnd)
  }
}

const endOf = (child: ChildProcess): Promise<CommandEnd> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ exitCode: code ?? signalCode(signal), problem: null }))
    child.once('error', (error) => resolve({ exitCode: notStarted, problem: error.message }))
  })

const placed = (start: ProgramStart, room: Room | null): ProgramStart => room?.inside(start) ?? start

async function leaderOf(child: ChildProcess, room: Room | null): Promise<Leader | null> {
  if (child.pid === undefined) return null
  if (room === null) return { pid: child.pid, startTime: identify(child.pid)?.startTime ?? 0, isOurs: true }
  tendDoor(child)
  while (child.exitCode === null && child.signalCode === null) {
    const found = identify(behindDoor(child.pid) ?? 0)
    if (found && leadsSession(found)) return { ...found, isOurs: false }
    await pause(lookMs)
  }
  return null
}

const bashStart = async (start: CommandStart): Promise<ProgramStart> => ({
  file: 'bash',
  args: await bashArguments(start),
  folder: start.workFolder,
})

async function bashArguments({ command, scratchFolder }: CommandStart): Promise<string[]> {
  // A command cannot hold NUL; bash leaves them out as well.
  const text = command.replaceAll('\0', '')
  if (Buffer.byteLength(text) <= longestArgument) return ['-c', text]
  const script = join(scratchFolder, 'command.sh')
  await writeFile(script, text)
  return [script]
}

async function makePipe(folder: string): Promise<{ readEnd: number; writeEnd: number }> {
  const path = join(folder, 'output.pipe')
  await promisify(execFile)('mkfifo', ['-m', '600', path])
  try {
    // In this order: a pipe cannot be opened for writing at once before somebody reads.
    const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
    return { readEnd, writeEnd: openSync(path, constants.O_WRONLY) }
  } finally {
    await rm(path, { force: true })
  }
}

const signalCode = (signal: NodeJS.Signals | null): number => 128 + (signal ? system.signals[signal] : 0)
