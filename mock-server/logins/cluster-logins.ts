import type { AuthorizedKeys } from '../authorized-keys.ts'
import type { ClusterLogin, LoginRun } from '../domain/cluster-login.ts'
import type { Executor } from '../domain/executor.ts'
import type { FileStore } from '../domain/file-store.ts'
import type { Admitted, ClusterAccess, ClusterSession, PublicKey } from '../ssh/cluster-access.ts'
import { parsePublicKeyLine, samePublicKey } from '../ssh/keys/public-key.ts'
import { SimulatedHomes } from './simulated-homes.ts'
import { simulatedShell } from './simulated-shell.ts'

/** A world that somebody may log in to. */
export interface LoginTenant {
  readonly authorizedKeys: AuthorizedKeys
  clusterLogin(username: string): ClusterLogin | null
}

export interface ClusterLoginsOptions {
  tenants(): Iterable<LoginTenant>
  /** Keys that open the clusters of every tenant (`--authorized-key`). */
  readonly everywhere: AuthorizedKeys
  readonly executor: Executor
  readonly files: FileStore
}

/** Who may log in to which cluster, and what they find there. */
export class ClusterLogins implements ClusterAccess {
  readonly #options: ClusterLoginsOptions
  readonly #homes = new SimulatedHomes()
  /** By job: one signal for all logins to its cluster. */
  readonly #downs = new Map<string, AbortController>()

  constructor(options: ClusterLoginsOptions) {
    this.#options = options
  }

  admit(username: string, key: PublicKey): Admitted {
    for (const tenant of this.#options.tenants()) {
      const login = tenant.clusterLogin(username)
      if (!login || !this.#opens(tenant, login, key)) continue
      return (login.run && this.#session(login.run)) ?? 'soon'
    }
    return null
  }

  /** The cluster of a job is not to be used any more. */
  runOver(tenantId: string, jobId: string): void {
    const name = nameOf(tenantId, jobId)
    this.#downs.get(name)?.abort()
    this.#downs.delete(name)
    this.#homes.remove(name)
  }

  close(): void {
    for (const down of this.#downs.values()) down.abort()
    this.#downs.clear()
    this.#homes.close()
  }

  #opens({ authorizedKeys }: LoginTenant, { publicKey }: ClusterLogin, key: PublicKey): boolean {
    const ofJob = publicKey === null ? null : parsePublicKeyLine(publicKey)
    const given = ofJob !== null && samePublicKey(ofJob, key)
    return [authorizedKeys.opens(key), this.#options.everywhere.opens(key), given].includes(true)
  }

  /** Null while there is no home yet. */
  #session({ order, execution }: LoginRun): ClusterSession | null {
    const name = nameOf(order.tenantId, order.jobId)
    const isLive = execution.kind === 'live'
    const home = isLive ? execution.run.home?.() : this.#homes.of(name)
    if (!home) return null
    const inside = isLive && execution.run.inside?.()
    return {
      home,
      presentedHome: `/enc/${order.username}`,
      mounts: (isLive && execution.run.mounts?.()) || {},
      environment: { ...order.environment, ...(isLive && execution.run.trace?.()) },
      ...(inside && { inside }),
      down: this.#downOf(name),
      shell: isLive ? 'bash' : simulatedShell({ ...this.#options, order, home }),
    }
  }

  #downOf(name: string): AbortSignal {
    const known = this.#downs.get(name)
    if (known) return known.signal
    const made = new AbortController()
    this.#downs.set(name, made)
    return made.signal
  }
}

const nameOf = (tenantId: string, jobId: string): string => `${tenantId}-${jobId}`
