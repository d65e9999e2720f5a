import { routes } from '../../openapi/generated/routes.ts'
import type { Json } from '../domain/json.ts'
import type { JournalEntry } from './entry.ts'
import { differencesIn } from './json-subset.ts'

/** Which entries are meant. What is left out does not matter; what is given must all hold. */
export interface EntryFilter {
  /** `submitJob`. */
  readonly operation?: string | undefined
  /** In any case. */
  readonly method?: string | undefined
  /** As sent, without the query. A star for any one segment, two at the end for all that follow: `/api/v2/jobs/**`. */
  readonly path?: string | undefined
  /** `404`, `4xx`, or `none` where there was no answer. */
  readonly status?: string | undefined
  /** An id that the path names as a job's. */
  readonly job?: string | undefined
  /** An id that the path names as a file's. */
  readonly file?: string | undefined
  /** In the URL, a header's value or a body, as far as it is kept; in any case. */
  readonly search?: string | undefined
  /** Whether it says why it failed. */
  readonly failed?: boolean | undefined
  /** Whether a planned fault met it. */
  readonly faulty?: boolean | undefined
  /** Parameters of the query, among others. */
  readonly query?: Readonly<Record<string, string>> | undefined
  /** Headers of the request, among others. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** What the request's JSON holds, among other things. */
  readonly body?: Json | undefined
  /** Entries after this one. */
  readonly after?: number | undefined
  /** Entries before this one. */
  readonly before?: number | undefined
  /** This one alone. */
  readonly number?: number | undefined
}

/** A misspelt wish, which nothing would ever match, must not pass for one that nothing matched. */
export class FilterError extends RangeError {
  override readonly name = 'FilterError'
  readonly field: 'operation' | 'status'

  constructor(field: 'operation' | 'status', message: string) {
    super(message)
    this.field = field
  }
}

const operationIds: ReadonlySet<string> = new Set(routes.map(({ operationId }) => operationId))

/** @throws {FilterError} for an operation that there is not, and a status that is none */
export function refuseMisspelt({ operation, status }: EntryFilter): void {
  if (operation !== undefined && !operationIds.has(operation))
    throw new FilterError(
      'operation',
      `There is no operation "${operation}"; the description names them by operationId.`,
    )
  if (status !== undefined && !/^([1-5]\d\d|[1-5]xx|none)$/i.test(status))
    throw new FilterError('status', 'A status such as 404 or 4xx, or none.')
}

export const isMeant = (entry: JournalEntry, filter: EntryFilter): boolean =>
  isInside(entry, filter) && differencesFrom(entry, filter).length === 0

const isInside = (
  { number }: JournalEntry,
  { after = 0, before = Number.POSITIVE_INFINITY, number: only = number }: EntryFilter,
): boolean => number > after && number < before && number === only

/** In what an entry is not what is meant, in words; empty where it is. */
export function differencesFrom(entry: JournalEntry, filter: EntryFilter): string[] {
  const { request, answer, operationId, why, fault } = entry
  const { pathname, searchParams } = urlOf(request.url)
  const is = (name: string, wanted: unknown, found: unknown, holds = wanted === found) =>
    wanted === undefined || holds ? [] : [`${name} is ${said(found)}, not ${said(wanted)}`]
  const { operation, method, path, status, job, file, search, failed, faulty } = filter
  return [
    ...is('operation', operation, operationId),
    ...is('method', method?.toUpperCase(), request.method),
    ...is('path', path, pathname, path !== undefined && isPath(path, pathname)),
    ...is('status', status, answer?.status ?? 'none', isStatus(status, answer?.status)),
    ...is('job', job, pathname, pathname.includes(`/jobs/${job}/`)),
    ...is('file', file, pathname, pathname.includes(`/files/${file}/`)),
    ...is('failed', failed, why !== null),
    ...is('faulty', faulty, fault !== null),
    ...Object.entries(filter.query ?? {}).flatMap(([name, value]) =>
      is(`query ${name}`, value, searchParams.get(name)),
    ),
    ...Object.entries(filter.headers ?? {}).flatMap(([name, value]) =>
      is(`header ${name}`, value, request.headers[name.toLowerCase()] ?? null),
    ),
    ...(filter.body === undefined ? [] : differencesIn(jsonOf(entry), filter.body, 'body')),
    ...(search === undefined || contains(entry, search) ? [] : [`nothing holds ${said(search)}`]),
  ]
}

const LONGEST_SAID = 60

const said = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'missing'
  return text.length > LONGEST_SAID ? `${text.slice(0, LONGEST_SAID)}…` : text
}

function urlOf(url: string): URL {
  try {
    return new URL(url)
  } catch {
    return new URL('http://unreadable/')
  }
}

function isStatus(wanted: string | undefined, status: number | undefined): boolean {
  if (status === undefined) return wanted === 'none'
  return wanted === String(status) || wanted?.toLowerCase() === `${Math.trunc(status / 100)}xx`
}

/** Segment by segment: `*` is any one of them, and `**` at the end all that follow. */
function isPath(pattern: string, path: string): boolean {
  const [wanted, found] = [pattern.split('/'), path.split('/')]
  const takesRest = wanted.at(-1) === '**'
  const fixed = takesRest ? wanted.slice(0, -1) : wanted
  if (takesRest ? found.length < fixed.length : found.length !== fixed.length) return false
  return fixed.every((segment, index) => segment === '*' || segment === found[index])
}

function jsonOf({ request }: JournalEntry): Json | undefined {
  try {
    return request.body?.text === undefined ? undefined : (JSON.parse(request.body.text) as Json)
  } catch {
    return undefined
  }
}

function contains({ request, answer }: JournalEntry, search: string): boolean {
  const wanted = search.toLowerCase()
  const has = (text: string | undefined) => text?.toLowerCase().includes(wanted) ?? false
  const inHeaders = [request.headers, answer?.headers ?? {}].some((headers) =>
    Object.entries(headers).some(([name, value]) => has(`${name}: ${value}`)),
  )
  return has(request.url) || inHeaders || has(request.body?.text) || has(answer?.body?.text)
}
