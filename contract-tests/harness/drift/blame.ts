import type { FindingClass } from '../finding.ts'
import type { Culprit, Pair } from './drift-finding.ts'

/** A disagreement at a place, whoever disagrees. */
export interface Disputed {
  readonly operationId: string | null
  readonly status: number | null
  readonly side: 'request' | 'response'
  readonly pointer: string
  readonly class: FindingClass
}

export interface Blame {
  readonly culprit: Culprit
  readonly because: string
}

const placeOf = ({ operationId, status, side, pointer }: Disputed): string =>
  JSON.stringify([operationId, status, side, pointer])

/**
 * Who is probably wrong at a place, from who disagrees with whom there. What the platform did is right by definition;
 * a recording is what it did on a day; the mock and the description are ours.
 */
export function blamer(
  disputes: ReadonlyMap<Pair, readonly Disputed[]>,
): (pair: Pair, at: Disputed) => Blame {
  const pairsAt = new Map<string, Set<Pair>>()
  for (const [pair, all] of disputes) {
    for (const dispute of all) {
      const place = placeOf(dispute)
      pairsAt.set(place, (pairsAt.get(place) ?? new Set()).add(pair))
    }
  }
  return (pair, dispute) => {
    const disagreeing = pairsAt.get(placeOf(dispute)) ?? new Set()
    return verdict(pair, (other) => disagreeing.has(other), disputes)
  }
}

function verdict(pair: Pair, disagree: (pair: Pair) => boolean, compared: ReadonlyMap<Pair, unknown>): Blame {
  switch (pair) {
    case 'mock-description':
      return mockAgainstDescription(disagree, compared)
    case 'live-description':
    case 'recording-description':
      return realAgainstDescription(pair, disagree, compared)
    case 'recording-live':
      return recordingAgainstLive(disagree)
    case 'mock-live':
    case 'mock-recording':
      return mockAgainstReal(pair, disagree, compared)
  }
}

function mockAgainstDescription(
  disagree: (pair: Pair) => boolean,
  compared: ReadonlyMap<Pair, unknown>,
): Blame {
  const real = (['live-description', 'recording-description'] as const).filter((pair) => compared.has(pair))
  if (real.some(disagree))
    return {
      culprit: 'description',
      because: 'the platform differs from the description there, as the mock does',
    }
  return real.length > 0
    ? { culprit: 'mock', because: 'the platform does as described there' }
    : { culprit: 'mock', because: 'the mock is made after the description; the platform was not asked' }
}

function realAgainstDescription(
  pair: Pair,
  disagree: (pair: Pair) => boolean,
  compared: ReadonlyMap<Pair, unknown>,
): Blame {
  if (pair === 'recording-description' && compared.has('live-description') && !disagree('live-description'))
    return {
      culprit: 'recording',
      because: 'the live platform does as described: the recording is out of date',
    }
  if (disagree('recording-live'))
    return { culprit: 'platform', because: 'the recording is as described: the platform has changed since' }
  return compared.has('mock-description') && !disagree('mock-description')
    ? { culprit: 'description', because: 'the platform does otherwise; the mock follows the description' }
    : { culprit: 'description', because: 'the platform does otherwise' }
}

function recordingAgainstLive(disagree: (pair: Pair) => boolean): Blame {
  return disagree('recording-description')
    ? {
        culprit: 'recording',
        because: 'neither the description nor the live platform agrees with it any more',
      }
    : { culprit: 'platform', because: 'it answers otherwise than when it was recorded' }
}

function mockAgainstReal(
  pair: Pair,
  disagree: (pair: Pair) => boolean,
  compared: ReadonlyMap<Pair, unknown>,
): Blame {
  if (pair === 'mock-recording' && compared.has('mock-live') && !disagree('mock-live'))
    return { culprit: 'recording', because: 'the live platform does as the mock does' }
  return disagree('live-description') || disagree('recording-description')
    ? { culprit: 'description', because: 'the mock follows the description, and the platform does not' }
    : {
        culprit: 'mock',
        because: 'the platform does otherwise, and the description does not speak against it',
      }
}
