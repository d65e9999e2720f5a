import { type Duration, hour, millisecond, minute, second } from '../../domain/instant.ts'

/** Tells the author of a recipe what is wrong and where. */
export class RecipeError extends Error {
  override readonly name = 'RecipeError'

  constructor(where: string, problem: string) {
    super(`${where}: ${problem}`)
  }
}

const durations: Readonly<Record<string, Duration>> = {
  ms: millisecond,
  s: second,
  min: minute,
  m: minute,
  h: hour,
  d: 24 * hour,
}

/** "90s", "1.5 h". */
export function durationIn(value: unknown, where: string): Duration {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?) ?(ms|s|min|m|h|d)$/.exec(String(value)) ?? []
  const factor = durations[unit]
  if (typeof value !== 'string' || factor === undefined) {
    throw new RecipeError(where, `${shown(value)} is not a duration such as "90s", "5 min" or "1.5h"`)
  }
  return Math.round(Number(number) * factor)
}

const sizes: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
}

/** 1024, "10 MiB". */
export function sizeIn(value: unknown, largest: number, where: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?) ?([kKMG]?i?B|)$/.exec(String(value)) ?? []
  const factor = sizes[unit]
  if (number === '' || factor === undefined) {
    throw new RecipeError(where, `${shown(value)} is not a size such as 1024, "64 KiB" or "10 MB"`)
  }
  const size = Math.round(Number(number) * factor)
  if (size > largest)
    throw new RecipeError(where, `${shown(value)} is more than simulated files may have, ${largest} bytes`)
  return size
}

export function textIn(value: unknown, where: string): string {
  if (typeof value === 'string') return value
  throw new RecipeError(where, `${shown(value)} is not a text`)
}

export function patternIn(value: unknown, where: string): RegExp {
  try {
    return new RegExp(textIn(value, where))
  } catch (error) {
    throw error instanceof RecipeError
      ? error
      : new RecipeError(where, `not a regular expression: ${String(error)}`)
  }
}

export function listIn(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new RecipeError(where, `${shown(value)} is not a list`)
}

export type Fields = Readonly<Record<string, unknown>>

/** An object that has no other keys than these. */
export function fieldsIn(value: unknown, known: readonly string[], where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RecipeError(where, `${shown(value)} is not an object`)
  }
  const unknown = Object.keys(value).find((key) => !known.includes(key))
  if (unknown !== undefined)
    throw new RecipeError(where, `there is no ${shown(unknown)}; known are ${known.join(', ')}`)
  return value as Fields
}

export const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value))
