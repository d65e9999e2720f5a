import { IN_ZIP64_16, IN_ZIP64_32, record, VERSION_MADE_BY, VERSION_OF_ZIP64 } from './zip-record.ts'

/** Where a zip's central directory is. */
export interface ZipDirectory {
  readonly entries: number
  readonly size: number
  readonly offset: number
}

const ZIP64_RECORD = 56
const ZIP64_LOCATOR = 20
const END = 22

/** How many bytes there are behind the central directory. */
export const endOfCentralDirectoryLength = (directory: ZipDirectory): number =>
  END + (needsZip64(directory) ? ZIP64_RECORD + ZIP64_LOCATOR : 0)

/** APPNOTE 4.3.14 to 4.3.16: the end of the archive. */
export function endOfCentralDirectory(directory: ZipDirectory): Buffer {
  const { entries, size, offset } = directory
  const count = Math.min(entries, IN_ZIP64_16)
  const end = record(END, [
    [4, 0x06054b50], // end of central dir signature
    [2, 0], // number of this disk
    [2, 0], // number of the disk with the start of the central directory
    [2, count], // total number of entries in the central directory on this disk
    [2, count], // total number of entries in the central directory
    [4, Math.min(size, IN_ZIP64_32)], // size of the central directory
    [4, Math.min(offset, IN_ZIP64_32)], // offset of start of central directory
    [2, 0], // .ZIP file comment length
  ])
  return needsZip64(directory) ? Buffer.concat([zip64End(directory), end]) : end
}

function needsZip64({ entries, size, offset }: ZipDirectory): boolean {
  return entries >= IN_ZIP64_16 || size >= IN_ZIP64_32 || offset >= IN_ZIP64_32
}

function zip64End({ entries, size, offset }: ZipDirectory): Buffer {
  return record(ZIP64_RECORD + ZIP64_LOCATOR, [
    [4, 0x06064b50], // zip64 end of central dir signature
    [8, ZIP64_RECORD - 12], // size of zip64 end of central directory record: of what follows in it
    [2, VERSION_MADE_BY], // version made by
    [2, VERSION_OF_ZIP64], // version needed to extract
    [4, 0], // number of this disk
    [4, 0], // number of the disk with the start of the central directory
    [8, entries], // total number of entries in the central directory on this disk
    [8, entries], // total number of entries in the central directory
    [8, size], // size of the central directory
    [8, offset], // offset of start of central directory
    [4, 0x07064b50], // zip64 end of central dir locator signature
    [4, 0], // number of the disk with the start of the zip64 end of central directory
    [8, offset + size], // relative offset of the zip64 end of central directory record
    [4, 1], // total number of disks
  ])
}
