import { createHash } from 'node:crypto'

/** Of the records in a data folder. Raised when a server of before could not read them, or would misread them. */
export const FORMAT = 2

/** Records of these are read as they are: what came later is only missing in them. */
export const READ_FORMATS: readonly number[] = [1, FORMAT]

/** 64 bits, as two numbers. */
export type Sum = readonly [high: number, low: number]

/** A record as it is stored: its format, a checksum over key and text, and the text. */
export interface Sealed {
  readonly text: string
  readonly sum: Sum
}

export function seal(key: string, value: unknown): Sealed {
  const json = JSON.stringify(value)
  const sum = sumOf(FORMAT, key, json)
  return { text: `${FORMAT} ${spelled(sum)} ${json}`, sum }
}

/** Null when it was not stored so: damaged, or moved to another key. */
export function unseal(key: string, text: string): { readonly value: unknown; readonly sum: Sum } | null {
  const [, format, check, json = ''] = /^(\d+) ([0-9a-f]{16}) (.*)$/s.exec(text) ?? []
  const sum = sumOf(Number(format), key, json)
  if (!READ_FORMATS.includes(Number(format)) || check !== spelled(sum)) return null
  return { value: JSON.parse(json) as unknown, sum }
}

function sumOf(format: number, key: string, json: string): Sum {
  const digest = createHash('sha256').update(`${format} ${key}\n`).update(json).digest()
  return [digest.readUInt32BE(0), digest.readUInt32BE(4)]
}

export const spelled = (sum: Sum): string => sum.map((part) => part.toString(16).padStart(8, '0')).join('')

/** Of many records in any order: adding one twice takes it away again. */
export class SumOfSums {
  #high = 0
  #low = 0

  toggle([high, low]: Sum): void {
    this.#high = (this.#high ^ high) >>> 0
    this.#low = (this.#low ^ low) >>> 0
  }

  toString(): string {
    return spelled([this.#high, this.#low])
  }
}
