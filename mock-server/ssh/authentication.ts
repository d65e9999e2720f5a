import type { AuthContext, PublicKeyAuthContext } from 'ssh2'
import type { ClusterAccess, ClusterSession } from './cluster-access.ts'
import { type PublicKey, publicKeyOf, verifiesWith } from './keys/public-key.ts'

export interface Admission {
  readonly username: string
  readonly session: ClusterSession
}

/**
 * Decides one connection's attempts. Public keys only; what is refused is refused in one and the same way,
 * whether it is the user, the key, the algorithm or the signature that does not fit.
 */
export class Authentication {
  readonly #access: ClusterAccess
  readonly #tries: number
  readonly #giveUp: () => void
  #failed = 0
  #admission: Admission | null = null

  constructor(access: ClusterAccess, tries: number, giveUp: () => void) {
    this.#access = access
    this.#tries = tries
    this.#giveUp = giveUp
  }

  /** Null until somebody proved to hold a key. */
  get admission(): Admission | null {
    return this.#admission
  }

  decide(context: AuthContext): void {
    const session = context.method === 'publickey' ? this.#admit(context) : null
    if (session === null) this.#refuse(context)
    else this.#accept(context as PublicKeyAuthContext, session)
  }

  /** Without a signature this only says that the key would be worth one. */
  #accept(context: PublicKeyAuthContext, session: ClusterSession): void {
    if (context.signature !== undefined) this.#admission = { username: context.username, session }
    context.accept()
  }

  #admit(context: PublicKeyAuthContext): ClusterSession | null {
    const key = acceptableKey(context)
    const session = key === null ? null : this.#access.admit(context.username, key)
    if (key === null || session === null || session.down.aborted) return null
    return context.signature === undefined || isProof(context, key) ? session : null
  }

  #refuse(context: AuthContext): void {
    // Clients ask with `none` which methods there are; sshd does not count it either.
    if (context.method !== 'none') this.#failed += 1
    context.reject(['publickey'])
    if (this.#failed >= this.#tries) this.#giveUp()
  }
}

/** ssh2 names the hash only for RSA with SHA-2: `ssh-rsa` without one means SHA-1, which is refused. */
const acceptableKey = ({ key, hashAlgo }: PublicKeyAuthContext): PublicKey | null => {
  const parsed = publicKeyOf(key.data)
  if (parsed === null || parsed.type !== key.algo) return null
  return parsed.type === 'ssh-rsa' && hashAlgo === undefined ? null : parsed
}

const isProof = ({ blob, signature, hashAlgo }: PublicKeyAuthContext, key: PublicKey): boolean =>
  blob !== undefined && signature !== undefined && verifiesWith(key, blob, signature, hashAlgo)
