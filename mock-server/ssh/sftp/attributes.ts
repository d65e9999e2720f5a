import type { Stats } from 'node:fs'
import type { WireReader } from '../wire.ts'

/** What a client may ask to be set. Owners and unknown extensions are read and left alone. */
export interface WantedAttributes {
  readonly size?: number
  readonly owner?: { readonly uid: number; readonly gid: number }
  readonly mode?: number
  /** Seconds since 1970. */
  readonly times?: { readonly accessed: number; readonly modified: number }
}

const SIZE = 0x1
const UID_GID = 0x2
const PERMISSIONS = 0x4
const TIMES = 0x8
const EXTENDED = 0x80000000

/** Set-user-id, set-group-id and sticky bits are never set: the server may run as root. */
export const SETTABLE_MODE = 0o777

export const decodeAttributes = (reader: WireReader): WantedAttributes => {
  const flags = reader.uint32()
  const wanted: WantedAttributes = {
    ...(flags & SIZE ? { size: Number(reader.uint64()) } : {}),
    ...(flags & UID_GID ? { owner: { uid: reader.uint32(), gid: reader.uint32() } } : {}),
    ...(flags & PERMISSIONS ? { mode: reader.uint32() & SETTABLE_MODE } : {}),
    ...(flags & TIMES ? { times: { accessed: reader.uint32(), modified: reader.uint32() } } : {}),
  }
  if (flags & EXTENDED) skipExtensions(reader)
  return wanted
}

export const encodeAttributes = (stats: Stats): Buffer => {
  const bytes = Buffer.allocUnsafe(32)
  bytes.writeUInt32BE(SIZE | UID_GID | PERMISSIONS | TIMES, 0)
  bytes.writeBigUInt64BE(BigInt(stats.size), 4)
  bytes.writeUInt32BE(stats.uid >>> 0, 12)
  bytes.writeUInt32BE(stats.gid >>> 0, 16)
  bytes.writeUInt32BE(stats.mode >>> 0, 20)
  bytes.writeUInt32BE(secondsOf(stats.atimeMs), 24)
  bytes.writeUInt32BE(secondsOf(stats.mtimeMs), 28)
  return bytes
}

/** Version 3 has 32 bits without a sign: times before 1970 become 1970, those after 2106 the last one. */
export const secondsOf = (milliseconds: number): number =>
  Math.min(Math.max(Math.floor(milliseconds / 1000), 0), 0xffffffff)

const skipExtensions = (reader: WireReader): void => {
  for (let left = reader.uint32(); left > 0; left--) {
    reader.string()
    reader.string()
  }
}
