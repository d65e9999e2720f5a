/**
 * What chance decides. Streams are named, by a purpose and often by what they decide about: a stream always begins the same,
 * whatever was drawn from others, and values that it can give again need not be kept.
 */
export class Random {
  readonly #seed: string
  readonly #word: number

  constructor(seed: string) {
    this.#seed = seed
    this.#word = hash128(seed)[0]
  }

  stream(purpose: string, about = ''): RandomStream {
    return new RandomStream(`${this.#seed}\n${purpose}\n${about}`)
  }

  /** A single draw from [0, 1), cheaper than a stream: there is one for every step of every job. */
  chance(purpose: string, about: string): number {
    return hash32(about, hash32(purpose, this.#word)) / 2 ** 32
  }
}

/** The generator sfc32 (Chris Doty-Humphrey, public domain), seeded from a text. */
export class RandomStream {
  #a: number
  #b: number
  #c: number
  #counter: number

  constructor(seed: string) {
    const [a, b, c, counter] = hash128(seed)
    this.#a = a
    this.#b = b
    this.#c = c
    this.#counter = counter
    for (let round = 0; round < 12; round += 1) this.uint32()
  }

  uint32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** In [0, 1). */
  next(): number {
    return this.uint32() / 2 ** 32
  }

  /** A whole number in [0, below). */
  integer(below: number): number {
    return Math.floor(this.next() * below)
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.integer(items.length)] ?? items[0]
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.uint32() >>> 24)
  }

  /** Of version 4. */
  uuid(): string {
    const bytes = this.bytes(16)
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  }
}

/** FNV-1a, with MurmurHash3's last steps, so that all bits depend on all letters. */
function hash32(text: string, begin: number): number {
  let hash = begin ^ 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Four 32-bit hashes of a text (cyrb128, public domain). Not cryptographic. */
export function hash128(text: string): [number, number, number, number] {
  let h1 = 1779033703
  let h2 = 3144134277
  let h3 = 1013904242
  let h4 = 2773480762
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    h1 = h2 ^ Math.imul(h1 ^ code, 597399067)
    h2 = h3 ^ Math.imul(h2 ^ code, 2869860233)
    h3 = h4 ^ Math.imul(h3 ^ code, 951274213)
    h4 = h1 ^ Math.imul(h4 ^ code, 2716044179)
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067)
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233)
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213)
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179)
  h1 ^= h2 ^ h3 ^ h4
  return [h1 >>> 0, (h2 ^ h1) >>> 0, (h3 ^ h1) >>> 0, (h4 ^ h1) >>> 0]
}
