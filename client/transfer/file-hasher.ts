import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { READ_BYTES } from './sources.ts'

/** Computes the SHA-512 of a file while it grows. */
export interface FileHasher {
  /** Says that all bytes before `frontier` are in the file for good. */
  advance(frontier: number): void
  /** The digest of the first `size` bytes, in hex. */
  finish(size: number): Promise<string>
  /** Gives up. */
  stop(): Promise<void>
}

// A worker takes tens of milliseconds to start: less than that is hashed faster than it is worth.
const WORKER_FROM_BYTES = 32 * 1024 * 1024
// Telling the worker of every write would cost more than it gains.
const ADVANCE_BYTES = 4 * 1024 * 1024

/** A hasher for the file at `path`, which will have about `size` bytes. */
export function hashFile(path: string, size: number): FileHasher {
  return size >= WORKER_FROM_BYTES ? workerHasher(path) : inlineHasher(path)
}

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
          if (bytesRead === 0) throw new Error(`${path} ends after ${at} of ${size} bytes`)
          hash.update(buffer.subarray(0, bytesRead))
          at += bytesRead
        }
      } finally {
        await handle.close()
      }
      return hash.digest('hex')
    },
    async stop() {},
  }
}

// Plain JavaScript in a string, since a worker's file would have to be found again in every bundle. It reads
// the pages itself: handing buffers over would copy them, or keep the downloading thread from reusing them.
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads')
const { createHash } = require('node:crypto')
const { openSync, readSync, closeSync } = require('node:fs')
const hash = createHash('sha512')
const buffer = Buffer.allocUnsafeSlow(workerData.readBytes)
const fd = openSync(workerData.path, 'r')
let at = 0
parentPort.on('message', ({ frontier, last }) => {
  while (at < frontier) {
    const read = readSync(fd, buffer, 0, Math.min(buffer.length, frontier - at), at)
    if (read === 0) throw new Error(workerData.path + ' ends after ' + at + ' of ' + frontier + ' bytes')
    hash.update(buffer.subarray(0, read))
    at += read
  }
  if (!last) return
  closeSync(fd)
  parentPort.postMessage(hash.digest('hex'))
  parentPort.close()
})
`

function workerHasher(path: string): FileHasher {
  const worker = new Worker(WORKER, { eval: true, workerData: { path, readBytes: READ_BYTES } })
  const digest = new Promise<string>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  // It is awaited in finish() only; a failure before that is told there.
  digest.catch(() => {})
  let told = 0
  return {
    advance(frontier) {
      if (frontier - told < ADVANCE_BYTES) return
      told = frontier
      worker.postMessage({ frontier, last: false })
    },
    finish(size) {
      worker.postMessage({ frontier: size, last: true })
      return digest
    },
    async stop() {
      await worker.terminate()
    },
  }
}

/** The SHA-512 of a file that is there already. */
export async function sha512OfFile(path: string, size: number): Promise<string> {
  const hasher = hashFile(path, size)
  try {
    return await hasher.finish(size)
  } finally {
    await hasher.stop()
  }
}
