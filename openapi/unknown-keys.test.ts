import fc from 'fast-check'
import { expect, it } from 'vitest'
import { validators as closed } from './generated/validators-closed.js'
import { validators as open } from './generated/validators-open.js'
import { jsonBodies } from './testing/description.ts'
import { unknownBesides } from './unknown-keys.ts'

type Place = readonly (string | number)[]

const pointerOf = (place: Place): string =>
  place.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Every place of a value, the whole first. */
function places(value: unknown, here: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [here]
  const below = Object.entries(value).flatMap(([key, item]) =>
    places(item, [...here, Array.isArray(value) ? Number(key) : key]),
  )
  return [here, ...below]
}

function at(value: unknown, place: Place): unknown {
  return place.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown>)[step], value)
}

const isLeaf = (value: unknown): boolean => typeof value !== 'object' || value === null

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** In an error, any key may be the name of a field: what is unknown in it depends on what it is taken for. */
const isError = (place: string): boolean => /^\S+ [45]/.test(place)

const examples = jsonBodies
  .filter(({ place }) => !isError(place))
  .flatMap(({ place, examples: given }) => {
    const [described, undescribed] = [open[place], closed[place]]
    if (!described || !undescribed) throw new Error(`no validator is called ${place}`)
    return given.map(([, value]) => ({ value, validators: { open: described, closed: undescribed } }))
  })

it('are told where something else is wrong with the body, and nothing that is described is', () => {
  let told = 0
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.nat(), fc.nat(), ({ value, validators }, one, other) => {
      const body = structuredClone(value)
      const objects = places(body).filter((place) => isObject(at(body, place)))
      const where = objects[one % Math.max(1, objects.length)] ?? []
      const leaves = places(body).filter((place) => place.length > 0 && isLeaf(at(body, place)))
      const leaf = leaves[other % Math.max(1, leaves.length)]
      if (!isObject(at(body, where)) || !leaf) return
      const stranger = at(body, where) as Record<string, unknown>
      stranger['not described'] = 1
      // Some objects are maps: any key is one of theirs.
      const isUnknown = validators.open(body) && !validators.closed(body)
      const parent = at(body, leaf.slice(0, -1)) as Record<string | number, unknown>
      parent[leaf.at(-1) ?? ''] = [[]]
      if (validators.open(body)) return
      told += 1
      const expected = isUnknown ? [pointerOf([...where, 'not described'])] : []
      expect([...unknownBesides(body, validators).keys()]).toEqual(expected)
    }),
    { numRuns: 1_000 },
  )
  expect(told).toBeGreaterThan(300)
})
