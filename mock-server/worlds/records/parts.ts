import { createHash } from 'node:crypto'
import { MalformedRecordError } from './fields.ts'

/** Hexadecimal letters of a SHA-256: no two parts of a tenant will ever share so many. */
const ID_LENGTH = 32

/** Things that many records share, such as definitions of jobs: told once, and named by what they hold. */
export class PartsTold {
  readonly #ids = new WeakMap<object, string>()
  readonly #told = new Set<string>()
  readonly #untold: (readonly [id: string, value: unknown])[] = []

  /** The id of a part; `value` says how it is told. */
  idOf(thing: object, value: () => unknown): string {
    const known = this.#ids.get(thing)
    if (known !== undefined) return known
    const told = value()
    const id = createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, ID_LENGTH)
    this.#ids.set(thing, id)
    if (!this.#told.has(id)) this.#untold.push([id, told])
    this.#told.add(id)
    return id
  }

  /** Parts that were not told yet, those first that others name. */
  take(): readonly (readonly [id: string, value: unknown])[] {
    return this.#untold.splice(0)
  }
}

/** Parts that were read: each becomes one thing, however many name it. */
export class PartsRead {
  readonly #values: ReadonlyMap<string, unknown>
  readonly #made = new Map<string, unknown>()

  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values
  }

  get<Thing extends object>(id: string, make: (value: unknown) => Thing): Thing {
    const known = this.#made.get(id)
    if (known !== undefined) return known as Thing
    const value = this.#values.get(id)
    if (value === undefined) throw new MalformedRecordError(`part ${id} is missing`)
    const made = make(value)
    this.#made.set(id, made)
    return made
  }
}
