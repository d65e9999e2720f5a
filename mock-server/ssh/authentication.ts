import type { AuthContext, PublicKeyAuthContext } from 'ssh2'
import type { Admitted, ClusterAccess, ClusterSession } from './cluster-access.ts'
import { type PublicKey, publicKeyOf, verifiesWith } from './keys/public-key.ts'

/** Between two looks whether a cluster has a home by now. Real milliseconds. */
const LOOK_EVERY = 20

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
  #waiting: NodeJS.Timeout | undefined
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
    const key = context.method === 'publickey' ? acceptableKey(context) : null
    const admitted = key === null ? null : this.#ask(context.username, key)
    if (key === null || admitted === null) this.#refuse(context)
    else this.#weigh(context as PublicKeyAuthContext, key, admitted)
  }

  /** Nobody is there any more to be let in. */
  close(): void {
    clearTimeout(this.#waiting)
  }

  #ask(username: string, key: PublicKey): Admitted {
    const admitted = this.#access.admit(username, key)
    return admitted !== null && admitted !== 'soon' && admitted.down.aborted ? null : admitted
  }

  /** Without a signature this only says that the key would be worth one. */
  #weigh(context: PublicKeyAuthContext, key: PublicKey, admitted: Admitted): void {
    if (context.signature === undefined) context.accept()
    else if (isProof(context, key)) this.#letIn(context, key, admitted)
    else this.#refuse(context)
  }

  /** Where there is no home yet, the client waits at the door, as long as it and the limit of a login allow. */
  #letIn(context: PublicKeyAuthContext, key: PublicKey, admitted: Admitted): void {
    clearTimeout(this.#waiting)
    const lookAgain = () => this.#letIn(context, key, this.#ask(context.username, key))
    if (admitted === 'soon') this.#waiting = setTimeout(lookAgain, LOOK_EVERY)
    else if (admitted === null) this.#refuse(context)
    else {
      this.#admission = { username: context.username, session: admitted }
      context.accept()
    }
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
