import { InvalidArgumentError } from 'commander'
import { parseDuration } from './format.ts'

/** For options that may be given several times. */
export const collect = (value: string, all: readonly string[]): string[] => [...all, value]

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('A whole number is needed.')
  return Number(text)
}

export function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('A number above 0 is needed.')
  return value
}

export function amount(text: string): number {
  const value = Number(text)
  if (!(value >= 0)) throw new InvalidArgumentError('An amount of money is needed.')
  return value
}

export function milliseconds(text: string): number {
  const ms = parseDuration(text)
  if (ms === undefined) throw new InvalidArgumentError('Such as 30s, 5m or 2h.')
  return ms
}
