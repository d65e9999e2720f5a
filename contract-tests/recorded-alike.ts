import type { Cassette } from './harness/recording/cassette.ts'
import type { StoredExchange } from './harness/recording/stored-exchange.ts'
import { learnVolatility, type VolatileLeaf } from './harness/recording/volatility.ts'
import { polledOperations } from './harness/replay/polled-operations.ts'

/**
 * What the second of two recordings of one scenario says otherwise than the first, but for what the first knows to be
 * volatile. How often something is polled depends on chance, and so do lengths, which change with the mark of the run.
 */
export function toldOtherwise(committed: Cassette, fresh: Cassette): string[] {
  const known = new Set(committed.volatile.map(placeOf))
  const leaves = learnVolatility(committed.exchanges, fresh.exchanges)
    .filter((leaf) => !known.has(placeOf(leaf)) && !changesWithTheRun(leaf))
    .map((leaf) => `${placeOf(leaf)}: another ${leaf.differs}`)
  const [was, is] = [askedIn(committed), askedIn(fresh)]
  const at = was.findIndex((one, index) => one !== is[index])
  const place = at < 0 && is.length > was.length ? was.length : at
  return place < 0 ? leaves : [...leaves, `step ${place}: ${was[place]} before, ${is[place]} now`]
}

const placeOf = ({ operationId, side, status, place }: VolatileLeaf): string =>
  `${operationId} ${side} ${status ?? ''} ${place}`

/** Whether a value may be another one each time, though two tellings had the same by chance. */
const changesWithTheRun = ({ side, place, differs }: VolatileLeaf): boolean =>
  side === 'response' &&
  (place === 'header content-length' ||
    (differs === 'value' && /^body \S*\/(?:lines\/\*|decryptedSize|outputFileSize|date\w*)$/.test(place)))

/** What was asked, and how it was answered, in order; polls apart. */
const askedIn = ({ exchanges }: Cassette): string[] =>
  exchanges.filter(({ operationId }) => !polledOperations.has(operationId)).map(asked)

function asked({ operationId, caller, request, response }: StoredExchange): string {
  const answer = 'failure' in response ? response.failure : response.status
  return `${operationId ?? request.url} as ${caller}: ${answer}`
}
