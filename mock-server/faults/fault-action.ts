import { millisecond } from '../domain/instant.ts'
import { detail } from '../exchange/answers.ts'
import { INVALID_TOKEN } from '../exchange/authenticate.ts'
import type { CallChanges, CarryOut, FaultedCall, Strike } from '../exchange/faults.ts'
import { ConnectionLostError, type ExchangeAnswer } from '../exchange/http.ts'
import { parseDuration } from '../pace.ts'
import type { PlannedFault, SingleFault } from './fault.ts'
import { kindsOf, partsOf } from './fault-parts.ts'
import type { Sleeper } from './sleep.ts'
import { spoil, spoilersAmong } from './spoilers.ts'
import { statusAnswer } from './status-answer.ts'

export interface FaultContext {
  readonly call: FaultedCall
  readonly plan: string | null
  readonly sleeper: Sleeper
  /** To be called when there was nothing to spoil. */
  onMissed(): void
}

/** A fault, or several together, on their way to do what their kinds say. */
export function faultAction(fault: PlannedFault, context: FaultContext): Strike {
  return { around: (carryOut) => new Acting(fault, context, carryOut).act() }
}

type Delay = Extract<SingleFault, { kind: 'delay' }>

class Acting {
  readonly #fault: PlannedFault
  readonly #parts: readonly SingleFault[]
  readonly #context: FaultContext
  readonly #carryOut: CarryOut
  readonly #effects: string[] = []

  constructor(fault: PlannedFault, context: FaultContext, carryOut: CarryOut) {
    this.#fault = fault
    this.#parts = partsOf(fault)
    this.#context = context
    this.#carryOut = carryOut
  }

  /** In the order of a request's way, whatever the order in which they were planned. */
  async act(): Promise<ExchangeAnswer> {
    await this.#delay('before')
    const lost = this.#parts.find((part) => part.kind === 'reset')
    if (lost?.when === 'before') return this.#lose('reset the connection')
    const changes = this.#withoutRange()
    if (changes === null) return this.#miss(await this.#carryOut())
    const answer = await this.#answer(changes)
    if (lost?.when === 'unanswered') {
      await this.#delay('unanswered')
      return this.#lose('reset the connection after it was carried out')
    }
    const spoilt = await this.#spoilt(answer)
    if (spoilt === null) return this.#miss(answer)
    await this.#delay('unanswered')
    return spoilt
  }

  #has(kind: SingleFault['kind']): boolean {
    return this.#parts.some((part) => part.kind === kind)
  }

  #note(...effects: string[]): void {
    if (effects.length === 0) return
    this.#effects.push(...effects)
    const { call, plan } = this.#context
    const effect = this.#effects.join('; ')
    if (call.request.trace) call.request.trace.fault = { kind: kindsOf(this.#fault), plan, effect }
  }

  async #delay(when: 'before' | 'unanswered'): Promise<void> {
    const delay = this.#parts.find((part): part is Delay => part.kind === 'delay' && part.when === when)
    if (!delay) return
    this.#note(`${when === 'before' ? 'began' : 'answered'} ${delay.for} later`)
    await this.#wait(delay.for)
  }

  #wait(duration: string): Promise<void> {
    const milliseconds = (parseDuration(duration) ?? 0) / millisecond
    return this.#context.sleeper.sleep(milliseconds, this.#context.call.request.signal?.())
  }

  #lose(effect: string): never {
    this.#note(effect)
    throw new ConnectionLostError()
  }

  /** What found nothing to spoil is left for another request: all of it, or none. */
  #miss(answer: ExchangeAnswer): ExchangeAnswer {
    this.#context.onMissed()
    return answer
  }

  /** Null when there is no range that could be ignored. */
  #withoutRange(): CallChanges | null {
    if (!this.#has('ignore-range')) return {}
    const { request } = this.#context.call
    const { range, ...headers } = request.headers
    return range === undefined ? null : { request: { ...request, headers } }
  }

  async #answer(changes: CallChanges): Promise<ExchangeAnswer> {
    const status = this.#parts.find((part) => part.kind === 'status')
    if (status) {
      this.#note(`answered ${status.status}${status.carriedOut ? ' after it was carried out' : ''}`)
      if (status.carriedOut) await this.#carryOut()
      return statusAnswer(status)
    }
    if (this.#has('expired-key')) {
      this.#note('answered 401')
      return detail(401, INVALID_TOKEN, { 'www-authenticate': 'Token' })
    }
    if (this.#has('none')) this.#note('let it pass')
    return this.#carryOut(changes)
  }

  async #spoilt(answer: ExchangeAnswer): Promise<ExchangeAnswer | null> {
    const { call } = this.#context
    const wait = (duration: string) => this.#wait(duration)
    const spoiling = { target: this.#fault, call, carryOut: this.#carryOut, wait }
    const effects = this.#has('ignore-range') ? ['ignored the range'] : []
    let spoilt = answer
    for (const part of spoilersAmong(this.#parts)) {
      const next = await spoil(part, spoilt, spoiling)
      if (!next) return null
      effects.push(next.effect)
      spoilt = next.answer
    }
    this.#note(...effects)
    return spoilt
  }
}
