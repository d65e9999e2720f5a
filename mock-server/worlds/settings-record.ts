import type { SavedKeys } from '../authorized-keys.ts'
import { fields, flag, listOf, nullable, type Reader, text, whole } from './records/fields.ts'

/** The key of the one record of a tenant that is no part of its world. */
export const SETTINGS = 'settings/tenant'

/** What is kept of a tenant besides its world. */
export interface TenantSettings {
  /** Null for the server's own. */
  readonly pace: string | null
  readonly keys: SavedKeys
  /** Its key was made by the admin, and is accepted whatever keys are. */
  readonly isMade: boolean
}

export const readSettings: Reader<TenantSettings> = fields({
  pace: nullable(text),
  keys: fields({
    made: whole,
    keys: listOf(fields({ id: text, publicKey: text, fingerprint: text })),
  }),
  isMade: flag,
})
