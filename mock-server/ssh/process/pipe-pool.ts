import { execFile } from 'node:child_process'
import { closeSync, constants, openSync, unlinkSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Both ends, open. Data goes one way. */
export interface Pipe {
  readonly readEnd: number
  readonly writeEnd: number
}

/** Enough for three commands; one `mkfifo` makes them all. */
const PIPES_AT_ONCE = 9

const run = promisify(execFile)

/**
 * Real pipes, made beforehand. Node gives a child process sockets instead, and `echo x > /dev/stderr`,
 * `tee /dev/stdout` or `cat /dev/stdin` fail on a socket (ENXIO), while they work under sshd, which uses pipes.
 */
export class PipePool {
  #folder: Promise<string> | null = null
  #paths: string[] = []
  #filling: Promise<void> | null = null
  #made = 0

  /** Starts to make pipes, so that the first command need not wait. */
  prepare(): void {
    if (this.#paths.length < PIPES_AT_ONCE / 2) void this.#fill().catch(() => undefined)
  }

  /** Throws where the system has no `mkfifo`. */
  async take(count: number): Promise<Pipe[]> {
    while (this.#paths.length < count) await this.#fill()
    const pipes = this.#paths.splice(0, count).map(openPipe)
    this.prepare()
    return pipes
  }

  async close(): Promise<void> {
    await this.#filling?.catch(() => undefined)
    const folder = await this.#folder?.catch(() => undefined)
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  }

  #fill(): Promise<void> {
    this.#filling ??= this.#make().finally(() => {
      this.#filling = null
    })
    return this.#filling
  }

  async #make(): Promise<void> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'localscale-pipes-'))
    const folder = await this.#folder
    const paths = Array.from({ length: PIPES_AT_ONCE }, () => join(folder, String(this.#made++)))
    await run('mkfifo', ['-m', '600', ...paths])
    this.#paths.push(...paths)
  }
}

/** Without a name, only those who hold an end can use it. Opening the reading end first keeps the other one from waiting. */
const openPipe = (path: string): Pipe => {
  const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const writeEnd = openSync(path, constants.O_WRONLY)
  unlinkSync(path)
  return { readEnd, writeEnd }
}

export const closeBoth = ({ readEnd, writeEnd }: Pipe): void => {
  closeSync(readEnd)
  closeSync(writeEnd)
}
