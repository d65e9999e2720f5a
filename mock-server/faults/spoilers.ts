import type { CarryOut, FaultedCall } from '../exchange/faults.ts'
import type { ExchangeAnswer } from '../exchange/http.ts'
import { cutBody, delayedBody, flippedByte, resetBody } from './body-faults.ts'
import type { FaultTarget, SingleFault } from './fault.ts'
import { duplicateItems, reorderItems, withoutCompleted, wrongChecksums } from './json-faults.ts'

/** What a fault makes of an answer; null where there is nothing to spoil. */
export type Spoiled = { readonly answer: ExchangeAnswer; readonly effect: string } | null

export interface Spoiling {
  readonly target: Pick<FaultTarget, 'job' | 'file'>
  readonly call: FaultedCall
  readonly carryOut: CarryOut
  wait(duration: string): Promise<void>
}

/** In their order on the way of an answer: what is in it, then its bytes, then how these come. */
const order = [
  'duplicate-items',
  'reorder-items',
  'late-completed',
  'wrong-checksum',
  'flip-byte',
  'cut',
  'delay',
  'reset',
] as const satisfies readonly SingleFault['kind'][]

export type Spoiler = Extract<SingleFault, { kind: (typeof order)[number] }>

/** Those that spoil an answer there is, first those that come first on its way. */
export const spoilersAmong = (faults: readonly SingleFault[]): Spoiler[] =>
  faults.filter(isSpoiler).sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind))

function isSpoiler(fault: SingleFault): fault is Spoiler {
  if (fault.kind === 'delay') return fault.when === 'during' || fault.when === 'between'
  if (fault.kind === 'reset') return fault.when === 'during' || fault.when === 'after'
  return order.some((kind) => kind === fault.kind)
}

export const isJsonSpoiler = ({ kind }: SingleFault): boolean =>
  order.slice(0, order.indexOf('flip-byte')).some((one) => one === kind)

export function spoil(
  fault: Spoiler,
  answer: ExchangeAnswer,
  { target, call, carryOut, wait }: Spoiling,
): Spoiled | Promise<Spoiled> {
  switch (fault.kind) {
    case 'duplicate-items':
      return duplicateItems(answer, fault.count ?? 1, call, carryOut)
    case 'reorder-items':
      return reorderItems(answer)
    case 'late-completed':
      return withoutCompleted(answer, target.job)
    case 'wrong-checksum':
      return wrongChecksums(answer, target.file)
    case 'flip-byte':
      return flippedByte(answer, fault.offset)
    case 'cut':
      return cutBody(answer, fault)
    case 'delay':
      return delayedBody(answer, fault, () => wait(fault.for))
    case 'reset':
      return fault.when === 'during' ? resetBody(answer, fault.afterBytes) : resetNext(answer)
  }
}

const resetNext = (answer: ExchangeAnswer): Spoiled => ({
  answer: { ...answer, mishap: { ...answer.mishap, nextRequest: 'reset' } },
  effect: 'will reset the connection when it is used again',
})
