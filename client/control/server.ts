import type { operations } from '../../openapi/generated/control-schema.d.ts'
import { type ControlApi, type ControlSchemas, dataOf, done } from './connection.ts'
import type { JournalEntry } from './journal.ts'

export type Tenant = ControlSchemas['Tenant']
export type Settings = operations['readSettings']['responses'][200]['content']['application/json']
export type SettingsChanges = operations['changeSettings']['requestBody']['content']['application/json']

/** The whole server, with the admin token. */
export class ServerControl {
  readonly #api: ControlApi

  constructor(api: ControlApi) {
    this.#api = api
  }

  tenants(): Promise<Tenant[]> {
    return dataOf(this.#api.GET('/_mock/tenants/'))
  }

  /** Makes a world; without a key, one is made up. */
  createTenant(apiKey?: string): Promise<{ tenantId: string; apiKey: string }> {
    return dataOf(this.#api.POST('/_mock/tenants/', { body: apiKey === undefined ? {} : { apiKey } }))
  }

  deleteTenant(tenantId: string): Promise<void> {
    return done(this.#api.DELETE('/_mock/tenants/{tenantId}/', { params: { path: { tenantId } } }))
  }

  /** How new worlds begin. */
  settings(): Promise<Settings> {
    return dataOf(this.#api.GET('/_mock/settings/'))
  }

  changeSettings(changes: SettingsChanges): Promise<Settings> {
    return dataOf(this.#api.PUT('/_mock/settings/', { body: changes }))
  }

  /** What came without a key, or with one that is not accepted: the newest hundred, newest first. */
  async unclaimed(): Promise<JournalEntry[]> {
    return (await dataOf(this.#api.GET('/_mock/journal/unclaimed/'))).entries
  }

  /** Ends the server, and gives what it said to that. */
  shutDown(): Promise<{ detail: string }> {
    return dataOf(this.#api.POST('/_mock/shutdown/'))
  }
}
