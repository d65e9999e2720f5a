import { execFile, spawn } from 'node:child_process'
import { closeSync, constants, openSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { Socket } from 'node:net'
import { constants as system } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** MAX_ARG_STRLEN of Linux: a longer command goes through a file. */
const longestArgument = 128 * 1024 - 1

/** What a shell answers when it cannot start something. */
const notFound = 127

export interface CommandStart {
  readonly command: string
  readonly workFolder: string
  /** For what must not be saved. */
  readonly scratchFolder: string
  readonly environment: Readonly<Record<string, string>>
}

export interface RunningCommand {
  /** Leads a process group and a session of its own; undefined when bash could not be started. */
  readonly pid: number | undefined
  /** Exit code, 128 + signal number when a signal ended it. Background processes may be left. */
  readonly exited: Promise<number>
  /** stdout and stderr as they came; ends when no process has them open any more. */
  readonly output: Socket
}

/**
 * Starts bash. stdout and stderr are one named pipe: they stay in order, and unlike the sockets that Node makes,
 * `/dev/stdout` and `/dev/stderr` can be opened by the command.
 */
export async function startCommand(start: CommandStart): Promise<RunningCommand> {
  const pipe = await makePipe(start.scratchFolder)
  try {
    const child = spawn('bash', await bashArguments(start), {
      cwd: start.workFolder,
      env: { ...start.environment },
      detached: true,
      stdio: ['ignore', pipe.writeEnd, pipe.writeEnd],
    })
    const exited = new Promise<number>((resolve) => {
      child.once('exit', (code, signal) => resolve(code ?? signalCode(signal)))
      child.once('error', () => resolve(notFound))
    })
    return {
      pid: child.pid,
      exited,
      output: new Socket({ fd: pipe.readEnd, readable: true, writable: false }),
    }
  } finally {
    closeSync(pipe.writeEnd)
  }
}

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
