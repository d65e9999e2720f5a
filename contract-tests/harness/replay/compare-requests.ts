import { readTemplate, type TemplatePart } from '../naming/tokens.ts'
import type { Flat } from '../recording/flat-exchange.ts'
import { generalPlace } from '../recording/volatility.ts'

/** How one place of a request compares with what was recorded there. */
export interface FieldVerdict {
  /** `method`, `path 4`, `query page`, `header range`, `body /name`. */
  readonly place: string
  readonly verdict: 'same' | 'volatile' | 'different' | 'missing' | 'unexpected'
  readonly recorded?: string
  readonly received?: string
}

/** A request beside a recorded one. */
export interface Comparison {
  readonly fields: readonly FieldVerdict[]
  /** 0 when it matches; the heavier the places that differ, the greater. */
  readonly distance: number
  /** What names must stand for so that it matches: recorded name to the name of what was sent. */
  readonly bindings: ReadonlyMap<string, string>
}

export interface CompareRules {
  /** Whether a place was different when the same story was recorded twice. */
  isVolatile(place: string): boolean
  /** Whether a recorded name may stand for something that was sent just now for the first time. */
  mayBind(recorded: string, received: string): boolean
}

const weights: readonly (readonly [RegExp, number])[] = [
  [/^(?:method|caller)$/, 8],
  [/^path /, 6],
  [/^query /, 3],
  [/^header /, 2],
]

const weightOf = (place: string): number => weights.find(([pattern]) => pattern.test(place))?.[1] ?? 1

export function compareRequests(recorded: Flat, received: Flat, rules: CompareRules): Comparison {
  const bindings = new Map<string, string>()
  const laid = laidBeside(recorded, received, rules, bindings)
  const places = new Set([...recorded.keys(), ...laid.keys()])
  const fields = [...places].map((place) => {
    const [wanted, given] = [recorded.get(place), laid.get(place)]
    return compareField(place, wanted, given, rules, bindings)
  })
  const wrong = fields.filter(({ verdict }) => verdict !== 'same' && verdict !== 'volatile')
  return { fields, distance: wrong.reduce((sum, { place }) => sum + weightOf(place), 0), bindings }
}

/** Keys may be named too (an address as a key): such places are brought to the names that were recorded. */
function laidBeside(
  recorded: Flat,
  received: Flat,
  rules: CompareRules,
  bindings: Map<string, string>,
): Flat {
  const open = [...recorded.keys()].filter((place) => place.includes('{') && !received.has(place))
  if (open.length === 0) return received
  const laid: Flat = new Map()
  for (const [place, leaf] of received) {
    const at = recorded.has(place) ? -1 : open.findIndex((wanted) => unify(wanted, place, rules, bindings))
    const [named] = at < 0 ? [] : open.splice(at, 1)
    laid.set(named ?? place, leaf)
  }
  return laid
}

function compareField(
  place: string,
  recorded: string | undefined,
  received: string | undefined,
  rules: CompareRules,
  bindings: Map<string, string>,
): FieldVerdict {
  if (rules.isVolatile(generalPlace(place))) return { place, verdict: 'volatile' }
  if (recorded === undefined)
    return { place, verdict: 'unexpected', ...(received !== undefined && { received }) }
  if (received === undefined) return { place, verdict: 'missing', recorded }
  if (unify(recorded, received, rules, bindings)) return { place, verdict: 'same' }
  return { place, verdict: 'different', recorded, received }
}

/** Equal, once recorded names that are still open are taken to stand for what was sent. */
function unify(
  recorded: string,
  received: string,
  rules: CompareRules,
  bindings: Map<string, string>,
): boolean {
  if (recorded === received) return true
  const [left, right] = [readTemplate(recorded), readTemplate(received)]
  if (left.length !== right.length) return false
  return left.every((part, index) => samePart(part, right[index] ?? '', rules, bindings))
}

function samePart(
  left: TemplatePart,
  right: TemplatePart,
  rules: CompareRules,
  bindings: Map<string, string>,
): boolean {
  if (typeof left === 'string' || typeof right === 'string') return left === right
  if (left.name === right.name) return true
  const bound = bindings.get(left.name)
  if (bound !== undefined) return bound === right.name
  if (!rules.mayBind(left.name, right.name)) return false
  bindings.set(left.name, right.name)
  return true
}
