import { millisecond } from '../domain/instant.ts'
import { detail } from '../exchange/answers.ts'
import { INVALID_TOKEN } from '../exchange/authenticate.ts'
import type { CarryOut, FaultedCall, Strike } from '../exchange/faults.ts'
import { ConnectionLostError, type ExchangeAnswer } from '../exchange/http.ts'
import { parseDuration } from '../pace.ts'
import { cutBody, delayedBody, flippedByte, resetBody } from './body-faults.ts'
import type { Fault, FaultTarget, PlannedFault } from './fault.ts'
import { duplicateItems, reorderItems, withoutCompleted, wrongChecksums } from './json-faults.ts'
import type { Sleeper } from './sleep.ts'
import { statusAnswer } from './status-answer.ts'

export interface FaultContext {
  readonly call: FaultedCall
  readonly plan: string | null
  readonly sleeper: Sleeper
  /** To be called when there was nothing to spoil. */
  onMissed(): void
}

/** What a fault makes of an answer; null where there is nothing to spoil. */
export type Spoiled = { readonly answer: ExchangeAnswer; readonly effect: string } | null

/** A fault on its way to do what its kind says. */
export function faultAction(fault: PlannedFault, context: FaultContext): Strike {
  const { call, plan } = context
  const note = (effect: string): void => {
    if (call.request.trace) call.request.trace.fault = { kind: fault.kind, plan, effect }
  }
  const spoilt = async (
    carryOut: CarryOut,
    spoil: (answer: ExchangeAnswer) => Spoiled | Promise<Spoiled>,
  ) => {
    const answer = await carryOut()
    const spoiled = await spoil(answer)
    if (!spoiled) {
      context.onMissed()
      return answer
    }
    note(spoiled.effect)
    return spoiled.answer
  }
  return { around: (carryOut) => act(fault, carryOut, { ...context, note, spoilt }) }
}

interface Acting extends FaultContext {
  note(effect: string): void
  spoilt(
    carryOut: CarryOut,
    spoil: (answer: ExchangeAnswer) => Spoiled | Promise<Spoiled>,
  ): Promise<ExchangeAnswer>
}

async function act(fault: Fault & FaultTarget, carryOut: CarryOut, acting: Acting): Promise<ExchangeAnswer> {
  const { call, note, spoilt } = acting
  switch (fault.kind) {
    case 'none':
      note('let it pass')
      return carryOut()
    case 'expired-key':
      note('answered 401')
      return detail(401, INVALID_TOKEN, { 'www-authenticate': 'Token' })
    case 'status':
      note(`answered ${fault.status}${fault.carriedOut ? ' after it was carried out' : ''}`)
      if (fault.carriedOut) await carryOut()
      return statusAnswer(fault)
    case 'delay':
      return delayed(fault, carryOut, acting)
    case 'reset':
      return reset(fault, carryOut, acting)
    case 'cut':
      return spoilt(carryOut, (answer) => cutBody(answer, fault))
    case 'flip-byte':
      return spoilt(carryOut, (answer) => flippedByte(answer, fault.offset))
    case 'ignore-range':
      return withoutRange(carryOut, acting)
    case 'wrong-checksum':
      return spoilt(carryOut, (answer) => wrongChecksums(answer, fault.file))
    case 'duplicate-items':
      return spoilt(carryOut, (answer) => duplicateItems(answer, fault.count ?? 1, call, carryOut))
    case 'reorder-items':
      return spoilt(carryOut, reorderItems)
    case 'late-completed':
      return spoilt(carryOut, (answer) => withoutCompleted(answer, fault.job))
  }
}

async function delayed(
  fault: Extract<Fault, { kind: 'delay' }>,
  carryOut: CarryOut,
  { call, sleeper, note, spoilt }: Acting,
): Promise<ExchangeAnswer> {
  const milliseconds = (parseDuration(fault.for) ?? 0) / millisecond
  const wait = () => sleeper.sleep(milliseconds, call.request.signal?.())
  if (fault.when === 'before') {
    note(`began ${fault.for} later`)
    await wait()
    return carryOut()
  }
  if (fault.when === 'unanswered') {
    note(`answered ${fault.for} later`)
    const answer = await carryOut()
    await wait()
    return answer
  }
  return spoilt(carryOut, (answer) => delayedBody(answer, fault, wait))
}

async function reset(
  { when, afterBytes }: Extract<Fault, { kind: 'reset' }>,
  carryOut: CarryOut,
  { note, spoilt }: Acting,
): Promise<ExchangeAnswer> {
  if (when === 'during') return spoilt(carryOut, (answer) => resetBody(answer, afterBytes))
  if (when === 'after') {
    note('will reset the connection when it is used again')
    return { ...(await carryOut()), mishap: { nextRequest: 'reset' } }
  }
  note(when === 'before' ? 'reset the connection' : 'reset the connection after it was carried out')
  if (when === 'unanswered') await carryOut()
  throw new ConnectionLostError()
}

async function withoutRange(carryOut: CarryOut, { call, note, onMissed }: Acting): Promise<ExchangeAnswer> {
  const { range, ...headers } = call.request.headers
  if (range === undefined) {
    onMissed()
    return carryOut()
  }
  note('ignored the range')
  return carryOut({ request: { ...call.request, headers } })
}
