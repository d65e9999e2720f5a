import type { OperationId } from '../../../openapi/generated/routes.ts'
import type { Route } from '../../../openapi/route.ts'
import type { Json } from '../json.ts'
import type { DescribedBodies } from '../naming/described-bodies.ts'
import { CannotRunError, type ReasonKind } from '../not-run.ts'
import { described } from '../operation-of.ts'
import { type HeaderPairs, headerOf } from '../transport.ts'
import { hasDuplicateKeys, idsInBody } from './ids-in-body.ts'
import type { OwnedKind } from './ledger-entries.ts'
import { type OperationRule, operationRules, pathParameters } from './operation-rules.ts'

export interface FirewallOptions {
  readonly bodies: DescribedBodies
  /** The platform's scheme and authority. Nothing is ever sent elsewhere. */
  readonly origin: string
  /** Stands in every name that the harness gives, so that what it made can be told from everything else. */
  readonly marker: string
  readonly owns: (kind: OwnedKind, id: string) => boolean
  /** Whether a text holds a secret of a profile that is named: names are written into the ledger. */
  readonly holdsSecret: (text: string) => boolean
  readonly allowCreate: boolean
  readonly allowSubmit: boolean
  /** Projects that jobs may be booked on. Using one does not change it, but it is billed to it. */
  readonly projects?: readonly string[]
}

/** A request before it is sent, its body read. */
export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: HeaderPairs
  /** Of requests that are not safe; null where there is none. */
  readonly text: string | null
  /** Of forms: what the file is called. */
  readonly filename?: string | undefined
}

/** What the firewall lets through. */
export type Passed =
  | { readonly does: 'read' }
  | { readonly does: 'create'; readonly kind: OwnedKind; readonly name: string }
  | { readonly does: 'change' | 'submit' | 'delete'; readonly kind: OwnedKind; readonly id: string }

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Decides whether a request may go to a real account: what reads may; what changes may only where everything that it
 * names was made by the harness. It does not trust the test that sends it. Throws CannotRunError.
 */
export function admit(asked: Asked, options: FirewallOptions): Passed {
  const url = new URL(asked.url)
  if (url.origin !== options.origin)
    refuse(asked, `it leads to ${url.origin}, and the profile is of ${options.origin}`)
  if (asked.headers.some(([name]) => OVERRIDES.test(name)))
    refuse(asked, 'a header would make another method of it')
  if (SAFE.has(asked.method)) return { does: 'read' }
  const { route, path } = routeOf(asked, url)
  const rule = operationRules[route.operationId]
  if (rule === undefined) refuse(asked, `${route.operationId} has no rule for live runs`)
  if (rule.does === 'never') refuse(asked, rule.because)
  if (!options.allowCreate) refuse(asked, 'live runs only read, unless --allow-create is given')
  if (rule.does === 'submit' && !options.allowSubmit) refuse(asked, 'submitting needs --max-cost AMOUNT')
  const body = bodyOf(asked, route)
  refuseForeignIds(asked, route, path, body, options)
  return rule.does === 'create'
    ? creating(asked, rule, body, options)
    : { ...rule, id: idIn(path, rule.kind, asked) }
}

const OVERRIDES = /^x-(?:http-)?method(?:-override)?$/i

function routeOf(
  asked: Asked,
  url: URL,
): { route: Route<OperationId>; path: Readonly<Record<string, string>> } {
  // A server may take such paths apart in another way than we do.
  if (/%2f|%5c|%00|\/\/|\\|;|(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(rawPath(asked.url))) {
    refuse(asked, 'its path can be read in more than one way')
  }
  const match = described(asked.method, url.href)
  if (match.kind !== 'route')
    refuse(asked, 'it is no described operation, so nobody knows what it would change')
  return match
}

/** As it was given: `URL` has resolved dots already. */
const rawPath = (url: string): string => url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '')

function bodyOf(asked: Asked, { requestBody, operationId }: Route<OperationId>): Json | undefined {
  const { text, headers } = asked
  if (text === null || text === '' || requestBody?.kind === 'multipart') return undefined
  if (requestBody === null && !/json/i.test(headerOf(headers, 'content-type') ?? 'json')) return undefined
  try {
    const body = JSON.parse(text) as Json
    if (hasDuplicateKeys(text))
      refuse(asked, 'its body says something twice, and the platform may read the other one')
    return body
  } catch (error) {
    if (error instanceof CannotRunError) throw error
    const rule = operationRules[operationId]
    if (rule?.does === 'change' && rule.bodyNamesNothing) return undefined
    refuse(asked, `the body of ${operationId} is no JSON, so nobody can see what it names`)
  }
}

function refuseForeignIds(
  asked: Asked,
  route: Route<OperationId>,
  path: Readonly<Record<string, string>>,
  body: Json | undefined,
  { bodies, owns, projects = [] }: FirewallOptions,
): void {
  for (const [parameter, id] of Object.entries(path)) {
    const kind = pathParameters[parameter]
    if (kind && !owns(kind, id)) refuse(asked, `${kind} ${id} was not made by this harness`)
  }
  for (const { type, id, pointer } of body === undefined ? [] : idsInBody(bodies, route.operationId, body)) {
    if (isReference(pointer, id)) continue
    const mine =
      type === null
        ? kinds.some((kind) => owns(kind, id))
        : isKind(type)
          ? owns(type, id)
          : type === 'project' && projects.includes(id)
    if (!mine)
      refuse(
        asked,
        `its body names ${type ?? 'something'} ${id} at ${pointer}, which was not made by this harness`,
      )
  }
}

const kinds: readonly OwnedKind[] = ['job', 'file', 'storage-device']

const isKind = (type: string): type is OwnedKind => kinds.some((kind) => kind === type)

/** Where a storage device is put: catalogue data that nobody owns. */
const isReference = (pointer: string, id: string): boolean =>
  pointer === '/region/id' && /^[A-Za-z0-9-]+$/.test(id)

function creating(
  asked: Asked,
  { kind }: Extract<OperationRule, { does: 'create' }>,
  body: Json | undefined,
  { marker, holdsSecret }: FirewallOptions,
): Passed {
  const given = kind === 'file' ? asked.filename : nameIn(body)
  if (typeof given !== 'string' || !given.includes(marker)) {
    refuse(
      asked,
      `what it makes could not be found again: its name must contain ${marker}, which t.unique puts there`,
    )
  }
  if (holdsSecret(given)) refuse(asked, 'its name holds a secret of a profile')
  return { does: 'create', kind, name: given }
}

const nameIn = (body: Json | undefined): Json | undefined =>
  typeof body === 'object' && body !== null && !Array.isArray(body)
    ? (body as { name?: Json }).name
    : undefined

function idIn(path: Readonly<Record<string, string>>, kind: OwnedKind, asked: Asked): string {
  const [parameter] = Object.entries(pathParameters).find(([, of]) => of === kind) ?? []
  const id = parameter === undefined ? undefined : path[parameter]
  return id ?? refuse(asked, `its path names no ${kind}`)
}

function refuse({ method, url }: Asked, why: string, kind: ReasonKind = 'not-allowed'): never {
  const { pathname } = new URL(url)
  throw new CannotRunError({ kind, text: `${method} ${pathname} was not sent to the platform: ${why}.` })
}
