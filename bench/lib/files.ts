import { createHash, randomBytes } from 'node:crypto'
import { closeSync, createReadStream, openSync, statfsSync, truncateSync, writeSync } from 'node:fs'
import { gibibyte, mebibyte } from './context.ts'

/** Writes a file whose mebibytes all differ, and gives its SHA-512. */
export function writeTestFile(path: string, size: number): string {
  const block = randomBytes(mebibyte)
  const hash = createHash('sha512')
  const file = openSync(path, 'wx')
  for (let written = 0; written < size; written += block.length) {
    block.writeDoubleLE(written, 0)
    const part = block.subarray(0, Math.min(block.length, size - written))
    writeSync(file, part)
    hash.update(part)
  }
  closeSync(file)
  return hash.digest('hex')
}

export async function sha512Of(path: string): Promise<string> {
  const hash = createHash('sha512')
  for await (const chunk of createReadStream(path, { highWaterMark: mebibyte })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** A file of zeros that takes no room on the disk. */
export function makeSparseFile(path: string, size: number): void {
  closeSync(openSync(path, 'wx'))
  truncateSync(path, size)
}

/** Throws when the disk under a folder has less than this to spare, with one GiB left for everybody else. */
export function needDisk(folder: string, size: number): void {
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize - gibibyte
  if (free < size)
    throw new Error(`${folder} has ${Math.floor(free / mebibyte)} MiB to spare, ${size / mebibyte} needed`)
}
