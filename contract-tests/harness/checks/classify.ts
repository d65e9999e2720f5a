import type { Finding as DescriptionFinding } from '../../../openapi/check-answer.ts'
import { escaped } from '../../../openapi/json-pointer.ts'
import type { Finding, FindingClass } from '../finding.ts'

type KeywordFinding = Pick<DescriptionFinding, 'keyword' | 'received' | 'pointer' | 'message'>

const byKeyword: Readonly<Record<string, FindingClass>> = {
  required: 'missing-field',
  enum: 'undocumented-enum-value',
  const: 'undocumented-enum-value',
  pattern: 'format-class',
  format: 'format-class',
  unevaluatedProperties: 'undocumented-field',
}

/** What kind of disagreement a schema's complaint is. */
export function classOfViolation({ keyword = '', received }: KeywordFinding): FindingClass {
  const isNull = received === 'null'
  if (keyword === 'type' || keyword === 'anyOf' || keyword === 'oneOf') return isNull ? 'nullability' : 'type'
  return byKeyword[keyword] ?? 'constraint'
}

/** A finding of what a schema complains of; what is missing is named where it should be. */
export function violationOf(
  found: KeywordFinding & Pick<DescriptionFinding, 'expected'>,
): Pick<Finding, 'class'> & Partial<Pick<Finding, 'pointer' | 'message'>> {
  const kind = classOfViolation(found)
  if (kind !== 'missing-field') return { class: kind }
  const missing = `${found.pointer ?? ''}/${escaped(JSON.parse(found.expected ?? '""'))}`
  return { class: kind, pointer: missing, message: `${missing} is missing` }
}

/**
 * One disagreement is told once: of the alternatives of an `anyOf` every one complains, `format` and `pattern` both do
 * about a date, and what has the wrong type is none of the choices either.
 */
export function withoutEchoes<F extends KeywordFinding>(findings: readonly F[]): F[] {
  const choices = findings.filter(isChoice)
  const own = findings.filter((one) => !choices.some((choice) => isEcho(one, choice, findings)))
  const mistyped = new Set(own.filter(({ keyword }) => keyword === 'type').map(({ pointer }) => pointer))
  const kept = own.filter((one) => one.keyword === 'type' || isChoice(one) || !mistyped.has(one.pointer))
  const told = new Set<string>()
  return kept.filter((one) => {
    const key = `${one.pointer} ${classOfViolation(one)} ${one.keyword === 'required' ? one.message : ''}`
    const isNew = !told.has(key)
    told.add(key)
    return isNew
  })
}

/** What an alternative says is more exact than that none fits, except that a value is no null. */
function isEcho(one: KeywordFinding, choice: KeywordFinding, all: readonly KeywordFinding[]): boolean {
  if (!covers(choice, one)) return false
  if (choice.received === 'null') return one !== choice
  if (one !== choice) return mustBeNull(one)
  return all.some((other) => other !== choice && covers(choice, other) && !mustBeNull(other))
}

const isChoice = ({ keyword }: KeywordFinding): boolean => keyword === 'anyOf' || keyword === 'oneOf'

const covers = (choice: KeywordFinding, { pointer }: KeywordFinding): boolean =>
  pointer === choice.pointer || pointer?.startsWith(`${choice.pointer}/`) === true

const mustBeNull = ({ keyword, message }: KeywordFinding): boolean =>
  keyword === 'type' && message === 'must be null'
