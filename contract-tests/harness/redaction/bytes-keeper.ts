import { createHash } from 'node:crypto'
import type { Names } from '../naming/names.ts'
import { recipeOf, sha256Of } from '../recording/generated-bytes.ts'
import { INLINE_BYTES } from '../recording/limits.ts'
import type { StoredBody, StoredBytes, StoredRecipe } from '../recording/stored-exchange.ts'
import type { SeenBytes } from '../seen-exchange.ts'
import { type HeaderPairs, headerOf } from '../transport.ts'
import type { KnownSecrets } from './known-secrets.ts'
import type { TextMasker } from './text-masker.ts'

export interface BytesKeeperParts {
  readonly names: Names
  readonly masker: TextMasker
  readonly secrets: KnownSecrets
}

/** Keeps bytes whole while they are small, by how they were made where the harness made them, and else by their hash. */
export class BytesKeeper {
  readonly #parts: BytesKeeperParts
  readonly #recipes = new Map<string, StoredRecipe>()
  /** Checksums of bytes that stand in the recording, of either kind. */
  readonly #keptHashes = new Set<string>()

  constructor(parts: BytesKeeperParts) {
    this.#parts = parts
  }

  /** Bytes that pass only in part later on may have a recipe. */
  noteRecipe(head: Uint8Array, size: number, sha256: string): void {
    const recipe = recipeOf(head, size, sha256)
    if (recipe) this.#recipes.set(sha256, recipe)
  }

  isOfKept(hash: string): boolean {
    return this.#keptHashes.has(hash.toLowerCase())
  }

  /** A text that stands in the recording as it was. */
  noteKept(bytes: Uint8Array): void {
    for (const algorithm of ['sha256', 'sha512'])
      this.#keptHashes.add(createHash(algorithm).update(bytes).digest('hex'))
  }

  withheld({ sha256, size }: { readonly sha256: string; readonly size: number }): StoredBody {
    return { withheld: this.#parts.names.name('body', sha256), size }
  }

  /** `harmless`: it may stand in a recording. `headers`: of the answer, where it is one. */
  keep(body: SeenBytes, keep: boolean, headers?: HeaderPairs): StoredBody {
    const { size, sha256, sha512, bytes } = body
    const recipe =
      this.#recipes.get(sha256) ??
      (bytes && recipeOf(bytes, size, sha256)) ??
      this.#pieceOfRecipe(body, headers)
    if (recipe) return this.#keptBytes({ size, sha256, recipe }, sha512)
    if (!keep) return this.withheld(body)
    // Of what was uploaded the hash stands there already: whoever uploads it again gets it back.
    if (!this.#isCleanBytes(bytes))
      return this.#keptHashes.has(sha256) ? this.#keptBytes({ size, sha256 }, sha512) : this.withheld(body)
    if (bytes === undefined || size > INLINE_BYTES) return this.#keptBytes({ size, sha256 }, sha512)
    return this.#keptBytes({ size, sha256, base64: Buffer.from(bytes).toString('base64') }, sha512)
  }

  #keptBytes(bytes: StoredBytes, sha512: string): StoredBody {
    this.#keptHashes.add(bytes.sha256)
    if (sha512 !== '') this.#keptHashes.add(sha512)
    return { bytes }
  }

  #isCleanBytes(bytes: Uint8Array | undefined): boolean {
    if (bytes === undefined) return true
    return (
      !this.#parts.secrets.isInBytes(bytes) &&
      this.#parts.masker.isClean(Buffer.from(bytes).toString('latin1'))
    )
  }

  /** A range of bytes that the harness made. */
  #pieceOfRecipe({ size, sha256 }: SeenBytes, headers: HeaderPairs | undefined): StoredRecipe | undefined {
    const [, first, total] =
      /^bytes (\d+)-\d+\/(\d+)$/.exec((headers && headerOf(headers, 'content-range')) ?? '') ?? []
    if (first === undefined) return undefined
    return [...this.#recipes.values()]
      .filter(({ length }) => length === Number(total))
      .map((recipe) => ({ ...recipe, from: Number(first), to: Number(first) + size }))
      .find((piece) => sha256Of(piece) === sha256)
  }
}
