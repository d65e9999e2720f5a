import type { RunInput } from '../../domain/executor.ts'
import type { FileStore, StoredBytes } from '../../domain/file-store.ts'
import { RecentlyUsed } from '../../domain/recently-used.ts'
import { type ArchiveFormat, type ArchiveMember, archiveFormat, readArchive } from '../archives/archive.ts'
import { inputPath } from '../contained-name.ts'

/** Inputs up to this size are read, for `cat` and for scripts. Bytes. */
const maxTextBytes = 64 * 1024
/** Members up to this size become outputs of a simulated run; larger ones are only known to be there. Bytes. */
const maxMemberBytes = 1024 * 1024
/** What is kept of one archive, and of all. Bytes. */
const maxArchiveBytes = 16 * 1024 * 1024
const maxKeptBytes = 64 * 1024 * 1024
/** An archive with more members is not looked into. */
const maxMembers = 10_000

export interface KnownMember {
  readonly member: ArchiveMember
  /** Null when it is too large to be kept. */
  readonly content: Uint8Array | null
}

/** What is known of an input beyond its name and size. */
interface Known {
  readonly text: string | null
  /** Null for what is no archive. */
  readonly members: readonly KnownMember[] | null
  readonly bytes: number
}

/** Looks into inputs beforehand, because a plan is made without waiting. Keeps what was used last. */
export class InputContents {
  readonly #files: FileStore
  readonly #known = new RecentlyUsed<string, Known>({
    mostBytes: maxKeptBytes,
    sizeOf: ({ bytes }) => bytes,
    onForgotten: () => {
      this.forgotten += 1
    },
  })
  /** How often something was, to make room. */
  forgotten = 0

  constructor(files: FileStore) {
    this.#files = files
  }

  async learn(inputs: readonly RunInput[]): Promise<void> {
    for (const input of inputs) {
      const format = input.decompress ? archiveFormat(inputPath(input.name)) : null
      const key = keyOf(input.bytes, format)
      if (this.#known.get(key) === undefined) this.#known.set(key, await this.#read(input.bytes, format))
    }
  }

  /** Null for what is not known to be text. */
  text(bytes: StoredBytes): string | null {
    return this.#known.get(keyOf(bytes, null))?.text ?? null
  }

  /** Undefined when the archive could not be looked into, or was not. */
  members(bytes: StoredBytes, format: ArchiveFormat): readonly KnownMember[] | undefined {
    return this.#known.get(keyOf(bytes, format))?.members ?? undefined
  }

  async #read(bytes: StoredBytes, format: ArchiveFormat | null): Promise<Known> {
    if (format !== null) return this.#readArchive(bytes, format)
    const text = bytes.size <= maxTextBytes ? await this.#readText(bytes) : null
    return { text, members: null, bytes: entryBytes + (text?.length ?? 0) }
  }

  async #readText({ id, size }: StoredBytes): Promise<string | null> {
    try {
      const bytes = await all(this.#files.read(id, 0, size))
      return bytes.includes(0) ? null : bytes.toString()
    } catch {
      // The file was deleted meanwhile.
      return null
    }
  }

  /** What is no archive, or a broken one, is not unpacked: it has no members. */
  async #readArchive(archive: StoredBytes, format: ArchiveFormat): Promise<Known> {
    const members: KnownMember[] = []
    let bytes = entryBytes
    try {
      await readArchive(format, this.#files, archive, async (member, read) => {
        if (members.length >= maxMembers) throw new TooManyMembersError()
        const isKept =
          member.kind === 'file' && member.size <= maxMemberBytes && bytes + member.size <= maxArchiveBytes
        const content = isKept ? await all(read()) : null
        members.push({ member, content })
        bytes += entryBytes + member.name.length + (content?.length ?? 0)
      })
      return { text: null, members, bytes }
    } catch (error) {
      return { text: null, members: error instanceof TooManyMembersError ? null : [], bytes: entryBytes }
    }
  }
}

class TooManyMembersError extends Error {}

/** About what an entry takes beside its content. */
const entryBytes = 200

const keyOf = ({ id }: StoredBytes, format: ArchiveFormat | null): string => `${format ?? 'plain'} ${id}`

async function all(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const kept: Uint8Array[] = []
  for await (const chunk of chunks) kept.push(chunk)
  return Buffer.concat(kept)
}
