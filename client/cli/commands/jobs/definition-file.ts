import type { JobCreate } from '../../../types.ts'
import { readAll } from '../../ask.ts'
import { UsageError } from '../../exit-codes.ts'
import { readText } from '../../read-text.ts'
import type { Session } from '../../session.ts'

const MAX_DEFINITION_BYTES = 16 * 1024 * 1024
/** Of an odd value as it is shown. */
const SHOWN_CHARACTERS = 60

/** A job in JSON, with the fields right that are needed to go on; all else is for the platform to judge. */
export async function readDefinition(session: Session, path: string): Promise<JobCreate> {
  const text = path === '-' ? await readAll(session.io, MAX_DEFINITION_BYTES) : await readText(path)
  const value = parsed(text, path)
  if (!isObject(value))
    throw new UsageError(`${path} is no job: it should be a JSON object with name and jobanalyses`)
  const check = new Check(path)
  check.text(value.name, 'name')
  check.list(value.jobanalyses, 'jobanalyses')?.forEach((analysis, index) => {
    checkAnalysis(check, analysis, `jobanalyses.${index}`, index > 0)
  })
  return value as JobCreate
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UsageError(`${path} is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

// What the first analysis lacks may come from flags.
function checkAnalysis(check: Check, value: unknown, at: string, isWhole: boolean): void {
  const fields = check.object(check.needed(value, at), at) ?? {}
  check.text(fields.command, `${at}.command`)
  check.object(fields.analysis, `${at}.analysis`)
  check.object(isWhole ? check.needed(fields.hardware, `${at}.hardware`) : fields.hardware, `${at}.hardware`)
  check.object(fields.envVars, `${at}.envVars`)
  check.list(fields.inputFiles, `${at}.inputFiles`)?.forEach((file, index) => {
    const place = `${at}.inputFiles.${index}`
    const id = check.object(check.needed(file, place), place)?.id
    check.text(check.needed(id, `${place}.id`), `${place}.id`)
  })
}

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Gives values that are what they should be; nothing, and null as the platform shows it, is fine unless needed. */
class Check {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  needed(value: unknown, at: string): unknown {
    if ((value ?? undefined) === undefined) throw new UsageError(`${this.#path}: ${at} is missing`)
    return value
  }

  text(value: unknown, at: string): string | undefined {
    return this.#expect(value, at, 'a text', (one) => typeof one === 'string')
  }

  list(value: unknown, at: string): readonly unknown[] | undefined {
    return this.#expect(value, at, 'a list', Array.isArray)
  }

  object(value: unknown, at: string): Fields | undefined {
    return this.#expect(value, at, 'an object', isObject)
  }

  #expect<T>(value: unknown, at: string, what: string, is: (value: unknown) => boolean): T | undefined {
    if ((value ?? undefined) === undefined) return undefined
    if (is(value)) return value as T
    const shown = JSON.stringify(value)
    const short = shown.length > SHOWN_CHARACTERS ? `${shown.slice(0, SHOWN_CHARACTERS)}…` : shown
    throw new UsageError(`${this.#path}: ${at} is ${short}, and should be ${what}`)
  }
}
