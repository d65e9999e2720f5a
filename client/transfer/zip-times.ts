import type { Field } from './zip-record.ts'

const EARLIEST = new Date(1980, 0, 1)
const LATEST = new Date(2107, 11, 31, 23, 59, 58)

/** 4.4.6: last mod file time and date, in local time and steps of two seconds, of the years that DOS had. */
export function dosTime(mtime: Date): readonly [time: Field, date: Field] {
  const at = mtime < EARLIEST ? EARLIEST : mtime > LATEST ? LATEST : mtime
  const time = (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1)
  const date = ((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate()
  return [
    [2, time],
    [2, date],
  ]
}

// Of Info-ZIP's extended timestamp (proginfo/extrafld.txt): that the local header has times of modification and access.
// yazl and Info-ZIP say so in the central directory, which has the former only.
const HAS_MTIME_AND_ATIME = 3
const TIME_FIELD = 9

/** Info-ZIP's extended timestamp: seconds since 1970 in UTC, until 2038. */
export function timeField(mtime: Date): Buffer {
  const seconds = Math.floor(mtime.getTime() / 1000)
  const bytes = Buffer.alloc(TIME_FIELD)
  bytes.write('UT', 0, 'latin1')
  bytes.writeUInt16LE(TIME_FIELD - 4, 2)
  bytes.writeUInt8(HAS_MTIME_AND_ATIME, 4)
  bytes.writeInt32LE(Math.max(-0x80000000, Math.min(seconds, 0x7fffffff)), 5)
  return bytes
}
