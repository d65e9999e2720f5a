import type { SavedKeys } from '../authorized-keys.ts'
import { parsePace } from '../pace.ts'
import {
  fields,
  flag,
  listOf,
  MalformedRecordError,
  nullable,
  type Reader,
  text,
  whole,
} from './records/fields.ts'

/** The key of the one record of a tenant that is no part of its world. */
export const SETTINGS = 'settings/tenant'

/** Keys of records that are kept of a tenant besides, each a thing of its own. */
export const PLANS = 'plans/tenant'
export const THROTTLE = 'throttle/tenant'
export const EXTRAS = [PLANS, THROTTLE] as const

/** What is kept of a tenant besides its world. */
export interface TenantSettings {
  /** Null for the server's own. */
  readonly pace: string | null
  readonly keys: SavedKeys
  /** Its key was made by the admin, and is accepted whatever keys are. */
  readonly isMade: boolean
}

export const readKeys: Reader<SavedKeys> = fields({
  made: whole,
  keys: listOf(fields({ id: text, publicKey: text, fingerprint: text })),
})

const readPace: Reader<string> = (value, where) => {
  const told = text(value, where)
  try {
    parsePace(told)
  } catch (error) {
    throw new MalformedRecordError(`${where}: ${error instanceof Error ? error.message : 'no pace'}`)
  }
  return told
}

export const readSettings: Reader<TenantSettings> = fields({
  pace: nullable(readPace),
  keys: readKeys,
  isMade: flag,
})
