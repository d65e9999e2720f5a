import type { Json } from '../json.ts'

/** What a name stands for, as far as a recording keeps it. */
export interface NameEntry {
  /**
   * The shape of the value: `a`, `A` and `9` for a letter or digit, everything else for itself; or a length. From it
   * a replay makes a value that no one ever had.
   */
  readonly like: string | number
  /** Only where the value itself is harmless and needed: checksums of bytes that are kept, the run's marker. */
  readonly value?: string
}

/**
 * Names of values: the same value of the same type always gets the same name, so that "the id that create returned
 * is the id in get" stays true when neither id is kept. Names are numbered by first sight and say nothing else of
 * what they stand for. Values of different types never meet: an id `200` has nothing to do with a status 200.
 */
export class Names {
  readonly #byValue = new Map<string, string>()
  readonly #values = new Map<string, Json>()
  /** Words that are sure to be identifiers: no number, and nothing that a sentence might say. */
  readonly #identifiers = new Map<string, string>()
  readonly #counts = new Map<string, number>()

  /** The value's name, made when it is first seen. */
  name(type: string, value: string | number): string {
    const known = this.#byValue.get(keyOf(type, value))
    if (known !== undefined) return known
    const count = (this.#counts.get(type) ?? 0) + 1
    const name = `${type}#${count}`
    this.bind(name, value)
    return name
  }

  known(type: string, value: string | number): string | undefined {
    return this.#byValue.get(keyOf(type, value))
  }

  /** The name of an identifier of any type, for texts in which one may stand. */
  identifier(word: string): string | undefined {
    return this.#identifiers.get(word)
  }

  valueOf(name: string): Json | undefined {
    return this.#values.get(name)
  }

  /** Says what a name stands for. */
  bind(name: string, value: string | number): void {
    const { type, number } = partsOf(name)
    const before = this.#values.get(name)
    if (typeof before === 'string' || typeof before === 'number') this.#byValue.delete(keyOf(type, before))
    this.#byValue.set(keyOf(type, value), name)
    this.#values.set(name, value)
    if (typeof value === 'string' && looksUnique(value)) this.#identifiers.set(value, name)
    this.#counts.set(type, Math.max(this.#counts.get(type) ?? 0, number))
  }

  /** All names with their values, in the order in which they were first seen. */
  entries(): readonly (readonly [name: string, value: Json])[] {
    return [...this.#values]
  }
}

/** Five letters or more, of both cases, as the platform makes them (api-facts §1.8). */
const looksUnique = (value: string): boolean =>
  /^[A-Za-z0-9]{5,}$/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value)

const keyOf = (type: string, value: string | number): string => `${type}\0${typeof value}\0${value}`

export function partsOf(name: string): { type: string; number: number } {
  const at = name.lastIndexOf('#')
  return { type: name.slice(0, at), number: Number(name.slice(at + 1)) || 0 }
}

/** Beyond that only the length of a value is kept. */
const LONGEST_SHAPE = 64

export function likenessOf(value: string | number): string | number {
  if (typeof value === 'number') return shapeOf(String(value))
  return value.length > LONGEST_SHAPE || !/^[\w.@:-]*$/.test(value) ? value.length : shapeOf(value)
}

const shapeOf = (text: string): string =>
  text.replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A').replace(/[0-9]/g, '9')
