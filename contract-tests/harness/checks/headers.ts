import { answersOutside, routes } from '../../../openapi/generated/routes.ts'
import type { Answer } from '../../../openapi/route.ts'
import type { Finding } from '../finding.ts'
import { routeOf } from '../operation-of.ts'
import { headerOf } from '../transport.ts'
import { type Answered, broken, finding } from './answered.ts'

/** Headers that every server, proxy and cache may add, and that say nothing about the API. */
const carriage: ReadonlySet<string> = new Set([
  ...[
    'content-type',
    'content-length',
    'transfer-encoding',
    'connection',
    'keep-alive',
    'date',
    'server',
    'via',
  ],
  ...['vary', 'age', 'cache-control', 'expires', 'pragma', 'content-language', 'content-encoding', 'alt-svc'],
  ...['strict-transport-security', 'content-security-policy', 'x-content-type-options', 'x-frame-options'],
  ...[
    'referrer-policy',
    'cross-origin-opener-policy',
    'permissions-policy',
    'set-cookie',
    'nel',
    'report-to',
  ],
])

/** Headers that mean something to clients, by HTTP itself or by widely known custom (RFC 9110, 8288, 8594, 9745). */
const meaningful: ReadonlySet<string> = new Set([
  ...['accept-ranges', 'allow', 'content-disposition', 'content-location', 'content-range', 'etag'],
  ...['last-modified', 'link', 'location', 'proxy-authenticate', 'retry-after', 'www-authenticate'],
  ...['deprecation', 'sunset', 'warning', 'preference-applied', 'accept-patch', 'x-total-count'],
])

/** Headers of the mock itself, such as `x-mock-why`: they say something about the answer, and are no part of it. */
const OWN_PREFIX = 'x-mock-'

const allAnswers = [...routes.map(({ answers }) => answers), answersOutside].flatMap((answers) =>
  Object.values(answers),
)

const describedSomewhere: ReadonlySet<string> = new Set(
  allAnswers.flatMap(({ requiredHeaders, optionalHeaders }) => [...requiredHeaders, ...optionalHeaders]),
)

/**
 * A header that means something to clients and is not described for this answer is a finding; one that nobody ever
 * heard of is a remark, since proxies add what they like.
 */
export function undocumentedHeaders(exchange: Answered): Finding[] {
  const answer = answerOf(exchange)
  if (answer === undefined) return []
  const known = new Set([...answer.requiredHeaders, ...answer.optionalHeaders])
  return exchange.response.headers
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !known.has(name) && !carriage.has(name) && !name.startsWith(OWN_PREFIX))
    .map(([name, value]) =>
      finding(exchange, {
        class: 'undocumented-header',
        pointer: `/${name}`,
        expected: [...known].join(', ') || 'no headers of its own',
        received: `${name}: ${value.slice(0, 100)}`,
        message: `the header ${name} is not described for this answer`,
        severity: meaningful.has(name) || describedSomewhere.has(name) ? 'error' : 'info',
      }),
    )
}

function answerOf({ operationId, response: { status } }: Answered): Answer | undefined {
  const answers = operationId === null ? answersOutside : routeOf(operationId).answers
  return answers[String(status)] ?? answers[`${Math.trunc(status / 100)}XX`] ?? answers.default
}

/** The length that was announced is the one that came. */
export function announcedLength(exchange: Answered): Finding[] {
  const { request, response } = exchange
  const announced = headerOf(response.headers, 'content-length')
  const { body, status } = response
  if (announced === undefined || request.method === 'HEAD' || status === 304) return []
  const size = body.kind === 'none' ? 0 : body.size
  if ((body.kind === 'bytes' && body.incomplete) || announced === String(size)) return []
  const message = `Content-Length says ${announced}, and ${size} bytes came`
  return [
    broken(exchange, 'size', {
      pointer: '/content-length',
      expected: announced,
      received: String(size),
      message,
    }),
  ]
}
