import { availableParallelism } from 'node:os'
import type { FileHashing } from './stores/file-hashing.ts'

/** Hashes large files in a thread of their own, where there is a second core for it. The thread starts with the first. */
export function fileHashing(): FileHashing | undefined {
  if (availableParallelism() === 1) return undefined
  const starting = () => import('../client/transfer/file-hasher.ts').then(({ Hashing }) => new Hashing())
  let started: ReturnType<typeof starting> | undefined
  return {
    async file(path) {
      started ??= starting()
      return (await started).file(path, Number.POSITIVE_INFINITY)
    },
    async close() {
      await (await started)?.[Symbol.asyncDispose]()
    },
  }
}
