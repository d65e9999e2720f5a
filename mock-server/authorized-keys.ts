import { fingerprintOf, type PublicKey, parsePublicKeyLine, samePublicKey } from './ssh/keys/public-key.ts'

/** A public key that opens the clusters of a tenant. */
export interface AuthorizedKey {
  readonly id: string
  /** As it was given, `ssh-ed25519 AAAA… comment`. */
  readonly publicKey: string
  /** `SHA256:…`. */
  readonly fingerprint: string
}

/** As plain data. */
export interface SavedKeys {
  /** How many there have been. */
  readonly made: number
  readonly keys: readonly AuthorizedKey[]
}

/** Of one tenant. The portal's settings hold one; tests may want a few. */
export const MAX_AUTHORIZED_KEYS = 100

/** The keys that a user has registered (in the portal's job settings on the real platform; facts §9.5). */
export class AuthorizedKeys {
  readonly #keys = new Map<string, AuthorizedKey & { readonly key: PublicKey }>()
  #made = 0

  /** Null when the text is no public key, or of a kind that no cluster takes. A key that is known keeps its id. */
  add(publicKey: string): AuthorizedKey | 'full' | null {
    const key = parsePublicKeyLine(publicKey)
    if (!key) return null
    const known = [...this.#keys.values()].find((other) => samePublicKey(other.key, key))
    if (known) return shown(known)
    if (this.#keys.size >= MAX_AUTHORIZED_KEYS) return 'full'
    const id = String(++this.#made)
    const added = { id, publicKey: publicKey.trim(), fingerprint: fingerprintOf(key.blob), key }
    this.#keys.set(id, added)
    return shown(added)
  }

  save(): SavedKeys {
    return { made: this.#made, keys: this.list() }
  }

  /** These, and no others, are authorized from now on. */
  load({ made, keys }: SavedKeys): void {
    this.#keys.clear()
    for (const saved of keys) {
      const key = parsePublicKeyLine(saved.publicKey)
      if (key) this.#keys.set(saved.id, { ...saved, key })
    }
    this.#made = made
  }

  list(): readonly AuthorizedKey[] {
    return [...this.#keys.values()].map(shown)
  }

  remove(id: string): boolean {
    return this.#keys.delete(id)
  }

  opens(key: PublicKey): boolean {
    // All are compared, so that the time taken does not tell which one was nearly right.
    return [...this.#keys.values()].filter((known) => samePublicKey(known.key, key)).length > 0
  }
}

const shown = ({ id, publicKey, fingerprint }: AuthorizedKey): AuthorizedKey => ({
  id,
  publicKey,
  fingerprint,
})
