import { routes } from '../../openapi/generated/routes.ts'
import { millisecond } from '../domain/instant.ts'
import { parseDuration } from '../pace.ts'
import { clashes } from './clashes.ts'
import type { Fault, PlannedFault, TogetherFault } from './fault.ts'

/** Bytes of an answer of one's own: plans stay in memory. Ours. */
export const MAX_FAULT_BODY_BYTES = 64 << 10
/** A delay that outlasts every client's patience, and nobody's afternoon. Milliseconds; ours. */
export const MAX_DELAY_MS = 10 * 60_000

type Errors = Record<string, readonly string[]>

const operationIds: ReadonlySet<string> = new Set(routes.map(({ operationId }) => operationId))

/** What makes no sense in a planned fault, by field. */
export function misplanned(fault: PlannedFault): Errors {
  return {
    ...(fault.operation !== '*' &&
      !operationIds.has(fault.operation) && {
        operation: [`There is no operation "${fault.operation}"; the description names them by operationId.`],
      }),
    ...outOfRange('times', fault.times, 1, Number.MAX_SAFE_INTEGER),
    ...(fault.chance !== undefined &&
      !(fault.chance > 0 && fault.chance <= 1) && { chance: ['A chance is above 0 and at most 1.'] }),
    ...unusable(fault),
  }
}

/** What makes no sense in a fault, by field. */
export function unusable(fault: Fault): Errors {
  switch (fault.kind) {
    case 'together':
      return unusableTogether(fault)
    case 'status':
      return unusableStatus(fault)
    case 'delay':
      return unusableDelay(fault)
    case 'reset':
      return outOfRange('afterBytes', fault.afterBytes, 0)
    case 'cut':
      return {
        ...outOfRange('afterBytes', fault.afterBytes, 0),
        ...(typeof fault.contentLength === 'number' && outOfRange('contentLength', fault.contentLength, 0)),
      }
    case 'flip-byte':
      return outOfRange('offset', fault.offset, 0)
    case 'duplicate-items':
      return outOfRange('count', fault.count, 1)
    default:
      return {}
  }
}

function unusableTogether({ faults }: TogetherFault): Errors {
  const wrong = faults.flatMap((part, place) =>
    Object.entries(unusable(part)).map(
      ([field, messages]) => `${place + 1}, ${field}: ${messages.join(' ')}`,
    ),
  )
  const messages = [...clashes(faults), ...wrong]
  return messages.length > 0 ? { faults: messages } : {}
}

function outOfRange(
  field: string,
  value: number | undefined,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): Errors {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return {}
  const bounds = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
  return { [field]: [`A whole number ${bounds}.`] }
}

/** Those that frame the message, and so would be lies about it; `cut` lies. */
const framing: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding', 'connection'])
export const LEAST_STATUS = 200
export const MOST_STATUS = 599

function unusableStatus({
  status,
  headers = {},
  body,
  retryAfter,
}: Extract<Fault, { kind: 'status' }>): Errors {
  const names = Object.keys(headers).filter(
    (name) => !/^[\w!#$%&'*+.^`|~-]+$/.test(name) || framing.has(name.toLowerCase()),
  )
  const values = Object.entries(headers).filter(([, value]) => !/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
  return {
    ...outOfRange('status', status, LEAST_STATUS, MOST_STATUS),
    ...outOfRange('retryAfter', retryAfter, 0),
    ...(names.length > 0 && { headers: [`No headers that can be set: ${names.join(', ')}.`] }),
    ...(values.length > 0 && {
      headers: [`Values that no header can have: ${values.map(([name]) => name).join(', ')}.`],
    }),
    ...(body !== undefined &&
      Buffer.byteLength(JSON.stringify(body)) > MAX_FAULT_BODY_BYTES && {
        body: [`A body has at most ${MAX_FAULT_BODY_BYTES} bytes.`],
      }),
  }
}

function unusableDelay(fault: Extract<Fault, { kind: 'delay' }>): Errors {
  const duration = parseDuration(fault.for)
  const isUsable = duration !== undefined && duration / millisecond <= MAX_DELAY_MS
  return {
    ...(!isUsable && { for: ['Not a duration such as 250ms, 2s or 5m, of at most ten minutes.'] }),
    ...outOfRange('afterBytes', fault.afterBytes, 0),
    ...outOfRange('everyBytes', fault.everyBytes, 1),
  }
}
