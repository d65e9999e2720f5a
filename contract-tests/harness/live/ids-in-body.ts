import type { OperationId } from '../../../openapi/generated/routes.ts'
import type { Json } from '../json.ts'
import type { DescribedBodies } from '../naming/described-bodies.ts'
import { identifierFields } from '../naming/leaf-kinds.ts'

export interface IdInBody {
  /** `job`, `file`, `project` …; null where the description does not know the field, but its name says that it is an id. */
  readonly type: string | null
  readonly id: string
  readonly pointer: string
}

const LOOKS_LIKE_ID = /(?:^|[_-]|[a-z])(?:id|ids|Id|Ids|ID)$/

/** Every identifier that a request's body mentions, by the description and, beyond it, by what fields are called. */
export function idsInBody(bodies: DescribedBodies, operationId: OperationId, body: Json): IdInBody[] {
  const found: IdInBody[] = []
  bodies.shapes.map(bodies.request(operationId), body, {
    key: (key) => key,
    leaf(value, { kind, pointer }) {
      if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return value
      const type = kind?.startsWith('id:') ? kind.slice('id:'.length) : null
      const field =
        pointer
          .replace(/(?:\/\d+)+$/, '')
          .split('/')
          .at(-1) ?? ''
      if (type !== null || (kind !== 'public' && (LOOKS_LIKE_ID.test(field) || identifierFields.has(field))))
        found.push({ type, id: String(value), pointer })
      return value
    },
  })
  return found
}

/** Whether a JSON text says something twice: then two readers may read two different things. */
export function hasDuplicateKeys(text: string): boolean {
  const open: Set<string>[] = []
  // Strings, and what opens and closes an object; everything else is of no interest.
  for (const [match, key] of text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:|"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (match === '{') open.push(new Set())
    else if (match === '}') open.pop()
    else if (key !== undefined) {
      const plain = JSON.parse(`"${key}"`) as string
      if (open.at(-1)?.has(plain)) return true
      open.at(-1)?.add(plain)
    }
  }
  return false
}
