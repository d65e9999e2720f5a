import { createHash } from 'node:crypto'
import type { StoredRecipe } from './stored-exchange.ts'

const HEAD = /^localscale-bytes (\d{1,9}) (\d{1,12})\n/

/** How many bytes from the beginning are enough to recognise them. */
export const RECIPE_HEAD_BYTES = 64

/**
 * Bytes that need not be kept, because anybody can make them again. They begin by saying how, so that a recorder
 * recognises them; the rest comes from xorshift32. Chunks of 64 KiB.
 */
export function* generatedBytes(seed: number, length: number): Generator<Uint8Array> {
  const head = new TextEncoder().encode(`localscale-bytes ${seed} ${length}\n`)
  let state = (seed ^ 0x9e3779b9) >>> 0 || 1
  for (let at = 0; at < length; at += CHUNK) {
    const chunk = new Uint8Array(Math.min(CHUNK, length - at))
    for (let index = 0; index < chunk.length; index += 1) {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      chunk[index] = state & 0xff
    }
    if (at === 0) chunk.set(head.subarray(0, chunk.length))
    yield chunk
  }
}

const CHUNK = 64 * 1024

/** The same in one piece, for small ones. */
export const generatedBuffer = (seed: number, length: number): Buffer =>
  Buffer.concat([...generatedBytes(seed, length)])

/** What the recipe makes, without holding all of it. */
export function* bytesOfRecipe({ seed, length, from, to }: StoredRecipe): Generator<Uint8Array> {
  let at = 0
  for (const chunk of generatedBytes(seed, length)) {
    if (at >= to) return
    const piece = chunk.subarray(Math.max(0, from - at), Math.max(0, Math.min(chunk.length, to - at)))
    at += chunk.length
    if (piece.length > 0) yield piece
  }
}

/** The recipe of bytes that say that they have one, if it really makes them. */
export function recipeOf(head: Uint8Array, size: number, sha256: string): StoredRecipe | undefined {
  const text = Buffer.from(head.subarray(0, RECIPE_HEAD_BYTES)).toString('latin1')
  const [, seed, length] = HEAD.exec(text) ?? []
  if (Number(length) !== size) return undefined
  const recipe = { seed: Number(seed), length: size, from: 0, to: size }
  return sha256Of(recipe) === sha256 ? recipe : undefined
}

export function sha256Of(recipe: StoredRecipe): string {
  const hash = createHash('sha256')
  for (const chunk of bytesOfRecipe(recipe)) hash.update(chunk)
  return hash.digest('hex')
}
