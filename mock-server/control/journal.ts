import { millisecond } from '../domain/instant.ts'
import type { Json } from '../domain/json.ts'
import { header } from '../exchange/header.ts'
import type { ExchangeAnswer, ExchangeRequest, OpenStream } from '../exchange/http.ts'
import type { JournalEntry } from '../journal/entry.ts'
import { type EntryFilter, refuseMisspelt } from '../journal/filter.ts'
import { LONGEST_WAIT, MAX_WAITING } from '../journal/limits.ts'
import type { Expectation, Times, Verification } from '../journal/verify.ts'
import { lintJUnit, lintText } from '../linter/format.ts'
import type { LintReport } from '../linter/lint.ts'
import { parseDuration } from '../pace.ts'
import { type ControlCall, type ControlOperation, wrong } from './control-operation.ts'

/** What a tenant's clients said and were answered. */
export const listJournal: ControlOperation<'listJournal'> = ({ tenant: { journal }, query }) => {
  const { isOn, count, lastNumber, dropped, heldBytes } = journal.summary()
  const entries = journal.entries(query).map(shown)
  return { status: 200, body: { isOn, count, lastNumber, dropped, heldBytes, entries } }
}

export const switchJournal: ControlOperation<'switchJournal'> = ({ tenant: { journal }, body }) => {
  journal.isOn = body.isOn
  return { status: 200, body: { isOn: journal.isOn } }
}

export const clearJournal: ControlOperation<'clearJournal'> = ({ tenant: { journal } }) => {
  journal.clear()
  return { status: 204 }
}

export const readJournalEntry: ControlOperation<'readJournalEntry'> = ({ tenant: { journal }, path }) => {
  const entry = journal.entry(path.number)
  return entry ? { status: 200, body: shown(entry) } : { status: 404, body: { detail: 'Not found.' } }
}

/** Of requests of nobody, the newest: one screen of each. Ours. */
const MOST_UNCLAIMED = 100

export const listUnclaimedRequests: ControlOperation<'listUnclaimedRequests'> = ({ server }) => ({
  status: 200,
  body: { entries: server.unclaimed.entries({ limit: MOST_UNCLAIMED }).map(shown) },
})

export const verifyJournal: ControlOperation<'verifyJournal'> = async ({
  tenant: { journal },
  body,
  request,
}) => {
  const expectation = expectationOf(body)
  if ('status' in expectation) return expectation
  const timeout = timeoutOf(body.timeout)
  if (timeout === null) return wrong('timeout', 'Not a duration of up to five minutes, such as 30s.')
  if (journal.waiting >= MAX_WAITING) return tooMany
  const verification = await journal.verify(expectation, { timeout, signal: request.signal?.() })
  return { status: 200, body: verification as Writable<Verification> }
}

export const streamJournal: ControlOperation<'streamJournal'> = ({ tenant: { journal }, query, request }) => {
  if (journal.waiting >= MAX_WAITING) return tooMany
  refuseMisspelt(query)
  const filter = { ...query, after: lastEvent(request) ?? query.after }
  const signal = request.signal?.() ?? new AbortController().signal
  return { raw: streamed('text/event-stream', () => journal.events(filter, signal)) }
}

export const lintClient: ControlOperation<'lintClient'> = ({ tenant: { journal }, query }) => {
  const report = journal.lint({ after: query.after })
  if (query.format === 'text') return { raw: text('text/plain; charset=utf-8', lintText(report)) }
  if (query.format === 'junit') return { raw: text('application/xml; charset=utf-8', lintJUnit(report)) }
  return { status: 200, body: report as Writable<LintReport> }
}

export const exportHar: ControlOperation<'exportHar'> = ({ tenant: { journal }, query }) => {
  const har = journal.har(query)
  const headers = { 'content-disposition': 'attachment; filename="journal.har"' }
  return { raw: streamed('application/json', () => bytesOf(har), headers) }
}

export const exportCurl: ControlOperation<'exportCurl'> = ({ tenant: { journal }, query }) => {
  const curl = journal.curl(query)
  return { raw: streamed('text/plain; charset=utf-8', () => bytesOf(curl)) }
}

/** The same value, for types that were generated without `readonly`. */
type Writable<Type> = Type extends readonly (infer Item)[]
  ? Writable<Item>[]
  : Type extends object
    ? { -readonly [Part in keyof Type]: Writable<Type[Part]> }
    : Type

const shown = (entry: JournalEntry) => entry as Writable<JournalEntry>

const tooMany = {
  status: 429,
  body: { detail: `No more than ${MAX_WAITING} verifications and streams at the same time.` },
} as const

type VerifyBody = ControlCall<'verifyJournal'>['body']

function expectationOf({ request, sequence, ...times }: VerifyBody): Expectation | ReturnType<typeof wrong> {
  if (sequence && request) return wrong('sequence', 'Either a request, or a sequence of them.')
  const number = timesOf(times)
  if (number === 'several') return wrong('exactly', 'One of exactly, atLeast and atMost.')
  if (sequence) {
    return number
      ? wrong('sequence', 'A sequence has no number of times.')
      : { sequence: sequence.map(filterOf) }
  }
  return request ? { request: filterOf(request), times: number } : wrong('request', 'This field is required.')
}

const filterOf = (filter: NonNullable<VerifyBody['request']>): EntryFilter => ({
  ...filter,
  body: filter.body as Json | undefined,
})

function timesOf({ exactly, atLeast, atMost }: VerifyBody): Times | undefined | 'several' {
  const given = [exactly, atLeast, atMost].filter((count) => count !== undefined)
  if (given.length > 1) return 'several'
  if (exactly !== undefined) return { exactly }
  if (atLeast !== undefined) return { atLeast }
  return atMost === undefined ? undefined : { atMost }
}

/** Milliseconds. */
function timeoutOf(text: string | undefined): number | null {
  if (text === undefined) return 0
  const duration = parseDuration(text)
  const milliseconds = duration === undefined ? null : duration / millisecond
  return milliseconds !== null && milliseconds <= LONGEST_WAIT ? milliseconds : null
}

/** Where a client goes on that lost its connection (the standard of server-sent events). */
function lastEvent(request: ExchangeRequest): number | undefined {
  const id = header(request, 'last-event-id')
  return id !== undefined && /^\d{1,15}$/.test(id) ? Number(id) : undefined
}

const text = (contentType: string, body: string): ExchangeAnswer => ({
  status: 200,
  headers: { 'content-type': contentType },
  body,
})

function streamed(
  contentType: string,
  read: OpenStream['read'],
  headers: Readonly<Record<string, string>> = {},
): ExchangeAnswer {
  const all = { 'content-type': contentType, 'cache-control': 'no-store', ...headers }
  return { status: 200, headers: all, body: { size: null, read } }
}

async function* bytesOf(pieces: Iterable<string>): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece)
}
