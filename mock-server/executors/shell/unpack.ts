import { createWriteStream } from 'node:fs'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FileStore, StoredBytes } from '../../domain/file-store.ts'
import { type ArchiveFormat, type ArchiveMember, readArchive } from '../archives/archive.ts'
import { type ArchiveLayout, layOut } from '../archives/archive-layout.ts'
import { isReserved, memberPath } from '../contained-name.ts'
import type { ShellLimits } from './limits.ts'

/** How many refused members a note names. */
const namedMembers = 5

export interface Unpacking {
  readonly files: FileStore
  readonly workFolder: string
  readonly limits: ShellLimits
  readonly signal: AbortSignal
  readonly note: (text: string) => Promise<void>
  /** Of the archive, relative to the work folder. */
  readonly path: string
  readonly bytes: StoredBytes
  readonly format: ArchiveFormat
}

/** Unpacks an input by the rules of `layOut`. What is unsafe is left out, and the user is told. */
export async function unpack(unpacking: Unpacking): Promise<void> {
  const name = JSON.stringify(unpacking.path)
  try {
    const layout = layOut(unpacking.path, await listMembers(unpacking))
    const leftOut = await unpackMembers(unpacking, layout)
    if (leftOut.length > 0) await unpacking.note(`${name}: not unpacked: ${listed(leftOut)}`)
  } catch (error) {
    if (!unpacking.signal.aborted) await unpacking.note(`${name} is not unpacked: ${reason(error)}`)
  }
}

/** Reads the archive once before anything is written: how it is laid out shows only at its end. */
async function listMembers({ files, bytes, format, limits, signal }: Unpacking): Promise<ArchiveMember[]> {
  const members: ArchiveMember[] = []
  let size = 0
  await readArchive(format, files, bytes, async (member) => {
    signal.throwIfAborted()
    members.push(member)
    size += member.size
    if (members.length > limits.unpackedMembers)
      throw new Error(`more than ${limits.unpackedMembers} members`)
    if (size > limits.unpackedBytes) throw new Error(`it would take more than ${limits.unpackedBytes} bytes`)
  })
  return members
}

async function unpackMembers(unpacking: Unpacking, layout: ArchiveLayout): Promise<string[]> {
  const leftOut: string[] = []
  await readArchive(unpacking.format, unpacking.files, unpacking.bytes, async (member, read) => {
    unpacking.signal.throwIfAborted()
    const problem = await unpackMember(unpacking, layout, member, read)
    if (problem) leftOut.push(`${JSON.stringify(member.name)} (${problem})`)
  })
  return leftOut
}

/** Returns why the member was left out, or null. */
async function unpackMember(
  { workFolder, signal }: Unpacking,
  layout: ArchiveLayout,
  member: ArchiveMember,
  read: () => AsyncIterable<Uint8Array>,
): Promise<string | null> {
  const path = memberPath(member.name)
  if (path === null) return member.kind === 'folder' ? null : 'its name leads outside'
  // Links are not unpacked on the real platform either (api-facts §9.1), so no name can lead outside through one.
  if (member.kind === 'link') return 'a link'
  if (member.kind === 'other') return 'not a regular file'
  const targets = layout.targets(path).filter((target) => !isReserved(target))
  if (targets.length === 0) return 'the name belongs to the log'
  try {
    await placeMember(
      member,
      read,
      targets.map((target) => join(workFolder, target)),
      signal,
    )
    return null
  } catch (error) {
    signal.throwIfAborted()
    return reason(error)
  }
}

async function placeMember(
  member: ArchiveMember,
  read: () => AsyncIterable<Uint8Array>,
  [first = '', ...others]: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (member.kind === 'folder') {
    for (const target of [first, ...others]) await mkdir(target, { recursive: true })
    return
  }
  // Without permissions in the archive, a member is as executable as any other input.
  const mode = member.mode === null ? 0o755 : member.mode | 0o600
  await makeRoom(first)
  await pipeline(read(), createWriteStream(first, { flags: 'wx', mode }), { signal }).catch(async (error) => {
    await rm(first, { force: true })
    throw error
  })
  for (const other of others) {
    await makeRoom(other)
    await copyFile(first, other)
  }
}

async function makeRoom(target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  await rm(target, { force: true })
}

const listed = (texts: readonly string[]): string =>
  texts.length <= namedMembers
    ? texts.join(', ')
    : `${texts.slice(0, namedMembers).join(', ')} and ${texts.length - namedMembers} more`

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))
