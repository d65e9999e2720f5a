import type { StoredExchange } from '../recording/stored-exchange.ts'
import type { Comparison, FieldVerdict } from './compare-requests.ts'

/** A recorded exchange beside a request that was made. */
export interface Candidate {
  readonly exchange: StoredExchange
  readonly comparison: Comparison
  /** It was given as an answer before. */
  readonly used: boolean
  /** It was recorded after this change, which was not made yet. */
  readonly waitsFor: StoredExchange | undefined
}

const NEAREST = 3
const LONGEST_VALUE = 60

/** A request that no recorded exchange answers. The message holds no value that a recording would not hold. */
export class MissError extends Error {
  override readonly name = 'ReplayMissError'
  readonly nearest: readonly Candidate[]
  /** The one thing to do about it. */
  readonly suggestion: string

  constructor(message: string, nearest: readonly Candidate[], suggestion: string) {
    super(message)
    this.nearest = nearest
    this.suggestion = suggestion
  }
}

/** Recorded exchanges that nobody asked for. */
export class LeftoversError extends Error {
  override readonly name = 'ReplayLeftoversError'
  readonly leftovers: readonly StoredExchange[]

  constructor(scenario: string, leftovers: readonly StoredExchange[], answered: number) {
    const list = leftovers.map((exchange) => `  exchange ${exchange.seq}: ${titleOf(exchange)}`).join('\n')
    super(
      `${scenario}: ${answered} exchanges were replayed, ${leftovers.length} recorded ones were never asked for:\n${list}\n${recordAgain(scenario)}`,
    )
    this.leftovers = leftovers
  }
}

interface MissFacts {
  readonly scenario: string
  readonly request: string
  readonly candidates: readonly Candidate[]
  readonly descriptionChanged: boolean
  readonly recordedTwice: boolean
}

export function describeMiss(facts: MissFacts): MissError {
  const nearest = [...facts.candidates].sort(byDistance).slice(0, NEAREST)
  const suggestion = suggestionFor(facts, nearest)
  const lines = [
    `${facts.scenario}: nothing was recorded for ${facts.request}`,
    ...nearest.flatMap((candidate, index) => describe(candidate, index + 1)),
    `→ ${suggestion}`,
  ]
  return new MissError(lines.join('\n'), nearest, suggestion)
}

const byDistance = (one: Candidate, other: Candidate): number =>
  one.comparison.distance - other.comparison.distance ||
  Number(one.used) - Number(other.used) ||
  one.exchange.seq - other.exchange.seq

function describe({ exchange, comparison, used, waitsFor }: Candidate, rank: number): string[] {
  const state = used
    ? ', already used'
    : waitsFor
      ? `, recorded after exchange ${waitsFor.seq} (${titleOf(waitsFor)}), which was not asked for yet`
      : ''
  const fields = comparison.fields.filter(({ verdict }) => verdict !== 'volatile')
  const wrong = fields.filter(({ verdict }) => verdict !== 'same')
  const same = partsThatAreTheSame(fields)
  return [
    `  ${rank}. exchange ${exchange.seq}: ${titleOf(exchange)}${state}`,
    ...(same.length > 0 ? [`     ✓ ${same.join(', ')}`] : []),
    ...wrong.map((field) => `     ✗ ${field.place}: ${verdictText(field)}`),
  ]
}

/** `path`, `query` and so on, where all of it is the same. */
function partsThatAreTheSame(fields: readonly FieldVerdict[]): string[] {
  const parts = new Map<string, boolean>()
  for (const { place, verdict } of fields) {
    const part = place.split(' ', 1)[0] ?? place
    parts.set(part, (parts.get(part) ?? true) && verdict === 'same')
  }
  return [...parts].filter(([, same]) => same).map(([part]) => part)
}

function verdictText({ verdict, recorded = '', received = '' }: FieldVerdict): string {
  if (verdict === 'missing') return `recorded ${short(recorded)}, not sent`
  if (verdict === 'unexpected') return `not recorded, sent ${short(received)}`
  return `recorded ${short(recorded)}, sent ${short(received)}`
}

const short = (leaf: string): string =>
  leaf.length > LONGEST_VALUE ? `${leaf.slice(0, LONGEST_VALUE)}…` : leaf

function suggestionFor(facts: MissFacts, [first]: readonly Candidate[]): string {
  const { scenario, descriptionChanged, recordedTwice } = facts
  if (!first) return `The recording is empty. ${recordAgain(scenario)}`
  if (first.comparison.distance === 0 && first.used) {
    return `It was recorded fewer times than it is asked now. Ask less often, or ${lower(recordAgain(scenario))}`
  }
  if (first.comparison.distance === 0 && first.waitsFor) {
    return `Ask in the order in which it was recorded: exchange ${first.waitsFor.seq} comes first.`
  }
  if (descriptionChanged) {
    return `The description has changed since it was recorded, and may name leaves differently now. ${recordAgain(scenario)}`
  }
  if (!recordedTwice && onlyValuesDiffer(first)) {
    return `If that value is another one each time, let the recorder learn it by recording twice: localscale contract run --target live --record --only ${scenario}`
  }
  return recordAgain(scenario)
}

const onlyValuesDiffer = ({ comparison }: Candidate): boolean =>
  comparison.fields.every(
    ({ verdict }) => verdict === 'same' || verdict === 'volatile' || verdict === 'different',
  )

const recordAgain = (scenario: string): string =>
  `Record it again: localscale contract run --target live --record --only ${scenario}`

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

export const titleOf = ({ request, response }: StoredExchange): string =>
  `${request.method} ${request.url} → ${'failure' in response ? response.failure : response.status}`
