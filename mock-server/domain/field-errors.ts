import { type FieldErrors, refuse } from './refusal.ts'

/** Texts of Django REST framework, for checks that need to know the platform. */
export const messages = {
  required: 'This field is required.',
  blank: 'This field may not be blank.',
  emptyList: 'This list may not be empty.',
  noSuchPk: (id: string) => `Invalid pk "${id}" - object does not exist.`,
  noSuchCode: (code: string) => `Object with code=${code} does not exist.`,
  atLeast: (limit: number) => `Ensure this value is greater than or equal to ${limit}.`,
  atMost: (limit: number) => `Ensure this value is less than or equal to ${limit}.`,
  greaterThan: (limit: number) => `Ensure this value is greater than ${limit}.`,
  integer: 'A valid integer is required.',
  /** Seen as it stands, on a version's display name in place of its code. */
  noSuchVersion: 'The specified version is not available.',
} as const

type Found = { [field: string]: string[] | Found | Found[] }

/** Collects messages at their positions. */
export class ErrorCollector {
  readonly #found: Found = {}

  /** `path` is fields and list positions, as in `['jobanalyses', 0, 'hardware', 'slots']`. */
  add(path: readonly [string, ...(string | number)[]], message: string): void {
    const last = path.length - 1
    let place: Found = this.#found
    path.forEach((key, index) => {
      if (typeof key === 'number') return
      const position = path[index + 1]
      if (index === last) place[key] = [...((place[key] as string[] | undefined) ?? []), message]
      else if (typeof position === 'number') place = entryOf(place, key, position)
      else place = objectOf(place, key)
    })
  }

  refuseIfAny(): void {
    if (Object.keys(this.#found).length > 0) refuse({ kind: 'invalid', errors: this.#found as FieldErrors })
  }
}

function objectOf(place: Found, key: string): Found {
  const known = place[key]
  if (known && !Array.isArray(known)) return known
  const made: Found = {}
  place[key] = made
  return made
}

/** Lists are positional: entries without errors are `{}`. */
function entryOf(place: Found, key: string, position: number): Found {
  const list = (Array.isArray(place[key]) ? place[key] : []) as Found[]
  while (list.length <= position) list.push({})
  place[key] = list
  return list[position] ?? {}
}
