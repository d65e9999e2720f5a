import { detail, throttledText } from '../exchange/answers.ts'
import type { ExchangeAnswer } from '../exchange/http.ts'
import type { Fault } from './fault.ts'

type StatusFault = Extract<Fault, { kind: 'status' }>

/** What a load balancer in front of the platform says when the platform does not answer (inferred). */
const gateway: Readonly<Record<number, string>> = {
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
}

/** An answer of one's own; where nobody says what is in it, what the platform would say. */
export function statusAnswer({ status, headers = {}, body, retryAfter }: StatusFault): ExchangeAnswer {
  const told = body === undefined ? usualAnswer(status, retryAfter) : givenAnswer(status, body)
  const lowerCase = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const later = retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` }
  return { ...told, headers: { ...told.headers, ...later, ...lowerCase } }
}

function givenAnswer(status: number, body: unknown): ExchangeAnswer {
  const isText = typeof body === 'string'
  const type = !isText
    ? 'application/json'
    : /^\s*</.test(body)
      ? 'text/html; charset=utf-8'
      : 'text/plain; charset=utf-8'
  return { status, headers: { 'content-type': type }, body: isText ? body : JSON.stringify(body) }
}

function usualAnswer(status: number, retryAfter: number | undefined): ExchangeAnswer {
  const title = gateway[status]
  if (title)
    return html(
      status,
      `<html><head><title>${status} ${title}</title></head><body><h1>${status} ${title}</h1></body></html>\n`,
    )
  // Django's page for its own faults, with DEBUG off.
  if (status >= 500)
    return html(
      status,
      '<!doctype html>\n<html lang="en"><head><title>Server Error (500)</title></head><body><h1>Server Error (500)</h1><p></p></body></html>\n',
    )
  if (status === 429) return detail(status, throttledText(retryAfter))
  return status < 300
    ? { status, headers: {}, body: null }
    : detail(status, `A planned fault answered ${status}.`)
}

const html = (status: number, body: string): ExchangeAnswer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body,
})
