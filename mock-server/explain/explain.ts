import { routes } from '../../openapi/generated/routes.ts'
import { Matcher } from '../../openapi/match.ts'
import { header } from '../exchange/header.ts'
import type { ExchangeAnswer, ExchangeRequest } from '../exchange/http.ts'
import { versioned } from '../exchange/read-request-line.ts'
import type { Trace } from '../exchange/trace.ts'
import type { Why } from '../exchange/why.ts'
import { splitTarget } from '../operations/target.ts'
import { explainCredentials } from './explain-credentials.ts'
import { explainMethod, explainPath, explainSlash } from './explain-path.ts'
import { explainRefusal, explainUnsubmitted, fieldsOf, type Reason } from './explain-refusal.ts'
import { quoted } from './quoted.ts'

const matcher = new Matcher(routes)

export type Explain = (request: ExchangeRequest, answer: ExchangeAnswer, trace: Trace) => Why | null

/** @param isAccepted whether there would be a world for these credentials, if there were room for it */
export const explainer =
  (isAccepted: (authorization: string) => boolean): Explain =>
  (request, answer, trace) => {
    const why = explain(request, answer, trace)
    const isFull = why?.code === 'key-unknown' && isAccepted(header(request, 'authorization') ?? '')
    return isFull ? certain('worlds-full', NO_ROOM) : why
  }

const NO_ROOM =
  'The key is accepted, but there is no room for another world: delete some (DELETE /_mock/tenants/{tenantId}/).'

/** Why a request failed or matched nothing, and what would have been right; null where it did neither. */
function explain(request: ExchangeRequest, answer: ExchangeAnswer, trace: Trace): Why | null {
  const { status } = answer
  if (status < 400 && status !== 301) return null
  if (trace.fault) return certain('fault', `This was planned by a test: ${trace.fault.effect}.`)
  const { method, target } = request
  const { path } = splitTarget(target)
  if (status === 301) return explainSlash(method, path)
  if (status === 401) return explainCredentials(header(request, 'authorization'))
  if (status === 405) return explainMethod(method, path)
  if (status === 404 && matcher.match(method, versioned(path)).kind === 'nothing')
    return explainPath(method, path)
  const reason = fromDomain(path, trace)
  return reason ? certain(reason.code, reason.text) : explainRest(request, answer)
}

function fromDomain(path: string, { platform, refusal }: Trace): Reason | null {
  if (!platform) return null
  const isAboutRuns = refusal?.kind === 'not-found' && (refusal.what === 'run' || refusal.what === 'cluster')
  const unsubmitted = !refusal || isAboutRuns ? explainUnsubmitted(path, platform) : null
  return unsubmitted ?? (refusal && explainRefusal(refusal, platform))
}

const certain = (code: string, text: string): Why => ({ code, text, nearest: [] })

/** Answers of a known operation that the platform's domain had no part in. */
function explainRest(request: ExchangeRequest, { status, body }: ExchangeAnswer): Why {
  switch (status) {
    case 400:
      return badRequest(body)
    case 404:
      return notThere(detailOf(body))
    case 413:
      return certain('too-large', 'The body is larger than this takes.')
    case 415:
      return certain(
        'content-type-wrong',
        `Content-Type is ${quoted(header(request, 'content-type') ?? 'missing')}; the API page (/docs/) names what this operation takes.`,
      )
    case 416:
      return certain(
        'range-outside',
        'The range begins after the end of the file; Content-Range says how long it is.',
      )
    case 429:
      return certain('throttled', 'More requests than the scope allows: wait as long as Retry-After says.')
    default:
      return certain(
        `status-${status}`,
        status >= 500 ? 'The mock itself failed: see its console.' : 'See the answer.',
      )
  }
}

function badRequest(body: ExchangeAnswer['body']): Why {
  const errors = jsonOf(body)
  const fields = fieldsOf(errors).filter((field) => field !== 'detail')
  if (fields.length > 0)
    return certain('input-invalid', `Fields that are not as they should be: ${fields.join(', ')}.`)
  return certain('input-malformed', quoted(detailOf(body) ?? 'The body cannot be read.'))
}

function notThere(detail: string | null): Why {
  if (detail === 'Invalid page.')
    return certain('page-unknown', 'There is no such page: follow next until it is null.')
  if (detail === 'The run is not active.')
    return certain('run-not-active', 'The run is not under way: only while it is, its folder can be read.')
  return certain('not-there', 'There is nothing with the name or id in the path: see what its list has.')
}

function detailOf(body: ExchangeAnswer['body']): string | null {
  const { detail } = (jsonOf(body) ?? {}) as { detail?: unknown }
  return typeof detail === 'string' ? detail : null
}

function jsonOf(body: ExchangeAnswer['body']): unknown {
  try {
    return typeof body === 'string' ? (JSON.parse(body) as unknown) : null
  } catch {
    return null
  }
}
