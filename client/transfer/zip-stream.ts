import { addAbortSignal, pipeline, Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import { IntegrityError } from '../errors.ts'
import { READ_BYTES } from './sources.ts'
import { endOfCentralDirectory, endOfCentralDirectoryLength } from './zip-end.ts'
import {
  centralFileHeader,
  centralFileHeaderLength,
  dataDescriptor,
  dataDescriptorLength,
  localFileHeader,
  localFileHeaderLength,
  NOTHING,
  type ZipHeader,
  type ZipSums,
} from './zip-format.ts'

/** An entry of a zip, and where its bytes come from, unless it is a folder. */
export interface ZipMember extends ZipHeader {
  readonly open: (() => Readable) | undefined
}

/** What the central directory says of a member. */
interface Written {
  readonly member: ZipMember
  readonly sums: ZipSums
  /** Where its local header begins. */
  readonly offset: number
}

interface Writing {
  /** Of deflate. */
  readonly level: number
  /** Ends the source that is being read. */
  readonly signal: AbortSignal
}

/** A zip as a stream, whose sources are opened when it is their turn, and ended when nobody wants the rest. */
export function zipStream(members: readonly ZipMember[], level: number): Readable {
  const given = new AbortController()
  const pieces = inLargePieces(archiveBytes(members, { level, signal: given.signal }))
  return new Readable({
    highWaterMark: READ_BYTES,
    read() {
      pieces.next().then(
        ({ done, value }) => void this.push(done ? null : value),
        (error) => void this.destroy(error),
      )
    },
    destroy(error, closed) {
      // A source that nothing comes from would keep the generator waiting.
      given.abort()
      pieces.return(undefined).then(
        () => closed(error),
        (failure) => closed(error ?? failure),
      )
    },
  })
}

/** The length of a zip whose members are stored. */
export function storedSize(members: readonly ZipMember[]): number {
  let [offset, size] = [0, 0]
  for (const member of members) {
    size += centralFileHeaderLength(member, { crc: 0, compressedSize: member.size }, offset)
    offset += localFileHeaderLength(member) + member.size + dataDescriptorLength(member)
  }
  return offset + size + endOfCentralDirectoryLength({ entries: members.length, size, offset })
}

async function* archiveBytes(members: readonly ZipMember[], writing: Writing) {
  const written: Written[] = []
  let offset = 0
  for (const member of members) {
    const header = localFileHeader(member)
    yield header
    const sums = member.open ? yield* fileBytes(member, member.open, writing) : NOTHING
    const descriptor = dataDescriptor(member, sums)
    yield descriptor
    written.push({ member, sums, offset })
    offset += header.byteLength + sums.compressedSize + descriptor.byteLength
  }
  yield* directoryBytes(written, offset)
}

function* directoryBytes(written: readonly Written[], offset: number) {
  let size = 0
  for (const entry of written) {
    const header = centralFileHeader(entry.member, entry.sums, entry.offset)
    size += header.byteLength
    yield header
  }
  yield endOfCentralDirectory({ entries: written.length, size, offset })
}

/** The bytes of a file as they stand in the archive; returns what they come to. */
async function* fileBytes(member: ZipMember, open: () => Readable, { level, signal }: Writing) {
  const sums = { ...NOTHING }
  const bytes = summed(addAbortSignal(signal, open()), member, sums)
  for await (const chunk of member.method === 'deflate' ? deflated(bytes, level) : bytes) {
    sums.compressedSize += chunk.byteLength
    yield chunk
  }
  return sums
}

async function* summed(
  source: AsyncIterable<Uint8Array>,
  { name, size }: ZipMember,
  sums: { crc: number },
): AsyncGenerator<Uint8Array> {
  let count = 0
  for await (const chunk of source) {
    count += chunk.byteLength
    if (count > size) break
    sums.crc = crc32(chunk, sums.crc)
    yield chunk
  }
  if (count !== size) throw hasChanged(name, size, count)
}

function hasChanged(name: Buffer, size: number, count: number): IntegrityError {
  const found = count > size ? 'more' : `${count}`
  return new IntegrityError(`${name} has an unexpected number of bytes: ${found} instead of ${size}`, {
    hint: 'It changed while its folder was being archived: try again when nothing writes to it.',
  })
}

async function* deflated(bytes: AsyncIterable<Uint8Array>, level: number): AsyncGenerator<Uint8Array> {
  const deflate = createDeflateRaw({ level, chunkSize: DEFLATED_BYTES })
  // What fails before it is its own failure, told to who reads it.
  pipeline(bytes, deflate, () => {})
  yield* deflate
}

// Fewer turns than with the usual 16 KiB.
const DEFLATED_BYTES = 64 * 1024

/** Gathers records and small files; larger pieces are passed on as they are. */
async function* inLargePieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let pending: Uint8Array[] = []
  let length = 0
  for await (const chunk of bytes) {
    pending.push(chunk)
    length += chunk.byteLength
    if (length < READ_BYTES) continue
    // Records come from no disk: thousands of folders would leave nobody else a turn.
    if (pending.length > 1) await setImmediate()
    yield pending.length === 1 ? chunk : Buffer.concat(pending, length)
    pending = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(pending, length)
}
