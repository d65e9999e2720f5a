import type { BodySchema } from '../../openapi/route.ts'
import { pythonStrip, pythonText } from './python-value.ts'

type ScalarReading = { readonly value: unknown } | { readonly errors: readonly string[] }

const refused = (...errors: string[]): ScalarReading => ({ errors })

/** Longer texts are not tried as numbers: Django REST framework's MAX_STRING_LENGTH. */
const MAX_NUMBER_LENGTH = 1_000

/** CharField: takes numbers as text, and trims where texts are not `verbatim`. */
export function readText(schema: BodySchema, input: unknown): ScalarReading {
  if (typeof input !== 'string' && typeof input !== 'number') {
    return refused(unfit(schema))
  }
  if (schema.verbatim) return { value: String(input) }
  const value = pythonStrip(String(input))
  if (value === '') return allowsBlank(schema) ? { value } : refused('This field may not be blank.')
  const errors = textErrors(schema, value)
  return errors.length > 0 ? refused(...errors) : { value }
}

/** EmailField and RegexField say this of values that are no text, too. */
function unfit({ pattern, format }: BodySchema): string {
  if (format === 'email') return 'Enter a valid email address.'
  return pattern === undefined ? 'Not a valid string.' : 'This value does not match the required pattern.'
}

const allowsBlank = ({ minLength = 0 }: BodySchema): boolean => minLength < 1

function textErrors(schema: BodySchema, value: string): string[] {
  const { maxLength = Infinity, minLength = 0 } = schema
  const length = value.length > maxLength || value.length < 2 * minLength ? [...value].length : value.length
  const surrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(value)?.[0]
  return [
    ...(length > maxLength ? [`Ensure this field has no more than ${maxLength} characters.`] : []),
    ...(length < minLength ? [`Ensure this field has at least ${minLength} characters.`] : []),
    ...(value.includes('\0') ? ['Null characters are not allowed.'] : []),
    ...(surrogate
      ? [`Surrogate characters are not allowed: U+${surrogate.charCodeAt(0).toString(16).toUpperCase()}.`]
      : []),
    ...(fits(schema, value) ? [] : [unfit(schema)]),
  ]
}

function fits({ pattern, format }: BodySchema, value: string): boolean {
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) return false
  return format !== 'email' || isEmail(value)
}

// The outline of Django's EmailValidator; the longest address that SMTP takes is 254 characters (Django caps at 320).
function isEmail(text: string): boolean {
  return (
    text.length <= 320 &&
    /^[\w.!#$%&'*+/=?^`{}|~-]+@(?:localhost|[^\s@."'<>()[\]]+(?:\.[^\s@."'<>()[\]]+)+)$/.test(text)
  )
}

/** IntegerField: `"2"`, `" 2 "`, `2.0` and `"2.0"` are 2; true is not 1. */
export function readInteger(schema: BodySchema, input: unknown): ScalarReading {
  if (typeof input === 'number') {
    return Number.isInteger(input) ? inRange(schema, input) : refused('A valid integer is required.')
  }
  if (typeof input !== 'string') return refused('A valid integer is required.')
  if (input.length > MAX_NUMBER_LENGTH) return refused('String value too large.')
  const text = pythonStrip(input).replace(/\.0*$/, '')
  if (!/^[+-]?\d+(?:_\d+)*$/.test(text)) return refused('A valid integer is required.')
  return inRange(schema, Number(text.replaceAll('_', '')))
}

const digits = '\\d+(?:_\\d+)*'
const decimalNumber = new RegExp(
  `^[+-]?(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:e[+-]?${digits})?$`,
  'i',
)

/** FloatField. Python's float() also takes booleans, and `inf` and `nan`, which JSON cannot hold. */
export function readNumber(schema: BodySchema, input: unknown): ScalarReading {
  if (typeof input === 'number') return inRange(schema, input)
  if (typeof input === 'boolean') return inRange(schema, Number(input))
  if (typeof input !== 'string') return refused('A valid number is required.')
  if (input.length > MAX_NUMBER_LENGTH) return refused('String value too large.')
  const text = pythonStrip(input)
  if (!decimalNumber.test(text)) return refused('A valid number is required.')
  return inRange(schema, Number(text.replaceAll('_', '')))
}

function inRange({ minimum = -Infinity, maximum = Infinity }: BodySchema, value: number): ScalarReading {
  if (!Number.isFinite(value)) return refused('A valid number is required.')
  if (value > maximum) return refused(`Ensure this value is less than or equal to ${maximum}.`)
  if (value < minimum) return refused(`Ensure this value is greater than or equal to ${minimum}.`)
  return { value: value === 0 ? 0 : value }
}

const trueTexts = new Set(['t', 'y', 'yes', 'true', 'on', '1'])
const falseTexts = new Set(['f', 'n', 'no', 'false', 'off', '0'])

/** BooleanField. */
export function readBoolean(schema: BodySchema, input: unknown): ScalarReading {
  if (input === true || input === 1) return { value: true }
  if (input === false || input === 0) return { value: false }
  const text = typeof input === 'string' && input.length <= 5 ? input.toLowerCase() : null
  if (text !== null && trueTexts.has(text)) return { value: true }
  if (text !== null && falseTexts.has(text)) return { value: false }
  if (schema.nullable && (text === 'null' || text === '')) return { value: null }
  return refused('Must be a valid boolean.')
}

/** ChoiceField: choices are compared as text. */
export function readChoice(schema: BodySchema, input: unknown): ScalarReading {
  const choice = schema.enum?.find(
    (candidate) => typeof input !== 'object' && pythonText(candidate) === pythonText(input),
  )
  return choice === undefined ? refused(`"${pythonText(input)}" is not a valid choice.`) : { value: choice }
}
