import { routes } from '../../../openapi/generated/routes.ts'
import { nameTypes } from '../naming/leaf-kinds.ts'
import { type NameEntry, partsOf } from '../naming/names.ts'
import { MARKER } from '../redaction/text-masker.ts'
import type { Cassette } from './cassette.ts'
import type { StoredBody, StoredExchange } from './stored-exchange.ts'

/**
 * Where a recording has something else than a recorder writes there, in what no redactor looks at: numbers, dates, names
 * and words of our own. The first such place.
 */
export function placeOutOfForm(cassette: Cassette): string | undefined {
  const { scenario, marker, recorded, names, exchanges } = cassette
  const head: readonly Form[] = [
    ['scenario', SCENARIO.test(scenario)],
    ['marker', MARKER_FORM.test(marker)],
    ['date', DATE.test(recorded.at)],
    ['names', Object.entries(names).every(([name, entry]) => isName(name) && isEntry(name, entry, marker))],
  ]
  return wrongIn(head) ?? firstWrong(exchanges)
}

function firstWrong(exchanges: readonly StoredExchange[]): string | undefined {
  for (const [index, exchange] of exchanges.entries()) {
    const wrong = wrongIn(formsOf(exchange))
    if (wrong !== undefined) return `exchange ${index + 1} at its ${wrong}`
  }
  return undefined
}

type Form = readonly [what: string, fits: boolean]

const formsOf = (exchange: StoredExchange): readonly Form[] => [
  ['number', Number.isInteger(exchange.seq)],
  ['operation', exchange.operationId === null || OPERATIONS.has(exchange.operationId)],
  ['phase', PHASES.has(exchange.phase)],
  ['caller', CALLERS.has(exchange.caller)],
  ['date', DATE.test(exchange.startedAt)],
  ['duration', Number.isFinite(exchange.durationMs)],
  ['request', isBody(exchange.request.body)],
  ...answerForms(exchange.response),
]

function answerForms(response: StoredExchange['response']): readonly Form[] {
  const { status } = response
  if ('failure' in response) return [['status', status === undefined || Number.isInteger(status)]]
  const { wire, body } = response
  return [
    ['status', Number.isInteger(status)],
    ['encoding', wire === undefined || ENCODINGS.has(wire.contentEncoding)],
    ['answer', isBody(body)],
  ]
}

/** Bytes and what is withheld are told by numbers, checksums and names alone. */
function isBody(body: StoredBody): boolean {
  if (body === null) return true
  if ('withheld' in body) return isName(body.withheld) && Number.isFinite(body.size)
  if ('parts' in body) return body.parts.every((part) => isBody(part.body))
  if (!('bytes' in body)) return true
  const { size, sha256, recipe = {} } = body.bytes
  return SHA256.test(sha256) && [size, ...Object.values(recipe)].every((one) => Number.isFinite(one))
}

const wrongIn = (forms: readonly Form[]): string | undefined => forms.find(([, fits]) => !fits)?.[0]

/** A name's number is counted from 1 on: more digits would be something else. */
function isName(name: string): boolean {
  return /#[1-9]\d{0,5}$/.test(name) && nameTypes.has(partsOf(name).type)
}

/** Shapes hold no letter but `a` and `A`, no digit but 9; only markers and checksums of what is kept have values. */
function isEntry(name: string, { like, value }: NameEntry, marker: string): boolean {
  const isLike = typeof like === 'number' || SHAPE.test(like)
  if (value === undefined) return isLike
  return (
    isLike && (name === MARKER ? value === marker : partsOf(name).type === 'hash' && CHECKSUM.test(value))
  )
}

const SCENARIO = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+(?:-[a-z0-9]+)*)*$/
const MARKER_FORM = /^[\w-]{0,24}$/
const DATE = /^\d{4}-\d{2}-\d{2}T[\d:.]{5,18}(?:Z|[+-]\d{2}:?\d{2})?$/
const SHAPE = /^[aA9_.@:-]*$/
/** SHA-256 and SHA-512: what uploads are known by. */
const CHECKSUM = /^(?:[0-9a-f]{64}|[0-9a-f]{128})$/i

const SHA256 = /^[0-9a-f]{64}$/

const OPERATIONS: ReadonlySet<string> = new Set(routes.map(({ operationId }) => operationId))
const PHASES: ReadonlySet<string> = new Set<StoredExchange['phase']>(['setup', 'scenario', 'cleanup'])
const CALLERS: ReadonlySet<string> = new Set<StoredExchange['caller']>([
  'owner',
  'other',
  'nobody',
  'invalid',
])
/** Of HTTP (RFC 9110 §8.4.1, RFC 8878). */
const ENCODINGS: ReadonlySet<string> = new Set([
  'gzip',
  'x-gzip',
  'deflate',
  'compress',
  'br',
  'zstd',
  'identity',
])
