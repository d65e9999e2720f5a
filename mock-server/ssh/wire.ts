/** The data types of RFC 4251 §5, as far as keys and SFTP need them. */

/** Thrown by `WireReader` when the bytes end too early or a length makes no sense. */
export class WireError extends Error {}

export class WireReader {
  readonly #bytes: Buffer
  #offset: number

  constructor(bytes: Buffer, offset = 0) {
    this.#bytes = bytes
    this.#offset = offset
  }

  get offset(): number {
    return this.#offset
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#advance(1))
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.#advance(4))
  }

  uint64(): bigint {
    return this.#bytes.readBigUInt64BE(this.#advance(8))
  }

  /** A view into the same memory. */
  string(): Buffer {
    const length = this.uint32()
    const start = this.#advance(length)
    return this.#bytes.subarray(start, start + length)
  }

  text(): string {
    return this.string().toString('latin1')
  }

  /** An `mpint` without its leading zero byte. */
  integer(): Buffer {
    const bytes = this.string()
    return bytes[0] === 0 ? bytes.subarray(1) : bytes
  }

  #advance(count: number): number {
    const start = this.#offset
    if (count > this.remaining) throw new WireError(`${count} bytes expected, ${this.remaining} left`)
    this.#offset = start + count
    return start
  }
}

export const uint32 = (value: number): Buffer => {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}

export const uint64 = (value: bigint): Buffer => {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeBigUInt64BE(BigInt.asUintN(64, value))
  return bytes
}

/** Text is taken as latin1: one character is one byte. */
export const string = (value: Uint8Array | string): Buffer => {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value
  return Buffer.concat([uint32(bytes.length), bytes])
}

/** An `mpint` of a number without sign: no leading zeros, but one where the first bit is set. */
export const integer = (value: Uint8Array): Buffer => {
  const first = value.findIndex((byte) => byte !== 0)
  if (first === -1) return uint32(0)
  const digits = value.subarray(first)
  return string((digits[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits)
}
