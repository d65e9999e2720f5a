import type { Layer } from '../transport.ts'
import { wholeExchange, wireAnswer } from './answer.ts'
import type { Spoiler } from './deviation.ts'

/** Passes every answer through a spoiler. */
export function spoiling(spoil: Spoiler): Layer {
  return (next) => async (request) => {
    const exchange = await wholeExchange(request, await next(request))
    return wireAnswer(request.method, spoil(exchange) ?? exchange.answer)
  }
}
