import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { IntegrityError } from '../errors.ts'
import { READ_BYTES } from './file-chunks.ts'
import { unlessAborted } from './unless-aborted.ts'

/** Computes the SHA-512 of a file while it grows. */
export interface FileHasher {
  /** Says that all bytes before `frontier` are in the file for good. */
  advance(frontier: number): void
  /** The digest of the first `size` bytes, in hex. */
  finish(size: number): Promise<string>
  /** Gives up. */
  stop(): void
}

// A worker takes tens of milliseconds to start: less than that is hashed faster than it is worth.
const WORKER_FROM_BYTES = 32 * 1024 * 1024
// Telling the worker of every write would cost more than it gains.
const ADVANCE_BYTES = 4 * 1024 * 1024

/** Hashes files, the large ones in one worker thread, which starts with the first of them. */
export class Hashing implements AsyncDisposable {
  #worker: HashWorker | undefined

  /** A hasher for the file at `path`, which will have about `size` bytes. */
  file(path: string, size: number): FileHasher {
    if (size < WORKER_FROM_BYTES) return inlineHasher(path)
    this.#worker ??= new HashWorker()
    return this.#worker.file(path)
  }

  /** The SHA-512 of a file that is there already. */
  async whole(path: string, size: number): Promise<string> {
    const hasher = this.file(path, size)
    try {
      return await hasher.finish(size)
    } finally {
      hasher.stop()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker?.terminate()
  }
}

const endsEarly = (path: string, at: number, size: number): string =>
  `${path} became shorter: it ends after ${at} of ${size} bytes`

function inlineHasher(path: string): FileHasher {
  return {
    advance() {},
    async finish(size) {
      const hash = createHash('sha512')
      const handle = await open(path, 'r')
      try {
        const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, Math.max(size, 1)))
        for (let at = 0; at < size; ) {
          const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, size - at), at)
          if (bytesRead === 0) throw new IntegrityError(endsEarly(path, at, size))
          hash.update(buffer.subarray(0, bytesRead))
          at += bytesRead
        }
      } finally {
        await handle.close()
      }
      return hash.digest('hex')
    },
    stop() {},
  }
}

// Plain JavaScript in a string, since a worker's file would have to be found again in every bundle. It reads
// the pages itself: handing buffers over would copy them, or keep the downloading thread from reusing them.
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads')
const { createHash } = require('node:crypto')
const { openSync, readSync, closeSync } = require('node:fs')
const buffer = Buffer.allocUnsafeSlow(workerData.readBytes)
const files = new Map()
function hashUpTo(file, frontier) {
  while (file.at < frontier) {
    const read = readSync(file.fd, buffer, 0, Math.min(buffer.length, frontier - file.at), file.at)
    if (read === 0) {
      const message = file.path + ' became shorter: it ends after ' + file.at + ' of ' + frontier + ' bytes'
      throw Object.assign(new Error(message), { isShort: true })
    }
    file.hash.update(buffer.subarray(0, read))
    file.at += read
  }
}
function close(id) {
  const file = files.get(id)
  if (file) closeSync(file.fd)
  files.delete(id)
}
parentPort.on('message', ({ id, path, frontier, last, stop }) => {
  try {
    if (stop) return close(id)
    if (!files.has(id)) files.set(id, { path, fd: openSync(path, 'r'), hash: createHash('sha512'), at: 0 })
    const file = files.get(id)
    hashUpTo(file, frontier)
    if (!last) return
    parentPort.postMessage({ id, digest: file.hash.digest('hex') })
    close(id)
  } catch (error) {
    const { message, code, isShort } = error
    parentPort.postMessage({ id, error: { message, code, isShort } })
  }
})
`

interface Digest {
  resolve(digest: string): void
  reject(error: Error): void
}

/** Only a file that is too short is wrong; what the disk says is what it is elsewhere. */
const failureFrom = ({
  message,
  code,
  isShort,
}: {
  message: string
  code?: string
  isShort?: boolean
}): Error => (isShort ? new IntegrityError(message) : Object.assign(new Error(message), { code }))

/** A thread that hashes files, one after the other. */
export class HashWorker {
  // Without the process's own options: with --input-type=module the text would be taken for a module.
  readonly #worker = new Worker(WORKER, { eval: true, execArgv: [], workerData: { readBytes: READ_BYTES } })
  readonly #waiting = new Map<number, Digest>()
  #files = 0
  /** Whoever waits for a digest keeps the process alive; the idle worker does not. */
  #awaited = 0

  constructor() {
    this.#worker.on('message', ({ id, digest, error }) => {
      const waiting = this.#waiting.get(id)
      if (error === undefined) waiting?.resolve(digest)
      else waiting?.reject(failureFrom(error))
    })
    this.#worker.on('error', (error) => {
      for (const { reject } of this.#waiting.values()) reject(error)
    })
    this.#worker.unref()
  }

  file(path: string): FileHasher {
    const id = this.#files++
    const digest = new Promise<string>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    // It is awaited in finish() only; a failure before that is told there.
    digest.catch(() => {})
    let told = 0
    const tell = (message: object) => this.#worker.postMessage({ id, path, ...message })
    return {
      advance: (frontier) => {
        if (frontier - told < ADVANCE_BYTES) return
        told = frontier
        tell({ frontier })
      },
      finish: async (size) => {
        tell({ frontier: size, last: true })
        if (this.#awaited++ === 0) this.#worker.ref()
        return digest.finally(() => {
          if (--this.#awaited === 0) this.#worker.unref()
        })
      },
      stop: () => {
        this.#waiting.get(id)?.reject(new Error(`${path} is not wanted any more`))
        this.#waiting.delete(id)
        tell({ stop: true })
      },
    }
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate()
  }
}

/** The SHA-512 of a file that is there already. */
export async function sha512OfFile(path: string, size: number, signal?: AbortSignal): Promise<string> {
  await using hashing = new Hashing()
  return await unlessAborted(hashing.whole(path, size), signal)
}
