import { isAscii } from 'node:buffer'
import { IN_ZIP64_32, NO_BYTES, record, VERSION_MADE_BY, VERSION_OF_ZIP64 } from './zip-record.ts'
import { dosTime, timeField } from './zip-times.ts'

/**
 * The records of a zip's entries, by PKWARE's APPNOTE.TXT 6.3.10, whose names the fields have (section numbers beside
 * them). What cannot be counted in 32 bits is written as zip64, and nothing else is.
 */

/** What is known of an entry before its bytes are. */
export interface ZipHeader {
  /** With slashes; a folder's ends with one. */
  readonly name: Buffer
  /** `st_mode` of a Unix, with the type of file or without. */
  readonly mode: number
  readonly mtime: Date
  readonly method: 'deflate' | 'store'
  /** Of its bytes as they are, before compression. */
  readonly size: number
  readonly isFolder: boolean
}

/** What is known of an entry once its bytes have been written. */
export interface ZipSums {
  readonly crc: number
  readonly compressedSize: number
}

/** Of a folder, and of what has not been written yet. */
export const NOTHING: ZipSums = { crc: 0, compressedSize: 0 }

// 4.4.3.2
const VERSION_OF_FOLDERS_AND_DEFLATE = 20
// 4.4.4
const SUMS_COME_AFTERWARDS = 1 << 3
const NAME_IS_UTF8 = 1 << 11
// 4.4.5
const METHODS = { store: 0, deflate: 8 }

const LOCAL_HEADER = 30
const CENTRAL_HEADER = 46

export const localFileHeaderLength = (entry: ZipHeader): number =>
  LOCAL_HEADER + entry.name.byteLength + (mayNeedZip64(entry) ? zip64FieldLength(2) : 0)

/** 4.3.7: stands before an entry's bytes. */
export function localFileHeader(entry: ZipHeader): Buffer {
  const isLarge = mayNeedZip64(entry)
  // 4.5.3: both sizes, not known yet. It says that the data descriptor has eight bytes for each.
  const extra = isLarge ? zip64Field([0, 0]) : NO_BYTES
  const size = isLarge ? IN_ZIP64_32 : 0
  const fields = [
    [4, 0x04034b50], // local file header signature
    ...commonFields(entry, isLarge),
    [4, 0], // crc-32
    [4, size], // compressed size
    [4, size], // uncompressed size
    [2, entry.name.byteLength], // file name length
    [2, extra.byteLength], // extra field length
  ] as const
  return record(localFileHeaderLength(entry), fields, entry.name, extra)
}

/** A folder has none. */
export const dataDescriptorLength = (entry: ZipHeader): number =>
  entry.isFolder ? 0 : mayNeedZip64(entry) ? 24 : 16

/** 4.3.9: stands behind an entry's bytes. */
export function dataDescriptor(entry: ZipHeader, { crc, compressedSize }: ZipSums): Buffer {
  if (entry.isFolder) return NO_BYTES
  const bytes = mayNeedZip64(entry) ? 8 : 4
  return record(dataDescriptorLength(entry), [
    [4, 0x08074b50], // signature
    [4, crc], // crc-32
    [bytes, compressedSize], // compressed size
    [bytes, entry.size], // uncompressed size
  ])
}

export const centralFileHeaderLength = (entry: ZipHeader, sums: ZipSums, offset: number): number =>
  CENTRAL_HEADER +
  entry.name.byteLength +
  timeOf(entry).byteLength +
  zip64FieldLength(inEightBytes(entry, sums, offset).length)

/** 4.3.12: an entry of the central directory, whose local header begins at an offset. */
export function centralFileHeader(entry: ZipHeader, sums: ZipSums, offset: number): Buffer {
  const large = inEightBytes(entry, sums, offset)
  const length = centralFileHeaderLength(entry, sums, offset)
  const fields = [
    [4, 0x02014b50], // central file header signature
    [2, VERSION_MADE_BY], // version made by
    ...commonFields(entry, large.length > 0 || mayNeedZip64(entry)),
    [4, sums.crc], // crc-32
    [4, Math.min(sums.compressedSize, IN_ZIP64_32)], // compressed size
    [4, Math.min(entry.size, IN_ZIP64_32)], // uncompressed size
    [2, entry.name.byteLength], // file name length
    [2, length - CENTRAL_HEADER - entry.name.byteLength], // extra field length
    [2, 0], // file comment length
    [2, 0], // disk number start
    [2, 0], // internal file attributes
    [4, entry.mode * 0x10000], // external file attributes
    [4, Math.min(offset, IN_ZIP64_32)], // relative offset of local header
  ] as const
  return record(length, fields, entry.name, timeOf(entry), zip64Field(large))
}

/**
 * Where the locale is not of UTF-8, as on many a cluster, Info-ZIP renames what has an extra field and a name that is not
 * ASCII, and ends with 1: `Gr#U00f6#U00dfe`. Such an entry has its local time only.
 */
const timeOf = ({ name, mtime }: ZipHeader): Buffer => (isAscii(name) ? timeField(mtime) : NO_BYTES)

function commonFields(entry: ZipHeader, isZip64: boolean) {
  return [
    [2, isZip64 ? VERSION_OF_ZIP64 : VERSION_OF_FOLDERS_AND_DEFLATE], // version needed to extract
    [2, entry.isFolder ? NAME_IS_UTF8 : NAME_IS_UTF8 | SUMS_COME_AFTERWARDS], // general purpose bit flag
    [2, METHODS[entry.method]], // compression method
    ...dosTime(entry.mtime), // last mod file time, last mod file date
  ] as const
}

// What cannot be compressed is stored by zlib in blocks of 16 KiB at least, with five bytes before each: 0.03 %.
const MOST_DEFLATED = 1.001

/** Whether a size may need eight bytes, which its local header says before the sizes are known. */
function mayNeedZip64({ method, size }: ZipHeader): boolean {
  return size * (method === 'deflate' ? MOST_DEFLATED : 1) >= IN_ZIP64_32
}

/** 4.5.3: what stands in the central directory's zip64 field, in this order. */
function inEightBytes({ size }: ZipHeader, { compressedSize }: ZipSums, offset: number): readonly number[] {
  if (size < IN_ZIP64_32 && compressedSize < IN_ZIP64_32 && offset < IN_ZIP64_32) return NONE
  return [size, compressedSize, offset].filter((value) => value >= IN_ZIP64_32)
}

const NONE: readonly number[] = []

const zip64FieldLength = (values: number): number => (values === 0 ? 0 : 4 + 8 * values)

/** 4.5.3: zip64 extended information extra field. */
function zip64Field(values: readonly number[]): Buffer {
  if (values.length === 0) return NO_BYTES
  return record(zip64FieldLength(values.length), [
    [2, 0x0001], // header id
    [2, 8 * values.length], // data size
    ...values.map((value) => [8, value] as const),
  ])
}
