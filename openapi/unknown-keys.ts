import { escaped, unescaped } from './json-pointer.ts'
import type { SchemaError, Validator } from './validator.ts'

/** No schema that says anything of a key allows all of these. */
const odd: readonly unknown[] = [null, 0.5, '\u0000', true, [[]], { '\u0000': 0 }]

/**
 * Pointers of keys that a value holds and no schema mentions, where the value is wrong besides. The closed validator
 * cannot tell them: of an object that does not fit, it calls every key unknown. A key is mentioned where it matters to
 * the open validator what stands there.
 */
export function unknownBesides(
  value: unknown,
  { open, closed }: { readonly open: Validator; readonly closed: Validator },
): Map<string, SchemaError> {
  closed(value)
  const candidates = new Map<string, SchemaError>()
  for (const error of closed.errors ?? []) {
    const key = error.params.unevaluatedProperty
    if (typeof key === 'string') candidates.set(`${error.instancePath}/${escaped(key)}`, error)
  }
  for (const pointer of mentioned(value, [...candidates.keys()], open)) candidates.delete(pointer)
  return candidates
}

/** Those of the pointers where something odd is noticed. Level by level: what stands below an odd value is gone. */
function mentioned(value: unknown, pointers: readonly string[], open: Validator): Set<string> {
  const known = new Set<string>()
  for (const [depth, level] of byDepth(pointers)) {
    for (const strange of odd) {
      const probe = structuredClone(value)
      for (const pointer of level) put(probe, pointer, strange)
      if (open(probe)) continue
      const noticed = new Set((open.errors ?? []).map(({ instancePath }) => upTo(depth, instancePath)))
      for (const pointer of level) if (noticed.has(pointer)) known.add(pointer)
    }
  }
  return known
}

function byDepth(pointers: readonly string[]): Map<number, string[]> {
  const levels = new Map<number, string[]>()
  for (const pointer of pointers) {
    const depth = pointer.split('/').length
    const level = levels.get(depth)
    if (level) level.push(pointer)
    else levels.set(depth, [pointer])
  }
  return levels
}

const upTo = (depth: number, pointer: string): string => pointer.split('/').slice(0, depth).join('/')

function put(value: unknown, pointer: string, replacement: unknown): void {
  const steps = pointer.split('/').slice(1).map(unescaped)
  const last = steps.pop() ?? ''
  let current = value
  for (const step of steps) current = (current as Record<string, unknown>)[step]
  // Not by assignment, which means something else for `__proto__`.
  Object.defineProperty(current, last, {
    value: replacement,
    enumerable: true,
    configurable: true,
    writable: true,
  })
}
