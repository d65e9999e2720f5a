import { isList, isObject, type Json } from '../json.ts'

/** What stands at a key called `id`, wherever it is. */
export function* idsIn(value: Json): Generator<string> {
  if (isList(value)) for (const item of value) yield* idsIn(item)
  if (!isObject(value)) return
  for (const [key, member] of Object.entries(value)) {
    if (key === 'id' && typeof member === 'string') yield member
    yield* idsIn(member)
  }
}
