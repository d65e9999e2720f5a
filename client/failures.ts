import {
  AbortedError,
  ConnectError,
  type RequestContext,
  RescaleError,
  TimeoutError,
  type TimeoutPhase,
} from './errors.ts'

// Codes that only a connection which was never made has: the server cannot have seen the request. Others, such as
// ETIMEDOUT and EHOSTUNREACH, break connections that were made, too.
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'BAD_PORT',
])
// The system's calls that come before there is a connection.
const CONNECTING = new Set(['connect', 'getaddrinfo'])

const TIMEOUT_PHASES: Readonly<Record<string, TimeoutPhase>> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect',
  ETIMEDOUT: 'connect',
  UND_ERR_HEADERS_TIMEOUT: 'headers',
  UND_ERR_BODY_TIMEOUT: 'body',
}

// Of a connection that was never made.
const UNREACHABLE = 'Check the platform URL, and the network of this machine.'

const HINTS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there. Is the platform URL right, and is the mock running?',
  ENOTFOUND: 'The host name is not known. Check the platform URL.',
  EAI_AGAIN: 'The name server did not answer. Check the network.',
  BAD_PORT:
    'fetch refuses this port, as browsers do (https://fetch.spec.whatwg.org/#port-blocking): take another.',
}

/** What is known about a request that failed. */
export interface Circumstances {
  /** The time that it had, in milliseconds. */
  readonly timeoutMs?: number | undefined
  /** Whether the server may have seen it; guessed from the error when undefined. */
  readonly maybeSent?: boolean | undefined
}

/** What the layers below throw, as one of this client's errors. */
export function failureOf(
  thrown: unknown,
  request: RequestContext,
  { timeoutMs = 0, maybeSent }: Circumstances = {},
): RescaleError {
  if (thrown instanceof RescaleError) return thrown
  // Its one refusal without a code.
  const code = codeOf(thrown) ?? (messageOf(thrown) === 'bad port' ? 'BAD_PORT' : undefined)
  const wasSent = maybeSent ?? !isOfConnecting(thrown, code)
  const ofCode = code === undefined ? undefined : TIMEOUT_PHASES[code]
  // A proxy that does not answer lets no request begin.
  const phase = ofCode && maybeSent === false ? 'connect' : ofCode
  // A connection that was made and then timed out is one that broke.
  if (phase && !(phase === 'connect' && wasSent)) return timedOut(phase, timeoutMs, request, thrown)
  const refusal = proxyRefusal(thrown)
  const what = refusal ?? code ?? messageOf(thrown)
  return new ConnectError(
    `${request.method} ${request.url} got no answer: ${what}`,
    { code, maybeSent: wasSent },
    { request, cause: thrown, hint: hintFor(code, refusal !== undefined, wasSent, request) },
  )
}

/** What a proxy answered to CONNECT, in undici's words. */
function proxyRefusal(thrown: unknown): string | undefined {
  return [...chainOf(thrown)].map(({ message }) => message).find((text) => text.startsWith('Proxy response'))
}

/** Whether a connection was never made, as far as the error tells. */
function isOfConnecting(thrown: unknown, code: string | undefined): boolean {
  const syscall = [...chainOf(thrown)].map((error) => 'syscall' in error && error.syscall).find(Boolean)
  if (typeof syscall === 'string') return CONNECTING.has(syscall)
  return code !== undefined && (NEVER_CONNECTED.has(code) || isTlsCode(code))
}

export function timedOut(
  phase: TimeoutPhase,
  timeoutMs: number,
  request: RequestContext,
  cause?: unknown,
): TimeoutError {
  const what = {
    connect: 'the connection was not made',
    send: 'the server took no more of the body',
    headers: 'no answer came',
    body: 'the answer stopped coming',
    wait: 'the wait did not end',
  }[phase]
  const after = timeoutMs > 0 ? ` within ${timeoutMs} ms` : ' in time'
  return new TimeoutError(
    `${request.method} ${request.url}: ${what}${after}`,
    { phase, timeoutMs },
    { request, cause, hint: phase === 'connect' && request.proxy ? proxyHint(request.proxy) : undefined },
  )
}

/** A failure in two words, for the history of attempts. */
export function shortly(failure: RescaleError): string {
  if (failure instanceof TimeoutError) return `${failure.name} ${failure.phase}`
  return 'code' in failure && failure.code !== undefined ? `${failure.name} ${failure.code}` : failure.name
}

export function aborted(reason: unknown, request?: RequestContext): AbortedError {
  const what = request ? `${request.method} ${request.url}` : 'The operation'
  return new AbortedError(`${what} was aborted`, { request, cause: reason })
}

function codeOf(thrown: unknown): string | undefined {
  for (const error of chainOf(thrown))
    if ('code' in error && typeof error.code === 'string') return error.code
  return undefined
}

/** An error and those that it comes from. */
function* chainOf(thrown: unknown): Generator<Error> {
  for (let error: unknown = thrown, depth = 0; error instanceof Error && depth < 5; depth++) {
    yield error
    error = error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined)
  }
}

function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  return thrown.cause instanceof Error ? thrown.cause.message : thrown.message
}

function isTlsCode(code: string): boolean {
  return code.startsWith('ERR_TLS') || code.includes('CERT') || code.startsWith('UNABLE_TO_')
}

function hintFor(
  code: string | undefined,
  isRefused: boolean,
  wasSent: boolean,
  { proxy }: RequestContext,
): string | undefined {
  if (code !== undefined && isTlsCode(code))
    return 'The certificate is not trusted. NODE_EXTRA_CA_CERTS names further authorities.'
  if (proxy && isRefused)
    return `The proxy ${proxy} does not let requests through: are user name and password right?`
  if (wasSent) return undefined
  return proxy ? proxyHint(proxy) : ((code && HINTS[code]) ?? UNREACHABLE)
}

function proxyHint(proxy: string): string {
  return `The proxy ${proxy} cannot be reached. Is it the right one, and does this network let you?`
}
