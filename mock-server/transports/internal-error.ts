import type { ExchangeAnswer } from '../exchange/http.ts'

/** What a client sees of a fault of ours: nothing of its inside. */
export const internalError: ExchangeAnswer = {
  status: 500,
  headers: { 'content-type': 'application/json' },
  body: '{"detail":"Internal error of the mock. It has been reported on its console."}',
}
