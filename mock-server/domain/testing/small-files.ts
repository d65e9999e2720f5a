import { createHash } from 'node:crypto'
import type { FileStore, StoredBytes } from '../file-store.ts'

/** A file store in memory that tests can look into. */
export interface SmallFiles extends FileStore {
  text(bytes: StoredBytes): string
  readonly count: number
}

export function smallFiles(): SmallFiles {
  const contents = new Map<string, Uint8Array>()
  let made = 0
  const put = (content: Uint8Array): StoredBytes => {
    made += 1
    const id = `bytes-${made}`
    contents.set(id, content)
    return { id, size: content.length, sha512: createHash('sha512').update(content).digest('hex') }
  }
  const get = (id: string): Uint8Array => {
    const content = contents.get(id)
    if (!content) throw new Error(`No bytes ${id}`)
    return content
  }
  return {
    put,
    text: ({ id }) => new TextDecoder().decode(get(id)),
    get count() {
      return contents.size
    },
    writer: () => {
      throw new Error('Tests of the domain write nothing in pieces')
    },
    adopt: () => Promise.reject(new Error('Tests of the domain adopt nothing')),
    async *read(id, start, end) {
      yield get(id).subarray(start, end)
    },
    pathOf: () => null,
    async remove(id) {
      if (!contents.delete(id)) throw new Error(`No bytes ${id} to remove`)
    },
    async close() {
      contents.clear()
    },
  }
}
