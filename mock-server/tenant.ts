import type { OperationId } from '../openapi/generated/routes.ts'
import { AuthorizedKeys } from './authorized-keys.ts'
import type { Catalogue } from './domain/catalogue.ts'
import type { ClusterLogin } from './domain/cluster-login.ts'
import type { Instant } from './domain/instant.ts'
import type { Platform } from './domain/platform.ts'
import type { Keeping } from './durable/tenant-keeper.ts'
import type { Resident } from './exchange/exchange.ts'
import type { FaultPlans } from './faults/fault-plans.ts'
import type { JournalControl } from './journal/journal-control.ts'
import type { LoginTenant } from './logins/cluster-logins.ts'
import type { Pacer } from './pace.ts'
import { RequestCounts } from './request-counts.ts'
import type { Throttle } from './throttling/throttle.ts'
import type { Waiters } from './waiters.ts'
import { WorldTime } from './world-time.ts'
import { WorldWait } from './world-wait.ts'
import { TenantWorlds, type TenantWorldsParts } from './worlds/tenant-worlds.ts'

interface TenantParts {
  readonly faults: FaultPlans
  readonly throttle: Throttle
  readonly waiters: Waiters
  readonly journal: JournalControl
  readonly keeping: Keeping | undefined
  readonly catalogue: () => Promise<Catalogue>
}

/** One API key's world: its platform, and what moves its time. */
export class Tenant implements Resident, LoginTenant {
  readonly platform: Platform
  readonly pacer: Pacer
  readonly authorizedKeys = new AuthorizedKeys()
  readonly time: WorldTime
  readonly worlds: TenantWorlds
  readonly faults: FaultPlans
  readonly throttle: Throttle
  readonly requests = new RequestCounts()
  readonly waiters: Waiters
  readonly wait: WorldWait
  readonly journal: JournalControl
  readonly catalogue: () => Promise<Catalogue>
  /** Where worlds outlive the process. */
  readonly saved: (() => Promise<void> | undefined) | undefined
  readonly #finish: (() => void) | undefined

  constructor(
    platform: Platform,
    pacer: Pacer,
    { faults, throttle, waiters, journal, keeping, catalogue }: TenantParts,
    parts: Omit<TenantWorldsParts, 'platform' | 'pacer' | 'authorizedKeys'>,
  ) {
    this.platform = platform
    this.pacer = pacer
    this.faults = faults
    this.throttle = throttle
    this.catalogue = catalogue
    this.saved = keeping && (() => keeping.saved())
    this.#finish = keeping && (() => keeping.finish())
    const { authorizedKeys } = this
    this.worlds = new TenantWorlds({ ...parts, platform, pacer, authorizedKeys })
    this.waiters = waiters
    this.time = new WorldTime(platform, pacer, waiters)
    const { time, requests } = this
    this.wait = new WorldWait({ platform, time, requests, waiters, before: () => this.before() })
    this.worlds.onAnotherWorld(() => {
      faults.clear()
      throttle.reset()
      requests.clear()
      waiters.notify()
      journal.clear()
    })
    this.journal = journal
  }

  now(): Instant {
    return this.platform.now()
  }

  before(): void {
    this.pacer.before()
  }

  after(): void {
    this.pacer.after()
    this.waiters.notify()
  }

  throttled(operationId: OperationId): number | null {
    return this.throttle.refusal(operationId, this)
  }

  answered(operationId: OperationId): void {
    this.requests.add(operationId)
    this.waiters.notify()
  }

  /** What it is now is what is kept. */
  finish(): void {
    this.#finish?.()
  }

  /** Its clock stops, and nobody waits for anything any more. */
  stop(): void {
    this.pacer.close()
    this.waiters.close()
    this.faults.close()
  }

  clusterLogin(username: string): ClusterLogin | null {
    this.before()
    return this.platform.clusterLogin(username)
  }
}
