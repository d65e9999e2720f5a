import { createHash } from 'node:crypto'
import { type NameEntry, Names, partsOf } from './names.ts'

/**
 * The value that stands for a name on replay: of the recorded shape, the same for the same name, and no one's.
 * Names of one recording get different values.
 */
export function madeUpValue(name: string, { like, value }: NameEntry): string | number {
  if (value !== undefined) return value
  const { type } = partsOf(name)
  if (type === 'email') return `${name.replace('#', '-')}@redacted.example`
  if (type === 'number' && typeof like === 'string') return Number(digitsLike(name, like))
  if (typeof like === 'number') return ofLength(name, like)
  return like.replace(/[aA9]/g, pick(name))
}

/** Names that a recording keeps, bound to what stands for them. */
export function madeUpNames(entries: Readonly<Record<string, NameEntry>>): Names {
  const names = new Names()
  for (const [name, entry] of Object.entries(entries)) names.bind(name, madeUpValue(name, entry))
  return names
}

/** Long enough to tell names apart where the value was: a shorter text could not have been many things anyway. */
function ofLength(name: string, length: number): string {
  const label = `withheld-${name.replace('#', '-')}`
  return length <= label.length ? label : label.padEnd(length, '.')
}

function digitsLike(name: string, like: string): string {
  const digits = like.replace(/9/g, pick(name))
  // A leading zero would make it a shorter number.
  return digits.replace(/^(-?)0(?=\d)/, '$11')
}

const letters = 'abcdefghijklmnopqrstuvwxyz'

function pick(name: string): (placeholder: string) => string {
  let bytes = createHash('sha256').update(name).digest()
  let at = 0
  const next = (): number => {
    if (at === bytes.length) {
      bytes = createHash('sha256').update(bytes).digest()
      at = 0
    }
    return bytes[at++] ?? 0
  }
  return (placeholder) => {
    const byte = next()
    if (placeholder === '9') return String(byte % 10)
    const letter = letters[byte % letters.length] ?? 'a'
    return placeholder === 'A' ? letter.toUpperCase() : letter
  }
}
