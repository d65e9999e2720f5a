import type { ExchangeRequest } from './http.ts'

/** A header's value; of one that was sent several times, the first. */
export function header(request: Pick<ExchangeRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : value?.[0]
}
