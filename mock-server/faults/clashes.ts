import type { SingleFault } from './fault.ts'
import { isJsonSpoiler } from './spoilers.ts'

/** Faults that act together. Ours; more than there are places in an answer. */
export const MOST_TOGETHER = 10

/** Why faults cannot act together on one request, in words. */
export function clashes(faults: readonly SingleFault[]): readonly string[] {
  if (faults.length < 2 || faults.length > MOST_TOGETHER)
    return [`From 2 to ${MOST_TOGETHER} faults act together.`]
  return faults.flatMap((one, place) => faults.slice(place + 1).flatMap((other) => clash(one, other) ?? []))
}

function clash(one: SingleFault, other: SingleFault): string | null {
  return isTwice(one, other) ?? clashOf(one, other) ?? clashOf(other, one)
}

/** Only what happens at different places can happen twice. */
function isTwice(one: SingleFault, other: SingleFault): string | null {
  if (one.kind !== other.kind) return null
  if (one.kind === 'flip-byte' && other.kind === 'flip-byte' && one.offset !== other.offset) return null
  if (one.kind === 'delay' && other.kind === 'delay' && one.when !== other.when) return null
  return `${named(one)} cannot happen twice.`
}

function clashOf(one: SingleFault, other: SingleFault): string | null {
  const because = (why: string): string => `${named(one)} and ${named(other)}: ${why}`
  if (one.kind === 'none') return because('none lets a request pass.')
  if (hasNoAnswer(one) && !mayMeetNoAnswer(other)) return because('there is no answer that could be spoilt.')
  if (answersItself(one) && readsAnswer(other))
    return because('what the platform would have answered is not sent.')
  if (endsBody(one) && endsBody(other)) return because('a body ends once.')
  if (one.kind === 'reset' && one.when === 'after' && isLyingCut(other))
    return because('the connection ends with the body, and is not used again.')
  return null
}

const named = (fault: SingleFault): string => ('when' in fault ? `${fault.kind} ${fault.when}` : fault.kind)

const hasNoAnswer = (fault: SingleFault): boolean =>
  fault.kind === 'reset' && (fault.when === 'before' || fault.when === 'unanswered')

const mayMeetNoAnswer = (fault: SingleFault): boolean =>
  fault.kind === 'delay' && (fault.when === 'before' || fault.when === 'unanswered')

const answersItself = ({ kind }: SingleFault): boolean => kind === 'status' || kind === 'expired-key'

const readsAnswer = (fault: SingleFault): boolean =>
  answersItself(fault) || fault.kind === 'ignore-range' || isJsonSpoiler(fault)

const endsBody = (fault: SingleFault): boolean =>
  fault.kind === 'cut' || (fault.kind === 'reset' && fault.when === 'during')

const isLyingCut = (fault: SingleFault): boolean => fault.kind === 'cut' && fault.contentLength !== 'honest'
