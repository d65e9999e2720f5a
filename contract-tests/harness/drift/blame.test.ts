import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { blamer, type Disputed } from './blame.ts'
import { type Culprit, type Pair, pairs } from './drift-finding.ts'

const page = readFileSync(new URL('../../../docs/drift.md', import.meta.url), 'utf8')

/** The rows of the page's table, in its order. */
const rows = [...page.matchAll(/^\| ([^|]+) \| (the [^|]+) \|$/gm)].map(([, who, wrong]) => [who, wrong])

const at: Disputed = {
  operationId: 'getJob',
  status: 200,
  side: 'response',
  pointer: '/owner',
  class: 'type',
}

/** Who is blamed where one pair disagrees and, of those compared, these others do as well. */
function culprit(pair: Pair, others: readonly Pair[], compared: readonly Pair[]): Culprit {
  const disputes = new Map(
    compared.map((one) => [one, one === pair || others.includes(one) ? [at] : []] as const),
  )
  return blamer(disputes)(pair, at).culprit
}

const withoutLive = pairs.filter((pair) => !pair.includes('live'))
const onlyMock: readonly Pair[] = ['mock-description']
const said: Readonly<Record<string, Culprit>> = {
  'the mock': 'mock',
  'the description': 'description',
  'the platform has changed': 'platform',
  'the recording is out of date': 'recording',
}

/** What each row says, as what disagrees. */
const meant: Readonly<Record<string, readonly (readonly [Pair, readonly Pair[], readonly Pair[]])[]>> = {
  'mock and description; the platform does as described, or was not asked': [
    ['mock-description', [], onlyMock],
    ['mock-description', ['mock-recording'], withoutLive],
    ['mock-description', ['mock-live', 'mock-recording'], pairs],
  ],
  'mock and description; the platform differs from the description, too': [
    ['mock-description', ['recording-description'], withoutLive],
    ['mock-description', ['live-description'], pairs],
  ],
  'platform and description; the recording was as described': [
    ['live-description', ['mock-live', 'recording-live'], pairs],
    ['recording-live', ['live-description', 'mock-live'], pairs],
  ],
  'platform and description': [
    ['live-description', ['recording-description', 'mock-live', 'mock-recording'], pairs],
    ['recording-description', ['mock-recording'], withoutLive],
  ],
  'recording and description; the live platform does as described': [
    ['recording-description', ['recording-live', 'mock-recording'], pairs],
    ['mock-recording', ['recording-description', 'recording-live'], pairs],
  ],
  'mock and platform (or recording); the description speaks for neither': [
    ['mock-live', ['mock-recording'], pairs],
    ['mock-recording', [], withoutLive],
  ],
}

describe('who is probably wrong', () => {
  it('is told by the page for as many cases as are known', () => {
    expect(rows.map(([who]) => who)).toEqual(Object.keys(meant))
  })

  it.each(rows)('%s: %s', (who = '', wrong = '') => {
    const cases = meant[who] ?? []
    expect(cases.map(([pair, others, compared]) => culprit(pair, others, compared))).toEqual(
      cases.map(() => said[wrong]),
    )
  })
})
