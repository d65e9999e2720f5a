import type { ControlId, ServerControlId } from '../../openapi/generated/control-routes.ts'
import type { operations } from '../../openapi/generated/control-schema.d.ts'
import type { AuthorizedKeys } from '../authorized-keys.ts'
import type { Platform } from '../domain/platform.ts'
import type { ExchangeAnswer, ExchangeRequest } from '../exchange/http.ts'
import type { FaultPlans } from '../faults/fault-plans.ts'
import type { JournalControl } from '../journal/journal-control.ts'
import type { Throttle } from '../throttling/throttle.ts'
import type { WorldTime } from '../world-time.ts'
import type { WorldWait } from '../world-wait.ts'
import type { TenantWorlds } from '../worlds/tenant-worlds.ts'

/** One tenant, as its own key's controls meet it. */
export interface ControlledTenant {
  readonly platform: Platform
  readonly authorizedKeys: AuthorizedKeys
  readonly time: WorldTime
  readonly wait: WorldWait
  readonly worlds: TenantWorlds
  readonly faults: FaultPlans
  readonly throttle: Throttle
  readonly journal: JournalControl
  before(): void
  after(): void
  readonly saved?: (() => Promise<void> | undefined) | undefined
}

export interface TenantSummary {
  readonly tenantId: string
  /** The last four characters of its key; null until that is used for the first time after a restart. */
  readonly keyEnding: string | null
  readonly now: Date
  readonly pace: string
  readonly jobs: number
}

/** How new worlds begin. */
export interface WorldDefaults {
  readonly pace: string
  /** Requests over the platform's limits are answered 429. */
  readonly throttling: boolean
}

/** The whole server, as whoever has the admin token meets it. */
export interface ControlledServer {
  tenants(): readonly TenantSummary[]
  /** Null when there is no room for another. */
  createTenant(apiKey?: string): { readonly tenantId: string; readonly apiKey: string } | null
  /** False when there is none. The promise is about the bytes of its files. */
  deleteTenant(tenantId: string): Promise<boolean>
  readonly defaults: WorldDefaults
  /** @throws {RangeError} for a pace that is none */
  changeDefaults(changes: { readonly [Name in keyof WorldDefaults]?: WorldDefaults[Name] | undefined }): void
  /** What came without a key, or with one that is not accepted. */
  readonly unclaimed: JournalControl
  /** Begins to end the server, once the answer is on its way. */
  shutDown(): void
}

/** The parts of a call that openapi-typescript leaves out where they are not described. */
type Parameters<Id extends ControlId, Place extends 'path' | 'query'> = NonNullable<
  operations[Id]['parameters'][Place]
>

type RequestBody<Id extends ControlId> = operations[Id] extends {
  requestBody: { content: { 'application/json': infer Body } }
}
  ? Body
  : operations[Id] extends { requestBody?: { content: { 'application/json': infer Body } } }
    ? Body | undefined
    : undefined

interface Call<Id extends ControlId> {
  /** Parameters and body, read by the description. */
  readonly path: Parameters<Id, 'path'>
  readonly query: Parameters<Id, 'query'>
  readonly body: RequestBody<Id>
  /** Its `signal` tells when the client leaves. */
  readonly request: ExchangeRequest
  /** As `saved` of the tenant that is asked, for one that a control has made. */
  savedOf(apiKey: string): Promise<void> | undefined
}

export type ControlCall<Id extends ControlId> = Call<Id> &
  (Id extends ServerControlId ? { readonly server: ControlledServer } : { readonly tenant: ControlledTenant })

type Responses<Id extends ControlId> = operations[Id]['responses']

type AnswerFor<Status, Response> = Response extends { content: { 'application/json': infer Body } }
  ? { readonly status: Status; readonly body: Body }
  : { readonly status: Status; readonly body?: null }

/** A described answer. `raw` is for what is no JSON: streams of events, files. */
export type ControlAnswer<Id extends ControlId> =
  | {
      [Status in keyof Responses<Id> & number]: AnswerFor<Status, Responses<Id>[Status]>
    }[keyof Responses<Id> & number]
  | { readonly raw: ExchangeAnswer }

/** One control: what a method on the in-process object can do, over HTTP. Refusals of the platform may be thrown. */
export type ControlOperation<Id extends ControlId> = (
  call: ControlCall<Id>,
) => ControlAnswer<Id> | Promise<ControlAnswer<Id>>

/** One function for every described control: what is described but missing here does not compile. */
export type ControlOperations = { readonly [Id in ControlId]: ControlOperation<Id> }

/** DRF's shape of what is wrong with one field. */
export const wrong = (field: string, message: string) =>
  ({ status: 400, body: { [field]: [message] } }) as const
