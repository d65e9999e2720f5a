import { addAbortSignal, Readable } from 'node:stream'
import { promisify } from 'node:util'
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib'
import { IntegrityError } from '../errors.ts'
import { READ_BYTES } from './file-chunks.ts'
import { inLargePieces } from './large-pieces.ts'
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
  readonly open: OpenMember | undefined
}

/** With `reuse`, a piece may be overwritten once the next is asked for. A stream is ended when nobody wants the rest. */
export type OpenMember = (options: { readonly reuse: boolean }) => AsyncIterable<Uint8Array>

/** What the central directory says of a member. */
interface Written {
  readonly member: ZipMember
  readonly sums: ZipSums
  /** Where its local header begins. */
  readonly offset: number
}

export interface ZipWriting {
  /** Of deflate. */
  readonly level: number
  /** Ends the source that is being read. */
  readonly signal?: AbortSignal
  /** Lets each piece be overwritten once the next is asked for. */
  readonly reuse: boolean
}

/** A zip as a stream, whose sources are opened when it is their turn, and ended when nobody wants the rest. */
export function zipStream(members: readonly ZipMember[], level: number): Readable {
  const given = new AbortController()
  const pieces = zipPieces(members, { level, signal: given.signal, reuse: false })
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

/** The same as pieces, for who takes them one by one. */
export function zipPieces(members: readonly ZipMember[], writing: ZipWriting): AsyncGenerator<Uint8Array> {
  return inLargePieces(archiveBytes(members, writing), writing)
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

async function* archiveBytes(members: readonly ZipMember[], writing: ZipWriting) {
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
async function* fileBytes(member: ZipMember, open: OpenMember, { level, signal, reuse }: ZipWriting) {
  const sums = { ...NOTHING }
  const source = open({ reuse: reuse || member.method === 'deflate' })
  const isEnded = signal !== undefined && source instanceof Readable
  const bytes = summed(isEnded ? addAbortSignal(signal, source) : source, member, sums)
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
  void feed(deflate, bytes)
  yield* deflate
}

/** Asks for a piece when the last has been read. What fails is told to who reads what becomes of it. */
async function feed(deflate: DeflateRaw, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const chunk of bytes) await promisify<Uint8Array, void>(deflate.write.bind(deflate))(chunk)
    deflate.end()
  } catch (error) {
    deflate.destroy(error as Error)
  }
}

// Fewer turns than with the usual 16 KiB.
const DEFLATED_BYTES = 64 * 1024
