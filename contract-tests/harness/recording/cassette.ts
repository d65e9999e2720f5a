import { createHash } from 'node:crypto'
import type { Json } from '../json.ts'
import type { NameEntry } from '../naming/names.ts'
import type { StoredExchange } from './stored-exchange.ts'
import type { VolatileLeaf } from './volatility.ts'

export const CASSETTE_FORMAT = 'localscale-cassette'
export const CASSETTE_VERSION = 1

/** Raised whenever what is kept of an exchange changes: older recordings are then told apart. */
export const RULES_VERSION = 1

/**
 * Where a recording comes from. `platform`: a profile of the real platform. `second-server`: a server of this
 * repository that stands for it in tests, which is no evidence of what the real platform does. `har`: a file that was
 * captured by other means.
 */
export type RecordedFrom = 'platform' | 'second-server' | 'har'

export interface Recorded {
  /** ISO 8601, when the run that is kept began. */
  readonly at: string
  readonly from: RecordedFrom
  /** For people. */
  readonly note: string
  /** How often it was told; volatile leaves are known only from two on. */
  readonly runs: number
  readonly by: string
  /** SHA-256 of the description that named its leaves, hexadecimal. */
  readonly description: string
  readonly rules: number
}

/** One scenario as it was told to a platform. Written by a recorder only: the digest tells who else did. */
export interface Cassette {
  readonly format: typeof CASSETTE_FORMAT
  readonly version: typeof CASSETTE_VERSION
  readonly scenario: string
  readonly recorded: Recorded
  /** Goes into the names that the scenario gives, so that a replay gives the same ones. */
  readonly marker: string
  readonly names: Readonly<Record<string, NameEntry>>
  readonly volatile: readonly VolatileLeaf[]
  readonly exchanges: readonly StoredExchange[]
  /** SHA-256 of all the rest, hexadecimal. */
  readonly digest: string
}

export function sealed(cassette: Omit<Cassette, 'digest'>): Cassette {
  return { ...cassette, digest: digestOf(cassette) }
}

export function digestOf(cassette: Omit<Cassette, 'digest'>): string {
  const { digest: _, ...content } = cassette as Cassette
  return createHash('sha256')
    .update(JSON.stringify(sorted(content)))
    .digest('hex')
}

/** The text of the file: the same content gives the same text. */
export const cassetteText = (cassette: Cassette): string => `${pretty(sorted(cassette), '')}\n`

/** Columns that a value may take on a line of its own. */
const LINE = 120

/** What fits on a line stands on one: a page of a catalogue is half as long so, and a difference still is a line. */
function pretty(value: Json, indent: string): string {
  const text = JSON.stringify(value)
  if (text.length + indent.length <= LINE || typeof value !== 'object' || value === null) return text
  const inner = `${indent} `
  const entries = Array.isArray(value)
    ? value.map((item: Json) => pretty(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${pretty(item, inner)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${inner}${entries.join(`,\n${inner}`)}\n${indent}${close}`
}

/** Keys in alphabetical order, all the way down. Lists keep theirs. */
function sorted(value: unknown): Json {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value as Json
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(
    entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]),
  )
}
