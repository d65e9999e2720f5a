import type { ExchangeAnswer } from './http.ts'

const JSON_HEADERS = { 'content-type': 'application/json' } as const

/** Exactly `application/json`, without a charset: clients compare it (TN21, a Java client's test). */
export const jsonText = (status: number, text: string): ExchangeAnswer => ({
  status,
  headers: JSON_HEADERS,
  body: text,
})

export const jsonAnswer = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ExchangeAnswer => ({ status, headers: { ...JSON_HEADERS, ...headers }, body: JSON.stringify(body) })

/** The shape of Django REST framework's exceptions: `{"detail": …}`. */
export const detail = (
  status: number,
  text: string,
  headers?: Readonly<Record<string, string>>,
): ExchangeAnswer => jsonAnswer(status, { detail: text }, headers)

/** What a client sees of a fault of ours: nothing of its inside. */
export const INTERNAL_ERROR = 'Internal error of the mock. It has been reported on its console.'

export const emptyAnswer = (
  status: number,
  headers: Readonly<Record<string, string>> = {},
): ExchangeAnswer => ({
  status,
  headers,
  body: null,
})

export const notFound = (): ExchangeAnswer => detail(404, 'Not found.')

/** Django REST framework's words for 429. */
export function throttledText(seconds: number | undefined): string {
  if (seconds === undefined) return 'Request was throttled.'
  return `Request was throttled. Expected available in ${seconds} second${seconds === 1 ? '' : 's'}.`
}
