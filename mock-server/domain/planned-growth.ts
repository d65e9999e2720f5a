import type { PlannedFile } from './executor.ts'
import type { StoredBytes } from './file-store.ts'
import type { Duration } from './instant.ts'

type Content = PlannedFile['content']

/** Bytes of a planned file at a time after the start of its run; null before it appears. */
export function grownSize({ content, from, after }: PlannedFile, elapsed: Duration): number | null {
  const size = sizeOf(content)
  if (elapsed >= after) return size
  if (from === undefined || elapsed < from || isStored(content)) return null
  return Math.floor((size * (elapsed - from)) / (after - from))
}

/** The same bytes: at every time a beginning of what the file is in the end. */
export function grownContent(file: PlannedFile, elapsed: Duration): Uint8Array | StoredBytes | null {
  const size = grownSize(file, elapsed)
  if (size === null) return null
  return isStored(file.content) ? file.content : bytesOf(file.content).subarray(0, size)
}

/** What is left of a file that stops growing at that time; null when it has not appeared. */
export function cutAt(file: PlannedFile, at: Duration): PlannedFile | null {
  if (at >= file.after) return file
  const size = grownSize(file, at)
  if (size === null) return null
  const { relativePath, content } = file
  return { relativePath, after: at, content: { size, make: () => bytesOf(content).subarray(0, size) } }
}

export const isStored = (content: Content): content is StoredBytes => 'sha512' in content

const sizeOf = (content: Content): number => (content instanceof Uint8Array ? content.length : content.size)

const bytesOf = (content: Content): Uint8Array => {
  if (content instanceof Uint8Array) return content
  if ('make' in content) return content.make()
  throw new Error('Stored bytes do not grow')
}
