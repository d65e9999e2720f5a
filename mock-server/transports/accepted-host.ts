import { isIP } from 'node:net'
import { header } from '../exchange/header.ts'
import type { Exchange, ExchangeAnswer } from '../exchange/http.ts'

export interface HostNames {
  /** What the server is bound to. */
  readonly host?: string
  readonly publicUrl?: string
  /** More names, without port. */
  readonly allowedHosts?: readonly string[]
}

/**
 * Whether a request with this `Host` may come in. A web page can make a name of its own resolve to 127.0.0.1
 * and then read a local server as its own origin ("DNS rebinding"); the name in `Host` gives it away.
 */
export function isAcceptedHost(host: string | undefined, names: HostNames = {}): boolean {
  // Only HTTP/1.0 may leave it out, which no browser speaks.
  if (host === undefined) return true
  const name = hostnameOf(host)
  if (name === null) return false
  if (isLoopback(name) || namesOf(names).includes(name)) return true
  // Bound to all addresses, the server is reached by any of them. No page can have an address as its own name.
  return isWildcard(names.host) && isIP(name) > 0
}

/**
 * Whether a request with this `Origin` may come in. Only browsers send it; a page that a developer serves from this
 * machine may talk to the API through a proxy, any other page has no business with a local mock.
 */
export function isAcceptedOrigin(origin: string | undefined, names: HostNames = {}): boolean {
  if (origin === undefined) return true
  return URL.canParse(origin) && origin !== 'null' && isAcceptedHost(new URL(origin).host, names)
}

/** Answers requests for other hosts, and from pages of other hosts, without asking the exchange. */
export function guardHost(exchange: Exchange, names: HostNames): Exchange {
  // Nearly all requests name the same host.
  let lastAccepted: string | undefined
  return (request) => {
    if (!isAcceptedOrigin(header(request, 'origin'), names)) return foreign
    const host = header(request, 'host')
    if (host === lastAccepted || isAcceptedHost(host, names)) {
      lastAccepted = host
      return exchange(request)
    }
    return misdirected
  }
}

const misdirected: ExchangeAnswer = {
  status: 421,
  headers: { 'content-type': 'application/json' },
  body: '{"detail":"This mock answers to loopback names only; start it with --public-url to let it answer to another."}',
}

const foreign: ExchangeAnswer = {
  status: 403,
  headers: { 'content-type': 'application/json' },
  body: '{"detail":"This mock does not answer pages of other origins."}',
}

/** Without port and brackets, in lower case, without the root's dot; null when it is not a host at all. */
function hostnameOf(authority: string): string | null {
  const [, bracketed, plain] = /^(?:\[([^\]]+)\]|([^:@/\\\s]+))(?::\d*)?$/.exec(authority) ?? []
  return (bracketed ?? plain)?.toLowerCase().replace(/\.$/, '') ?? null
}

const isLoopback = (name: string): boolean =>
  name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name)

const isWildcard = (host: string | undefined): boolean => host === '0.0.0.0' || host === '::'

function namesOf({ host, publicUrl, allowedHosts = [] }: HostNames): readonly (string | null)[] {
  const bound = host === undefined ? [] : [host.toLowerCase()]
  const published = publicUrl === undefined ? [] : [hostnameOf(new URL(publicUrl).host)]
  return [...bound, ...published, ...allowedHosts.map((name) => name.toLowerCase())]
}
