import { hash128 } from './random.ts'

/** What ids are given to. The order is part of what a seed means. */
const idKinds = ['job', 'file', 'cluster', 'status', 'instance', 'account'] as const

export type IdKind = (typeof idKinds)[number]

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** Three letters. */
const halves = letters.length ** 3

/**
 * Ids as the platform's: six ASCII letters (api-facts §1.8).
 * The nth id of a kind is a permutation of n, so that ids look random, never meet, and need not be kept to be known.
 */
export class Ids {
  readonly #keys: readonly number[]
  /** Ids that are given by hand. */
  readonly #reserved: ReadonlySet<string>
  readonly #taken = new Map<IdKind, number>()

  constructor(seed: string, reserved: readonly string[] = []) {
    this.#keys = hash128(`${seed}\nids`)
    this.#reserved = new Set(reserved)
  }

  next(kind: IdKind): string {
    return this.at(kind, this.take(kind))
  }

  /** How many of each kind have been taken, if any; the same whether they were taken here or loaded. */
  taken(): Partial<Record<IdKind, number>> {
    const taken: Partial<Record<IdKind, number>> = {}
    for (const kind of idKinds) {
      const count = this.#taken.get(kind) ?? 0
      if (count > 0) taken[kind] = count
    }
    return taken
  }

  load(taken: Readonly<Partial<Record<IdKind, number>>>): void {
    this.#taken.clear()
    for (const kind of idKinds) this.#taken.set(kind, taken[kind] ?? 0)
  }

  /** Sets numbers aside for `at`; returns the first. */
  take(kind: IdKind, count = 1): number {
    const first = this.#taken.get(kind) ?? 0
    this.#taken.set(kind, first + count)
    return first
  }

  at(kind: IdKind, number: number): string {
    let id = this.#permuted(number * idKinds.length + idKinds.indexOf(kind))
    // Permuting once more leads to an id that no other number leads to.
    while (this.#reserved.has(spelled(id))) id = this.#permuted(id)
    return spelled(id)
  }

  /** What an id was given to, also long ago; null when none of this seed's things has it, or ever had. */
  kindOf(id: string): IdKind | null {
    const shape = /^[A-Za-z]{6}$/
    if (!shape.test(id) || this.#reserved.has(id)) return null
    let number = this.#unpermuted(read(id))
    while (this.#reserved.has(spelled(number))) number = this.#unpermuted(number)
    const kind = idKinds[number % idKinds.length]
    const taken = kind === undefined ? 0 : (this.#taken.get(kind) ?? 0)
    return kind !== undefined && Math.floor(number / idKinds.length) < taken ? kind : null
  }

  /** A Feistel network over two halves of three letters each. */
  #permuted(number: number): number {
    let left = Math.floor(number / halves) % halves
    let right = number % halves
    for (const key of this.#keys) {
      const mixed = (left + (mix(right, key) % halves)) % halves
      left = right
      right = mixed
    }
    return left * halves + right
  }

  #unpermuted(number: number): number {
    let left = Math.floor(number / halves)
    let right = number % halves
    for (const key of this.#keys.toReversed()) {
      const mixed = right
      right = left
      left = (mixed - (mix(right, key) % halves) + halves) % halves
    }
    return left * halves + right
  }
}

function mix(value: number, key: number): number {
  let mixed = Math.imul(value ^ key, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13) ^ key, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

function spelled(number: number): string {
  let id = ''
  for (let rest = number, i = 0; i < 6; i += 1) {
    id = letters.charAt(rest % letters.length) + id
    rest = Math.floor(rest / letters.length)
  }
  return id
}

function read(id: string): number {
  let number = 0
  for (const letter of id) number = number * letters.length + letters.indexOf(letter)
  return number
}
