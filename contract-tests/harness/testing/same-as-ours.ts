import type { Finding, FindingClass } from '../finding.ts'
import type { Problem } from './redocly-drift.ts'

/** Whether we say of the same place of the same message what Redocly says of it. */
export function isAlsoOurs(problem: Problem): boolean {
  const said = meant(problem)
  const side = said.side ?? problem.side
  return problem.about.ours.some((ours) => ours.side === side && fits(said, ours, problem))
}

/** What it says in our words. */
interface Meant {
  /** As `Finding.pointer`. */
  readonly pointer: string
  readonly classes: readonly FindingClass[]
  /** Where it is another than Redocly's. */
  readonly side?: Finding['side']
  /** It is one of several that a choice between schemas gives rise to, for which we have one finding. */
  readonly ofChoice?: boolean
}

function fits({ pointer, classes, ofChoice }: Meant, ours: Finding, { about }: Problem): boolean {
  // An error of none of the known shapes is told of the whole body, whatever is amiss in it.
  if (ours.class === 'error-shape')
    return about.exchange.response.status >= 400 && isWithin(pointer, ours.pointer)
  if (!classes.includes(ours.class)) return false
  const isNear = isWithin(pointer, ours.pointer) || isWithin(ours.pointer, pointer)
  return ofChoice === true ? isNear : ours.pointer === pointer
}

const isWithin = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`)

/**
 * Redocly names a place of a body as we do. Parameters it names in its sentence only. Where a schema is a choice of
 * several, it complains of each, at places within each; we say once what is wrong, so that any name of ours near there
 * will do. What it says in other words than these is nothing that we could have said, and fails.
 */
function meant({ ruleId, message, schemaPath, dataPath = '' }: Problem): Meant {
  // To us it is the answer that does not fit: it could have been a refusal.
  if (ruleId === 'undocumented-endpoint')
    return { pointer: '', classes: ['undocumented-path', 'undocumented-method'], side: 'response' }
  const [, parameter] = /^Invalid query parameter "([^"]+)"/.exec(message) ?? []
  if (schemaPath !== undefined)
    return { pointer: parameter ? `/${parameter}` : dataPath, ...ofSchema(schemaPath) }
  const [, unknown] = /^Undocumented query parameter in traffic: "([^"]+)"$/.exec(message) ?? []
  if (unknown !== undefined) return { pointer: `/${unknown}`, classes: ['undocumented-parameter'] }
  if (message === 'Missing required request body') return { pointer: '', classes: ['empty-body'] }
  return { pointer: '', classes: [] }
}

function ofSchema(schemaPath: string): Pick<Meant, 'classes' | 'ofChoice'> {
  const keyword = schemaPath.split('/').at(-1) ?? ''
  const classes = byKeyword[keyword] ?? ['constraint']
  if (!/\/(?:anyOf|oneOf)(?:\/|$)/.test(schemaPath)) return { classes }
  return { classes: Object.values(byKeyword).flat().concat('constraint'), ofChoice: true }
}

const byKeyword: Readonly<Record<string, readonly FindingClass[]>> = {
  required: ['missing-field'],
  type: ['type', 'nullability'],
  enum: ['undocumented-enum-value'],
  const: ['undocumented-enum-value'],
  pattern: ['format-class'],
  format: ['format-class'],
  additionalProperties: ['undocumented-field', 'write-only-leaked', 'read-only-sent'],
}
