import type { Finding } from './check-answer.ts'
import { excerpt, textOf } from './excerpt.ts'
import type { FittingTexts } from './fitting-texts.ts'
import { escaped, unescaped } from './json-pointer.ts'
import type { BodyKind } from './route.ts'
import { unknownBesides } from './unknown-keys.ts'
import type { SchemaError, Validator } from './validator.ts'

/** By `<operationId|outside> <status|request> <media type>`. */
export interface Validators {
  readonly open: Readonly<Record<string, Validator>>
  readonly closed: Readonly<Record<string, Validator>>
  /** Bodies that were found right before, by the same keys. */
  readonly fitting: FittingTexts
}

export type Report = (finding: Omit<Finding, 'operationId' | 'side' | 'status'>) => Finding

/** The value of a JSON body that is parsed already. */
export class ParsedBody {
  readonly value: unknown

  constructor(value: unknown) {
    this.value = value
  }
}

/** What a body holds that its schema does not allow, or does not mention. */
export function findingsInContent(
  kind: BodyKind,
  body: unknown,
  key: string,
  validators: Validators,
  report: Report,
): Finding[] {
  const notChecked = (message: string) => [report({ class: 'not-checked', message })]
  if (kind !== 'json') return notChecked(kind === 'text' ? 'any text will do' : 'binary')
  const open = validators.open[key]
  const closed = validators.closed[key]
  if (open === undefined || closed === undefined) return notChecked('no schema is described')
  if (body instanceof ParsedBody) return findingsInValue(body.value, { open, closed }, report)
  const text = isEmpty(body) ? '' : textOf(body)
  if (text === null) return notChecked('streamed')
  if (validators.fitting.has(key, text)) return []
  const parsed = parse(text)
  if (parsed === null) return [noJson(text, report)]
  const findings = findingsInValue(parsed.value, { open, closed }, report)
  if (findings.length === 0) validators.fitting.add(key, text)
  return findings
}

function parse(text: string): ParsedBody | null {
  try {
    return new ParsedBody(JSON.parse(text))
  } catch {
    return null
  }
}

const noJson = (text: string, report: Report): Finding =>
  report({
    class: 'violation',
    message: 'the body is no JSON',
    pointer: '',
    expected: 'JSON',
    received: excerpt(text),
  })

function findingsInValue(
  value: unknown,
  { open, closed }: { readonly open: Validator; readonly closed: Validator },
  report: Report,
): Finding[] {
  // Nearly every answer fits; what fits the closed schema fits the open one (no `oneOf` or `not`: a test holds that).
  if (closed(value)) return []
  if (open(value)) return undocumentedFields(closed.errors, value, report)
  const violations = findingsOf(open.errors, value, report)
  return [...violations, ...unknownFields(unknownBesides(value, { open, closed }), value, report)]
}

function findingsOf(errors: Validator['errors'], value: unknown, report: Report): Finding[] {
  return (errors ?? []).map((error) =>
    report({
      class: 'violation',
      message: error.message ?? error.keyword,
      pointer: error.instancePath,
      expected: excerpt(expectationOf(error)),
      received: excerpt(atPointer(value, error.instancePath)),
      schemaPath: error.schemaPath,
      keyword: error.keyword,
    }),
  )
}

/** Only what is said of unknown keys: other errors follow from them (an alternative that no longer fits, say). */
function undocumentedFields(errors: Validator['errors'], value: unknown, report: Report): Finding[] {
  const pointers = new Map<string, SchemaError>()
  for (const error of errors ?? []) {
    const key = error.params.unevaluatedProperty
    if (typeof key === 'string') pointers.set(`${error.instancePath}/${escaped(key)}`, error)
  }
  return pointers.size === 0 ? findingsOf(errors, value, report) : unknownFields(pointers, value, report)
}

function unknownFields(
  pointers: ReadonlyMap<string, SchemaError>,
  value: unknown,
  report: Report,
): Finding[] {
  return [...pointers].map(([pointer, { schemaPath }]) =>
    report({
      class: 'undocumented-field',
      message: `${pointer} is not described`,
      pointer,
      received: excerpt(atPointer(value, pointer)),
      schemaPath,
      keyword: 'unevaluatedProperties',
    }),
  )
}

function expectationOf({ keyword, params, message }: SchemaError): unknown {
  if (keyword === 'enum') return params.allowedValues
  if (keyword === 'required') return params.missingProperty
  const [only, ...others] = Object.values(params)
  return others.length === 0 && only !== undefined ? only : (message ?? keyword)
}

export function atPointer(value: unknown, pointer: string): unknown {
  let current = value
  for (const step of pointer.split('/').slice(1)) {
    const key = unescaped(step)
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined
    current = (current as Record<string, unknown>)[key]
  }
  return current
}

export function isEmpty(body: unknown): boolean {
  if (body === null || body === undefined) return true
  return (typeof body === 'string' || body instanceof Uint8Array) && body.length === 0
}
