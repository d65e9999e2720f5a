import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { chmod, type FileHandle, lstat, open } from 'node:fs/promises'
import { ioBuffer, ioBytes } from './io-buffer.ts'

/** Opens a plain file that some command left. Links are not followed, and pipes and devices not waited for. */
export async function withPlainFile<Result>(
  path: string,
  use: (file: FileHandle, size: number) => Promise<Result>,
): Promise<Result> {
  refuseUnlessPlain(await lstat(path))
  // What a command wrote may be executable or unreadable; as content it is neither.
  await chmod(path, 0o600)
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const status = await file.stat()
    refuseUnlessPlain(status)
    return await use(file, status.size)
  } finally {
    await file.close()
  }
}

function refuseUnlessPlain(status: { isFile(): boolean }): void {
  if (!status.isFile()) throw new Error('only a plain file can be taken over')
}

/** Size and SHA-512 by a plain read loop: a read stream's machinery costs a third of the speed (docs/performance.md). */
export async function hashFile(
  file: FileHandle,
  expected: number,
): Promise<{ size: number; sha512: string }> {
  const hash = createHash('sha512')
  const buffer = ioBuffer(Math.min(ioBytes, Math.max(1, expected)))
  let size = 0
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, size)
    if (bytesRead === 0) return { size, sha512: hash.digest('hex') }
    hash.update(buffer.subarray(0, bytesRead))
    size += bytesRead
  }
}
