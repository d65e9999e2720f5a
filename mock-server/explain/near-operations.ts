import { type OperationId, routes } from '../../openapi/generated/routes.ts'
import type { Route, Segment } from '../../openapi/route.ts'
import type { NearOperation } from '../exchange/why.ts'
import { editDistance } from './edit-distance.ts'

/** Operations that are named at most. */
const MOST_NAMED = 3

/** Longer words are no misspellings of ours. Characters. */
const LONGEST_WORD = 40

/** Above this, a path has nothing to do with an operation's. */
const FARTHEST = 1.5

/** The operations whose paths are most like this one, the nearest first, each with what differs. */
export function nearOperations(method: string, path: string): NearOperation[] {
  const words = wordsOf(path)
  return routes
    .map((route) => ({ route, ...distance(words, route.segments) }))
    .map((near) => ({ ...near, cost: near.cost + (near.route.method === method ? 0 : 0.25) }))
    .filter(({ cost }) => cost <= FARTHEST)
    .sort((one, other) => one.cost - other.cost)
    .slice(0, MOST_NAMED)
    .map(({ route, differences }) => nearOperation(route, method, differences))
}

/** The operations at exactly this path, whatever their method. */
export function operationsAt(method: string, path: string): NearOperation[] {
  const words = wordsOf(path)
  return routes
    .filter((route) => distance(words, route.segments).cost === 0)
    .map((route) => nearOperation(route, method, []))
}

/** An operation as it is named to people. */
export const nameOf = ({ method, path }: Pick<NearOperation, 'method' | 'path'>): string =>
  `${method} ${path}`

function nearOperation(
  { operationId, method, path }: Route<OperationId>,
  asked: string,
  differences: readonly string[],
): NearOperation {
  const other = method === (asked === 'HEAD' ? 'GET' : asked) ? [] : [`its method is ${method}`]
  return { operationId, method, path, whyNot: [...differences, ...other].join(', ') }
}

const wordsOf = (path: string): string[] => path.split('/').filter(Boolean)

interface Distance {
  readonly cost: number
  readonly differences: readonly string[]
}

/** Segment by segment; parameters take anything. */
function distance(words: readonly string[], segments: readonly Segment[]): Distance {
  const wildcard = segments.findIndex((segment) => typeof segment !== 'string' && segment.wildcard)
  const given = wildcard < 0 ? words : [...words.slice(0, wildcard), ...words.slice(wildcard, wildcard + 1)]
  const pairs = Array.from({ length: Math.max(given.length, segments.length) }, (_, index) =>
    difference(given[index], segments[index]),
  )
  return {
    cost: pairs.reduce((sum, { cost }) => sum + cost, 0),
    differences: pairs.flatMap(({ text }) => text ?? []),
  }
}

function difference(word: string | undefined, segment: Segment | undefined): { cost: number; text?: string } {
  if (segment === undefined) return { cost: 1, text: `"${short(word)}" is too much` }
  if (word === undefined) return { cost: 1, text: `${spelled(segment)} is missing` }
  if (typeof segment !== 'string' || segment === word) return { cost: 0 }
  const cost = misspelling(word, segment)
  return { cost, text: `it says "${segment}", not "${short(word)}"` }
}

const spelled = (segment: Segment): string =>
  typeof segment === 'string' ? `"${segment}"` : `{${segment.parameter}}`

const short = (word = ''): string => (word.length > LONGEST_WORD ? `${word.slice(0, LONGEST_WORD)}...` : word)

/** From 0, the same, to 1, another word. */
function misspelling(word: string, segment: string): number {
  if (word.length > LONGEST_WORD) return 1
  const edits = editDistance(word.toLowerCase(), segment.toLowerCase())
  return edits > Math.max(word.length, segment.length) / 2 ? 1 : 0.25 + edits / (2 * segment.length)
}
