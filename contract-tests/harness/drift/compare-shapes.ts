import type { FindingClass } from '../finding.ts'
import { type BodyShape, type ExchangeReference, parentOf, type Shape, type ShapeTable } from './shapes.ts'

/** One way in which two sides differ. `left` is the one to be believed: live before recording before mock. */
export interface Difference {
  readonly class: FindingClass
  readonly operationId: string
  readonly status: number
  readonly pointer: string
  /** On the believed side, in words; what a report shows as expected. */
  readonly left: string
  readonly right: string
  readonly evidence: readonly ExchangeReference[]
}

/** Only what both sides were seen to answer is compared: what one never answered says nothing. */
export function compareShapes(left: ShapeTable, right: ShapeTable): Difference[] {
  return [...left].flatMap(([key, one]) => {
    const other = right.get(key)
    return other ? compareBodies(one, other) : []
  })
}

function compareBodies(left: BodyShape, right: BodyShape): Difference[] {
  const pointers = new Set([...left.fields.keys(), ...right.fields.keys()])
  return [...pointers].sort().flatMap((pointer) => compareFields(pointer, left, right))
}

function compareFields(pointer: string, left: BodyShape, right: BodyShape): Difference[] {
  const one = left.fields.get(pointer)
  const other = right.fields.get(pointer)
  const about = { operationId: left.operationId, status: left.status, pointer }
  if (one && other) return compareValues(one, other, about)
  // Below a list that was empty, or an object that was null, there is nothing to compare.
  if (!one) return other && hasPlace(pointer, left) ? [surplus(other, about)] : []
  return hasPlace(pointer, right) ? [missing(one, about)] : []
}

type About = Pick<Difference, 'operationId' | 'status' | 'pointer'>

function hasPlace(pointer: string, body: BodyShape): boolean {
  const parent = parentOf(pointer)
  return parent !== null && !pointer.endsWith('/*') && (body.fields.get(parent)?.objects ?? 0) > 0
}

const surplus = (shape: Shape, about: About): Difference => ({
  ...about,
  class: 'undocumented-field',
  left: 'no such field',
  right: described(shape),
  evidence: [shape.evidence],
})

const missing = (shape: Shape, about: About): Difference => ({
  ...about,
  class: 'missing-field',
  left: described(shape),
  right: 'no such field',
  evidence: [shape.evidence],
})

function compareValues(one: Shape, other: Shape, about: About): Difference[] {
  const evidence = [one.evidence, other.evidence]
  const differences: Difference[] = []
  const [types, otherTypes] = [jsonTypes(one), jsonTypes(other)]
  if (disjoint(types, otherTypes) && !types.has('null') && !otherTypes.has('null')) {
    differences.push({ ...about, class: 'type', left: listed(types), right: listed(otherTypes), evidence })
  }
  const [classes, otherClasses] = [written(one), written(other)]
  if (classes.size > 0 && otherClasses.size > 0 && disjoint(classes, otherClasses)) {
    differences.push({
      ...about,
      class: 'format-class',
      left: listed(classes),
      right: listed(otherClasses),
      evidence,
    })
  }
  return differences
}

/**
 * How texts with a format of their own are written. What recordings put for addresses and names of people has none, so
 * that nothing can be said of those. Fraction digits that are zero are left out by Django: no other format.
 */
const written = ({ classes }: Shape): ReadonlySet<string> => {
  const all = [...classes].filter((name) => name !== 'empty')
  const isFormat = all.every((name) => /^(date|uuid|sha512)/.test(name))
  return new Set(isFormat ? all.map((name) => name.replace('date-time.f', 'date-time')) : [])
}

/** An integer is a number that happens to have no fraction. */
const jsonTypes = ({ types }: Shape): ReadonlySet<string> =>
  new Set([...types].map((type) => (type === 'integer' ? 'number' : type)))

const disjoint = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  [...one].every((name) => !other.has(name))

const listed = (names: ReadonlySet<string>): string => [...names].sort().join(' or ')

const described = (shape: Shape): string =>
  [listed(jsonTypes(shape)), [...shape.classes].filter((name) => name !== 'text').join(' or ')]
    .filter(Boolean)
    .join(', ')
