import { createCipheriv, createHash } from 'node:crypto'

/** Bytes that look random and are the same for the same seed, now and in any other process. */
export function seededBytes(seed: string, size: number): Uint8Array {
  const digest = createHash('sha256').update(seed).digest()
  const cipher = createCipheriv('aes-128-ctr', digest.subarray(0, 16), digest.subarray(16))
  return cipher.update(Buffer.alloc(size))
}

/** The same as lines of text, as `openssl -base64` writes them. */
export function seededText(seed: string, size: number): Uint8Array {
  const letters = Buffer.from(seededBytes(seed, Math.ceil((size * 3) / 4) + 3)).toString('base64')
  return Buffer.from(letters.replace(/.{64}/g, (line) => `${line}\n`).slice(0, size))
}

/** Numbers in [0, 1), from a seed (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
