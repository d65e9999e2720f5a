/** A number of a record: how many bytes it takes, and its value. */
export type Field = readonly [bytes: 2 | 4 | 8, value: number]

export const NO_BYTES = Buffer.alloc(0)

/** APPNOTE 4.4.1.4: in 16 or 32 bits, that the value stands in a zip64 record instead. */
export const IN_ZIP64_16 = 0xffff
export const IN_ZIP64_32 = 0xffffffff

/** APPNOTE 4.4.3.2. */
export const VERSION_OF_ZIP64 = 45
/** APPNOTE 4.4.2: Unix, by version 6.3. */
export const VERSION_MADE_BY = (3 << 8) | 63

/** Numbers in their order, little-endian, and what has a variable length behind them: so many bytes in all. */
export function record(length: number, fields: readonly Field[], ...variable: readonly Buffer[]): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  let at = 0
  for (const [size, value] of fields) at = written(bytes, at, size, value)
  for (const part of variable) at += part.copy(bytes, at)
  if (at !== length) throw new RangeError(`A record of ${length} bytes has fields of ${at}`)
  return bytes
}

/** Writes a number, and gives where it ends. One that is too large is an error of Node's. */
function written(bytes: Buffer, at: number, size: 2 | 4 | 8, value: number): number {
  if (size === 2) return bytes.writeUInt16LE(value, at)
  if (size === 4) return bytes.writeUInt32LE(value, at)
  return bytes.writeBigUInt64LE(BigInt(value), at)
}
