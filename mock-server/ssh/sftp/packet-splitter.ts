import { MAX_MESSAGE_BYTES } from './protocol.ts'

/** Cuts the byte stream of the SFTP subsystem into messages, without their length field. */
export class PacketSplitter {
  readonly #lengthBytes = Buffer.alloc(4)
  #lengthFilled = 0
  #packet: Buffer | null = null
  #filled = 0

  /** The messages that end within this piece. Throws when a length is none. */
  feed(chunk: Buffer): Buffer[] {
    const packets: Buffer[] = []
    let offset = 0
    while (offset < chunk.length) {
      if (this.#packet === null && this.#lengthFilled < 4) offset += this.#fillLength(chunk, offset)
      if (this.#lengthFilled < 4) break
      const [packet, end] = this.#fillPacket(chunk, offset)
      offset = end
      if (packet !== null) packets.push(packet)
    }
    return packets
  }

  #fillLength(chunk: Buffer, offset: number): number {
    const copied = chunk.copy(this.#lengthBytes, this.#lengthFilled, offset, offset + 4 - this.#lengthFilled)
    this.#lengthFilled += copied
    return copied
  }

  #fillPacket(chunk: Buffer, offset: number): [Buffer | null, number] {
    const length = this.#lengthBytes.readUInt32BE()
    if (length === 0 || length > MAX_MESSAGE_BYTES) throw new Error(`an SFTP message of ${length} bytes`)
    if (this.#packet === null && chunk.length - offset >= length) {
      this.#lengthFilled = 0
      return [chunk.subarray(offset, offset + length), offset + length]
    }
    this.#packet ??= Buffer.allocUnsafeSlow(length)
    const copied = chunk.copy(this.#packet, this.#filled, offset, offset + length - this.#filled)
    this.#filled += copied
    return [this.#filled === length ? this.#finish(this.#packet) : null, offset + copied]
  }

  #finish(packet: Buffer): Buffer {
    this.#packet = null
    this.#filled = 0
    this.#lengthFilled = 0
    return packet
  }
}
