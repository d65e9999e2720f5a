import type { Entry, Har } from 'har-format'
import { BodyTap } from '../body-tap.ts'
import { isDescribedAsJson } from '../described-json.ts'
import type { DescribedBodies } from '../naming/described-bodies.ts'
import { operationIdOf } from '../operation-of.ts'
import type { Cassette } from '../recording/cassette.ts'
import { compact } from '../recording/compact.ts'
import { multipartReader } from '../recording/multipart-parts.ts'
import { namesOf } from '../recording/recorder.ts'
import { KnownSecrets } from '../redaction/known-secrets.ts'
import { Redactor } from '../redaction/redactor.ts'
import type { Caller, SeenBody, SeenExchange } from '../seen-exchange.ts'
import { type HeaderPairs, headerOf } from '../transport.ts'

export interface ImportOptions {
  readonly scenario: string
  /** Where the platform was; default: where most requests went. */
  readonly origin?: string | undefined
  /** What must not be in it, besides every key, token and cookie in the file. */
  readonly keys?: readonly string[]
  readonly bodies: DescribedBodies
  readonly version: string
}

export interface Imported {
  readonly cassette: Cassette
  /** Every key, token and cookie that was in the file: none of them may be in the recording. */
  readonly secrets: KnownSecrets
  /** Requests to other hosts, left out. */
  readonly leftOut: number
}

/** Not a file of that kind, or one with nothing in it. */
export class HarError extends Error {
  override readonly name = 'HarError'
}

/** Makes a recording of a HAR 1.2 file that something else has captured: a browser, a proxy. Redacted as all others. */
export function importHar(
  har: unknown,
  { scenario, origin: given, keys = [], bodies, version }: ImportOptions,
): Imported {
  const entries = entriesOf(har)
  const origin = given ?? busiestOrigin(entries)
  const secrets = new KnownSecrets([...secretsIn(entries), ...keys])
  const ours = entries.filter(
    ({ request }) => URL.canParse(request.url) && new URL(request.url).origin === origin,
  )
  if (ours.length === 0) throw new HarError(`the file has no request to ${origin}`)
  const redactor = new Redactor({ bodies, secrets, origin })
  const callerOf = callersIn(ours)
  const exchanges = ours.map((entry, index) => {
    const seen = seenOf(entry, index + 1, scenario, callerOf)
    const text = entry.request.postData?.text
    const reader =
      text === undefined ? undefined : multipartReader(headerOf(seen.request.headers, 'content-type'))
    reader?.feed(Buffer.from(text ?? ''))
    return redactor.exchange(seen, reader?.parts())
  })
  const cassette = compact([{ exchanges, names: namesOf(redactor) }], {
    scenario,
    begunAt: ours[0]?.startedDateTime ?? '',
    marker: '',
    from: 'har',
    note: 'Imported from a HAR file.',
    bodies,
    version,
  })
  return { cassette, secrets, leftOut: entries.length - ours.length }
}

function entriesOf(har: unknown): readonly Entry[] {
  const entries = (har as Partial<Har> | null)?.log?.entries
  if (!Array.isArray(entries)) throw new HarError('the file is no HAR: it has no log.entries')
  const isEntry = (entry: Entry): boolean =>
    typeof entry?.request?.url === 'string' && typeof entry.response?.status === 'number'
  if (!entries.every(isEntry))
    throw new HarError('the file is no HAR: an entry has no request or no response')
  return entries
}

function busiestOrigin(entries: readonly Entry[]): string {
  const counts = new Map<string, number>()
  for (const { request } of entries) {
    const origin = URL.canParse(request.url) ? new URL(request.url).origin : ''
    counts.set(origin, (counts.get(origin) ?? 0) + (/\/api\/v\d/.test(request.url) ? 1 : 0))
  }
  const [[origin] = ['']] = [...counts].sort(([, one], [, other]) => other - one)
  return origin
}

const SECRET_HEADERS = /^(?:authorization|cookie|set-cookie|x-.*(?:key|token)|proxy-authorization)$/i

function secretsIn(entries: readonly Entry[]): string[] {
  return entries.flatMap(({ request, response }) =>
    [...(request.headers ?? []), ...(response.headers ?? [])]
      .filter(({ name }) => SECRET_HEADERS.test(name))
      .flatMap(({ value }) => [value, ...value.split(/[\s;=,]+/)])
      .filter(({ length }) => length >= SHORTEST_SECRET),
  )
}

/** Shorter words of a cookie (`Path`, `Secure`) are no secrets. */
const SHORTEST_SECRET = 16

function callersIn(entries: readonly Entry[]): (authorization: string | undefined) => Caller {
  const first = entries
    .map(({ request }) => headerOf(pairs(request.headers), 'authorization'))
    .find((one) => one !== undefined)
  return (authorization) =>
    authorization === undefined ? 'nobody' : authorization === first ? 'owner' : 'other'
}

const pairs = (headers: readonly { name: string; value: string }[] = []): HeaderPairs =>
  // HTTP/2's own (`:method`) are no headers.
  headers.filter(({ name }) => !name.startsWith(':')).map(({ name, value }) => [name, value] as const)

function seenOf(
  { request, response, startedDateTime, time }: Entry,
  seq: number,
  scenario: string,
  callerOf: (authorization: string | undefined) => Caller,
): SeenExchange {
  const headers = pairs(request.headers)
  // Content is decoded already in a HAR.
  const answered = pairs(response.headers).filter(
    ([name]) => !/^(?:content-encoding|transfer-encoding)$/i.test(name),
  )
  return {
    seq,
    scenario,
    phase: 'scenario',
    caller: callerOf(headerOf(headers, 'authorization')),
    operationId: operationIdOf(request.method, request.url),
    request: {
      method: request.method,
      url: request.url,
      headers,
      body: bodyOf(request.postData, headers, false),
    },
    response:
      response.status === 0
        ? { failure: 'no answer' }
        : {
            status: response.status,
            headers: answered,
            body: bodyOf(
              response.content,
              answered,
              isDescribedAsJson(request, response.status, headerOf(answered, 'content-type')),
            ),
          },
    startedAt: startedDateTime,
    durationMs: time,
  }
}

function bodyOf(
  { text, encoding }: { readonly text?: string | undefined; readonly encoding?: string | undefined } = {},
  headers: HeaderPairs,
  holdsJson: boolean,
): SeenBody {
  const tap = new BodyTap(headerOf(headers, 'content-type'), { holdsJson })
  if (text) tap.whole(Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8'))
  return tap.seen()
}
