import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, fstatSync, openSync } from 'node:fs'

/** Both ends, open. Data goes one way. */
export interface Pipe {
  readonly readEnd: number
  readonly writeEnd: number
}

/** Enough for two commands; one bash makes them all. */
const PIPES_AT_ONCE = 6

/** Descriptors that bash does not use itself. */
const FIRST_DESCRIPTOR = 10

const descriptors = Array.from({ length: PIPES_AT_ONCE }, (_, index) => FIRST_DESCRIPTOR + index)

/** Each process substitution is an anonymous pipe. They last until the input ends. */
const MAKE_PIPES = `exec ${descriptors.map((fd) => `${fd}<> <(:)`).join(' ')}; echo; read -r _`

/**
 * Real pipes, made beforehand. Node gives a child process sockets instead, and on Linux `echo x > /dev/stderr`,
 * `tee /dev/stdout` or `cat /dev/stdin` fail on a socket (ENXIO), while they work under sshd, which uses pipes.
 * Node cannot make a pipe, but it can open one that another process has. (Named pipes do not do: opening
 * /dev/stdin again would wait for ever once the writer has gone.)
 */
export class PipePool {
  readonly #bash: string
  #pipes: Pipe[] = []
  #filling: Promise<void> | null = null
  #closed = false

  constructor(bash: string) {
    this.#bash = bash
  }

  /** Starts to make pipes, so that the next command need not wait. */
  prepare(): void {
    if (this.#pipes.length < PIPES_AT_ONCE) void this.#fill().catch(() => undefined)
  }

  /** Rejects where there is no way to make them. */
  async take(count: number): Promise<Pipe[]> {
    while (this.#pipes.length < count) await this.#fill()
    const pipes = this.#pipes.splice(0, count)
    this.prepare()
    return pipes
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#filling?.catch(() => undefined)
    for (const pipe of this.#pipes.splice(0)) closePipe(pipe)
  }

  #fill(): Promise<void> {
    this.#filling ??= this.#make().finally(() => {
      this.#filling = null
    })
    return this.#filling
  }

  async #make(): Promise<void> {
    if (process.platform !== 'linux' || this.#closed) throw new Error('no pipes')
    const maker = spawn(this.#bash, ['-c', MAKE_PIPES], { stdio: ['pipe', 'pipe', 'ignore'], env: {} })
    try {
      await ready(maker)
      this.#pipes.push(...descriptors.map((fd) => openPipe(`/proc/${maker.pid}/fd/${fd}`)))
    } finally {
      maker.stdin?.destroy()
    }
  }
}

const ready = async (maker: ChildProcess): Promise<void> => {
  const failed = new Promise<never>((_, reject) => {
    maker.once('error', reject)
    maker.once('exit', () => reject(new Error('no pipes')))
  })
  maker.stdin?.on('error', () => undefined)
  await Promise.race([once(maker.stdout ?? maker, 'data'), failed])
}

const openPipe = (path: string): Pipe => {
  const readEnd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const writeEnd = openSync(path, constants.O_WRONLY)
  if (!fstatSync(readEnd).isFIFO()) throw new Error('not a pipe')
  return { readEnd, writeEnd }
}

const closePipe = ({ readEnd, writeEnd }: Pipe): void => {
  closeSync(readEnd)
  closeSync(writeEnd)
}
