import { readEnding } from '../../domain/endings/read-ending.ts'
import type { RunOrder } from '../../domain/executor.ts'
import type { Duration } from '../../domain/instant.ts'
import { isReserved, memberPath } from '../contained-name.ts'
import { durationIn, fieldsIn, listIn, RecipeError, shown, sizeIn, textIn } from './recipe-values.ts'
import type { Content } from './work-folder.ts'

/** What a run that a recipe is for shall do. Durations are texts such as "90s" or "5 min", counted from its start. */
export interface RecipeOutcome {
  /** A way to end that the platform knows, such as `spot-reclaimed` or `out-of-memory after 5m`; the rest is its course until then. */
  readonly ending?: string
  /** Null runs until it is stopped. 30 s unless told. */
  readonly duration?: string | null
  /** 0 unless told. */
  readonly exitCode?: number
  /** What the command writes; without `after` spread evenly. The lines of the platform's own come by themselves. */
  readonly log?: readonly (string | { readonly after?: string; readonly text: string })[]
  readonly files?: readonly RecipeFile[]
}

export interface RecipeFile {
  /** Relative to the work folder. */
  readonly path: string
  /** Either this or a size: then the content is made up, the same for the same seed. */
  readonly content?: string | Uint8Array
  /** Bytes, or a text such as "10 MiB". */
  readonly size?: number | string
  /** When the file is complete; at the end of the run unless told. */
  readonly after?: string
  /** When it appears, to grow evenly until `after`. */
  readonly from?: string
}

/** Tells a simulated executor what happens in some runs. */
export interface Recipe {
  readonly name: string
  matches(order: RunOrder): boolean
  plan(order: RunOrder): RecipeOutcome
}

export interface Outcome {
  readonly ending: string | null
  readonly duration: Duration | null
  readonly exitCode: number
  readonly log: readonly { readonly after: Duration | null; readonly text: string }[]
  readonly files: readonly OutcomeFile[]
}

export interface OutcomeFile {
  readonly path: string
  readonly content: Content
  readonly after: Duration | null
  readonly from: Duration | null
}

/** Of one file of a recipe. Bytes. */
export const maxRecipeFile = 64 * 1024 * 1024

const usualDuration = '30s'

export const outcomeKeys = ['ending', 'duration', 'exitCode', 'log', 'files']

/** Checks what a recipe says; throws RecipeError. */
export function readOutcome(value: unknown, where: string): Outcome {
  const fields = fieldsIn(value, outcomeKeys, where)
  const { duration = usualDuration, log = [], files = [] } = fields
  return {
    ending: fields.ending === undefined ? null : endingIn(fields.ending, `${where}.ending`),
    duration: duration === null ? null : durationIn(duration, `${where}.duration`),
    exitCode: exitCodeIn(fields.exitCode ?? 0, `${where}.exitCode`),
    log: listIn(log, `${where}.log`).map((line, index) => logLineIn(line, `${where}.log[${index}]`)),
    files: listIn(files, `${where}.files`).map((file, index) => fileIn(file, `${where}.files[${index}]`)),
  }
}

function endingIn(value: unknown, where: string): string {
  const text = textIn(value, where)
  const wish = readEnding(text)
  if (typeof wish === 'string') throw new RecipeError(where, wish)
  return text
}

function exitCodeIn(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255) return value
  throw new RecipeError(where, `${shown(value)} is not an exit code from 0 to 255`)
}

function logLineIn(value: unknown, where: string): Outcome['log'][number] {
  if (typeof value === 'string') return { after: null, text: value }
  const { after, text } = fieldsIn(value, ['after', 'text'], where)
  return { after: optionalDuration(after, `${where}.after`), text: textIn(text, `${where}.text`) }
}

function fileIn(value: unknown, where: string): OutcomeFile {
  const { path, content, size, after, from } = fieldsIn(
    value,
    ['path', 'content', 'size', 'after', 'from'],
    where,
  )
  return {
    path: pathIn(path, `${where}.path`),
    content: contentIn(content, size, where),
    after: optionalDuration(after, `${where}.after`),
    from: optionalDuration(from, `${where}.from`),
  }
}

const optionalDuration = (value: unknown, where: string): Duration | null =>
  value === undefined ? null : durationIn(value, where)

function pathIn(value: unknown, where: string): string {
  const path = memberPath(textIn(value, where))
  if (path !== null && !isReserved(path)) return path
  throw new RecipeError(where, `${shown(value)} is not a path inside the work folder, or is the log's`)
}

function contentIn(content: unknown, size: unknown, where: string): Content {
  if ((content === undefined) === (size === undefined))
    throw new RecipeError(where, 'needs either a content or a size')
  if (content instanceof Uint8Array) return { kind: 'bytes', bytes: content }
  if (content !== undefined) return { kind: 'bytes', bytes: Buffer.from(textIn(content, `${where}.content`)) }
  return { kind: 'seeded', size: sizeIn(size, maxRecipeFile, `${where}.size`), seed: '', isText: false }
}
