import type { Layer } from '../transport.ts'
import { wholeExchange, wireAnswer } from './answer.ts'
import type { Spoiler } from './deviation.ts'

/** Passes every answer through a spoiler, and says whenever it changed one. */
export function spoiling(spoil: Spoiler, onSpoiled: () => void = () => undefined): Layer {
  return (next) => async (request) => {
    const exchange = await wholeExchange(request, await next(request))
    const spoiled = spoil(exchange)
    if (spoiled) onSpoiled()
    return wireAnswer(request.method, spoiled ?? exchange.answer)
  }
}
