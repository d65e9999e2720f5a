import type { Description } from '../../../openapi/openapi-document.ts'
import type { FindingClass } from '../finding.ts'
import type { Json } from '../json.ts'
import { overlayActions } from './overlay-actions.ts'

/**
 * One action of an OpenAPI Overlay 1.1. What updates an object is merged into it, what updates a list is one more entry;
 * a text cannot become a list but by being taken away first (§4.4.3).
 */
export interface OverlayAction {
  /** JSONPath into the bundled description. */
  readonly target: string
  readonly description: string
  readonly update?: Json
  readonly remove?: true
}

/** What would mend a finding. */
export type Patch =
  /** To be applied in this order. */
  | { readonly kind: 'overlay'; readonly actions: readonly OverlayAction[] }
  /** A field that the mock should show, not show, or show otherwise; null where it is the status of the answer. */
  | {
      readonly kind: 'mock'
      readonly operationId: string
      readonly field: string | null
      readonly text: string
    }

export interface PatchSubject {
  readonly class: FindingClass
  readonly operationId: string | null
  readonly status: number | null
  readonly side: 'request' | 'response'
  readonly pointer: string
  /** The values that were seen there, each once. */
  readonly examples: readonly Json[]
  /** The day of the evidence. */
  readonly date: string
}

/** An overlay for the description; null where what to write cannot be told from what was seen. */
export function descriptionPatch(subject: PatchSubject, description: Description): Patch | null {
  const actions = overlayActions(subject, description)
  return actions.length === 0 ? null : { kind: 'overlay', actions }
}

/** What the mock should do instead. */
export function mockPatch(
  { class: kind, operationId, pointer }: PatchSubject,
  expectation: string,
): Patch | null {
  const expected = expectation.replace(/^"(.*)"$/, '$1')
  if (operationId === null) return null
  if (kind === 'undocumented-status')
    return {
      kind: 'mock',
      operationId,
      field: null,
      text: `answer with ${/^\d/.test(expected) ? 'one of ' : ''}${expected}`,
    }
  if (pointer === '') return null
  const field = pointer.slice(pointer.lastIndexOf('/') + 1)
  // The description names a missing field, and knows no value of it.
  const shown = expected === field ? pointer : `${pointer} (${expected})`
  const texts: Partial<Record<FindingClass, string>> = {
    'missing-field': `show ${shown}`,
    'undocumented-field': `not show ${pointer}`,
    'format-class': `write ${pointer} as ${expected}`,
    type: `make ${pointer} ${expected}`,
    nullability: `make ${pointer} ${expected}, never null`,
    constraint: `heed at ${pointer}: ${expected}`,
    'undocumented-enum-value': `give ${pointer} as one of ${expected}`,
    'error-shape': `say at ${pointer}: ${expected}`,
  }
  const text = texts[kind]
  return text === undefined ? null : { kind: 'mock', operationId, field, text }
}
