import type { Description } from '../../../openapi/openapi-document.ts'
import { walkTo } from '../../../openapi/schema-walk.ts'
import type { Finding } from '../finding.ts'
import type { Json } from '../json.ts'
import { hasAnswer, type SeenExchange } from '../seen-exchange.ts'
import { blamer, type Disputed } from './blame.ts'
import { compareConversations } from './compare-conversations.ts'
import { compareShapes, type Difference } from './compare-shapes.ts'
import { type DriftFinding, fingerprintOf, generalized, type Pair } from './drift-finding.ts'
import { descriptionPatch, mockPatch } from './patch.ts'
import { type ExchangeReference, referenceTo, shapesOf } from './shapes.ts'

/** What one side said, and what the checks against the description found in it. */
export interface Side {
  readonly exchanges: readonly SeenExchange[]
  readonly findings: readonly Finding[]
}

/** What is compared. A side that is left out was not asked, and is blamed for nothing. */
export interface Sides {
  readonly mock?: Side | undefined
  readonly recording?: Side | undefined
  readonly live?: Side | undefined
}

/** Differences between one side and another, before they are grouped. */
interface Occurrence extends Disputed {
  readonly pair: Pair
  readonly expected: string
  readonly received: string
  readonly message: string
  readonly severity: Finding['severity']
  readonly evidence: readonly ExchangeReference[]
  readonly example: Json | undefined
}

/** All that mock, description, recordings and the live platform disagree on: grouped, blamed, with a patch where possible. */
export function drift(sides: Sides, description: Description): DriftFinding[] {
  const occurrences = [...againstDescription(sides), ...againstEachOther(sides, description)]
  const blame = blamer(disputesByPair(sides, occurrences))
  return grouped(occurrences).map(([fingerprint, group]) => toFinding(fingerprint, group, blame, description))
}

function againstDescription(sides: Sides): Occurrence[] {
  return (['mock', 'recording', 'live'] as const).flatMap((name) => {
    const side = sides[name]
    if (!side) return []
    const bySeq = new Map(
      side.exchanges.map((exchange) => [`${exchange.scenario} ${exchange.seq}`, exchange]),
    )
    return side.findings
      .filter((finding) => finding.class !== 'not-checked')
      .map((finding) =>
        fromFinding(finding, `${name}-description`, bySeq.get(`${finding.scenario} ${finding.seq}`)),
      )
  })
}

function fromFinding(finding: Finding, pair: Pair, exchange: SeenExchange | undefined): Occurrence {
  const { class: kind, operationId, status, side, expected, received, message, severity } = finding
  return {
    pair,
    class: kind,
    operationId,
    status,
    side,
    pointer: generalized(finding.pointer),
    expected,
    received,
    message,
    severity,
    evidence: exchange ? [referenceTo(exchange)] : [],
    example: exchange && exampleAt(exchange, finding),
  }
}

function exampleAt(exchange: SeenExchange, { side, pointer }: Finding): Json | undefined {
  const holder = side === 'request' ? exchange.request : hasAnswer(exchange) ? exchange.response : null
  if (holder?.body.kind !== 'json') return undefined
  return pointer
    .split('/')
    .slice(1)
    .reduce<Json | undefined>((at, step) => {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
      if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
      return (at as Readonly<Record<string, Json>>)[key]
    }, holder.body.value)
}

/** The first is judged by the second, which is nearer to the platform as it is now. */
const compared = [
  ['mock-recording', 'mock', 'recording'],
  ['mock-live', 'mock', 'live'],
  ['recording-live', 'recording', 'live'],
] as const

function againstEachOther(sides: Sides, description: Description): Occurrence[] {
  return compared.flatMap(([pair, judged, judge]) => {
    const [right, left] = [sides[judged], sides[judge]]
    if (!right || !left) return []
    const differences = [
      ...compareShapes(shapesOf(left.exchanges), shapesOf(right.exchanges)),
      ...compareConversations(left.exchanges, right.exchanges),
    ]
    return differences
      .filter(
        (difference) => !isMapKey(difference, description) && !isOfAnotherShape(difference, description),
      )
      .map((difference) => fromDifference(difference, pair, judge, judged))
  })
}

/** Whose keys are ids or names, and so are others on every platform (the API's root, variables of a job). */
function isMapKey({ operationId, status, pointer }: Difference, description: Description): boolean {
  const steps = pointer.split('/').slice(1)
  const walk = walkTo({ operationId, status, side: 'response', pointer }, description)
  const holder = walk?.entered[steps.length - 1]?.schema
  const key = steps.at(-1) ?? ''
  return holder?.additionalProperties !== undefined && !Object.hasOwn(holder.properties ?? {}, key)
}

/**
 * Behind an alternative of the description (one sentence, or messages by field), which a side takes as it is asked: that it
 * was never asked for the other one says nothing. What the same request was told is compared as a conversation.
 */
function isOfAnotherShape(difference: Difference, description: Description): boolean {
  if (difference.class !== 'undocumented-field' && difference.class !== 'missing-field') return false
  const { operationId, status, pointer } = difference
  const walk = walkTo({ operationId, status, side: 'response', pointer }, description)
  const above = walk?.entered.slice(0, pointer.split('/').length - 1) ?? []
  return above.some(({ schema }) => (schema.anyOf ?? []).filter(({ type }) => type !== 'null').length > 1)
}

function fromDifference(difference: Difference, pair: Pair, judge: string, judged: string): Occurrence {
  const { class: kind, operationId, status, left, right, evidence } = difference
  const pointer = generalized(difference.pointer)
  const where = `${operationId} ${status}${pointer && ` ${pointer}`}`
  return {
    pair,
    class: kind,
    operationId,
    status,
    side: 'response',
    pointer,
    expected: left,
    received: right,
    message: `${where}: ${judge} has ${left}, ${judged} has ${right}`,
    severity: kind === 'error-shape' ? 'warning' : 'error',
    evidence,
    example: undefined,
  }
}

/** With an empty list for each pair that was compared and agrees. */
function disputesByPair(sides: Sides, occurrences: readonly Occurrence[]): Map<Pair, Disputed[]> {
  const disputes = new Map<Pair, Disputed[]>()
  for (const name of ['mock', 'recording', 'live'] as const)
    if (sides[name]) disputes.set(`${name}-description`, [])
  for (const [pair, one, other] of compared) if (sides[one] && sides[other]) disputes.set(pair, [])
  for (const occurrence of occurrences) disputes.get(occurrence.pair)?.push(occurrence)
  return disputes
}

function grouped(occurrences: readonly Occurrence[]): [string, Occurrence[]][] {
  const groups = new Map<string, Occurrence[]>()
  for (const occurrence of occurrences) {
    const fingerprint = fingerprintOf(occurrence)
    const group = groups.get(fingerprint) ?? []
    groups.set(fingerprint, group)
    group.push(occurrence)
  }
  return [...groups]
}

/** A report names so many exchanges for one finding. */
const MOST_EVIDENCE = 5

function toFinding(
  fingerprint: string,
  group: readonly Occurrence[],
  blame: ReturnType<typeof blamer>,
  description: Description,
): DriftFinding {
  const [first] = group
  if (!first) throw new Error('a group has at least one occurrence')
  const { example: _, ...occurrence } = first
  const verdict = blame(first.pair, first)
  const evidence = group.flatMap((one) => one.evidence)
  const seen = group.flatMap(({ example }) => (example === undefined ? [] : [example]))
  const subject = {
    ...first,
    examples: [...new Map(seen.map((example) => [JSON.stringify(example), example])).values()],
    date:
      evidence
        .map(({ at }) => at.slice(0, 10))
        .sort()
        .at(-1) ?? '',
  }
  const patch = verdict.culprit === 'mock' ? mockPatch(subject, first.expected) : descriptionPatchFor()
  return {
    ...occurrence,
    fingerprint,
    ...verdict,
    evidence: evidence.slice(0, MOST_EVIDENCE),
    occurrences: group.length,
    patch,
    accepted: null,
  }

  function descriptionPatchFor() {
    return verdict.culprit === 'description' || verdict.culprit === 'platform'
      ? descriptionPatch(subject, description)
      : null
  }
}
