import { type Finding, loadChecker } from '../openapi/check-answer.ts'
import { type OperationId, routes } from '../openapi/generated/routes.ts'
import { Matcher } from '../openapi/match.ts'
import type { Route } from '../openapi/route.ts'
import type { Answered } from './harness/checks/answered.ts'
import { undocumentedHeaders } from './harness/checks/headers.ts'
import type { Finding as HarnessFinding } from './harness/finding.ts'
import { countsAsFinding } from './harness/scenario-result.ts'

const matcher = new Matcher<Route<OperationId>>(routes)

/** What was said over the wire, and which operation it belongs to. */
export interface SeenExchange {
  readonly operationId: OperationId
  readonly status: number
}

export interface Conformance {
  /** The same fetch, with every answer compared with the description, open and closed. */
  watch(fetch: typeof globalThis.fetch): typeof globalThis.fetch
  /** What differed. Bodies that cannot be looked into (bytes) are not findings. */
  readonly findings: readonly (Finding | HarnessFinding)[]
  readonly seen: readonly SeenExchange[]
}

/** Watches what a client really receives: status, headers and body as they came over the transport. */
export async function conformance(): Promise<Conformance> {
  const checker = await loadChecker()
  const findings: (Finding | HarnessFinding)[] = []
  const seen: SeenExchange[] = []
  const watch =
    (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
    async (input, init) => {
      const request = new Request(input, init)
      const { pathname } = new URL(request.url)
      const { method } = request
      const response = await fetch(request)
      const match = matcher.match(method, pathname)
      if (match.kind !== 'route') return response
      const { operationId } = match.route
      const body = await bodyOf(response)
      const headers = Object.fromEntries(response.headers)
      seen.push({ operationId, status: response.status })
      findings.push(
        ...checker
          .checkAnswer({ operationId, method, status: response.status, headers, body })
          .filter((finding) => finding.class !== 'not-checked'),
      )
      findings.push(
        ...undocumentedHeaders(headersOnly(request, response, operationId)).filter(countsAsFinding),
      )
      return response
    }
  return { watch, findings, seen }
}

/** As much of an exchange as is looked at for its headers. */
function headersOnly(
  { method, url }: Request,
  { status, headers }: Response,
  operationId: OperationId,
): Answered {
  const body = { kind: 'none' } as const
  return {
    seq: 1,
    scenario: 'contract test',
    phase: 'scenario',
    caller: 'owner',
    operationId,
    request: { method, url, headers: [], body },
    response: { status, headers: [...headers], body },
    startedAt: '',
    durationMs: 0,
  }
}

/** Text where it is text, null where there is none; other bytes are left to the test. */
async function bodyOf(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type')
  if (response.body === null || response.status === 304) return null
  if (type !== null && !/json|text/.test(type)) return response.body
  return (await response.clone().text()) || null
}
