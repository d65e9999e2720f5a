import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { constants as system } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** MAX_ARG_STRLEN of Linux: a longer command goes through a file. */
const longestArgument = 128 * 1024 - 1

/** What a shell answers when it found a program and cannot start it. */
const notStarted = 126

export interface CommandStart {
  readonly command: string
  readonly workFolder: string
  /** For what must not be saved. */
  readonly scratchFolder: string
  readonly environment: Readonly<Record<string, string>>
}

export interface CommandEnd {
  /** 128 + signal number when a signal ended it. */
  readonly exitCode: number
  /** Why bash itself could not be started. */
  readonly problem: string | null
}

export interface RunningCommand {
  /** Leads a process group and a session of its own; undefined when bash could not be started. */
  readonly pid: number | undefined
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
  const args = await bashArguments(start)
  const pipe = await makePipe(start.scratchFolder)
  const output = new Socket({ fd: pipe.readEnd, readable: true, writable: false })
  try {
    const child = spawn('bash', args, {
      cwd: start.workFolder,
      env: { ...start.environment },
      detached: true,
      stdio: ['ignore', pipe.writeEnd, pipe.writeEnd],
    })
    return { pid: child.pid, ended: endOf(child), output }
  } catch (error) {
    // Thrown for an environment that is too large; most other problems come as an event.
    return {
      pid: undefined,
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
