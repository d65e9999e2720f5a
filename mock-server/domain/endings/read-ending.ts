import { type Duration, hour, millisecond, minute, second } from '../instant.ts'
import { type Ending, happensInRun } from './ending.ts'
import { endings } from './known-endings.ts'

/** An ending that somebody asks for. */
export interface EndingWish {
  readonly ending: Ending
  /** From the beginning of the run; null leaves the moment to the ending. */
  readonly after: Duration | null
}

const units: Readonly<Record<string, Duration>> = {
  ms: millisecond,
  s: second,
  m: minute,
  min: minute,
  h: hour,
}

/** Reads `spot-reclaimed`, `spot-reclaimed after 5m`. A text says what is wrong. */
export function readEnding(text: string): EndingWish | string {
  const [, name = '', number, unit = ''] =
    /^\s*([\w-]+)(?:\s+after\s+(\d{1,9}(?:\.\d{1,6})?)\s*(ms|s|m|min|h))?\s*$/.exec(text) ?? []
  const ending = endings.find((known) => known.name === name)
  if (name === '') return `${JSON.stringify(text)} is not the name of an ending, or "NAME after 5m".`
  if (!ending)
    return `There is no ending "${name}". Choose one of ${endings.map((known) => known.name).join(', ')}.`
  if (number === undefined) return { ending, after: null }
  if (!happensInRun(ending)) return `"${name}" happens before commands run: "after" means nothing there.`
  return { ending, after: Math.round(Number(number) * (units[unit] ?? second)) }
}

/** What a job's name asks for in square brackets, `… [mock:NAME]`; null when it asks for nothing. */
export function endingInName(jobName: string): string | null {
  return /\[mock:([^\]]*)\]/.exec(jobName)?.[1] ?? null
}
