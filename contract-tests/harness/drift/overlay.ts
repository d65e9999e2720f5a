import type { DriftFinding } from './drift-finding.ts'
import type { OverlayAction } from './patch.ts'

/** An OpenAPI Overlay 1.1 document. */
export interface Overlay {
  readonly overlay: '1.1.0'
  readonly info: { readonly title: string; readonly version: string }
  /** From the project's root. */
  readonly extends: string
  readonly actions: readonly OverlayAction[]
}

/** The description in one document: what the targets of all actions are in. */
const EXTENDED = 'openapi/generated/rescale.json'

/** All that findings propose for the description. Null where there is nothing: an overlay has at least one action. */
export function overlayOf(findings: readonly DriftFinding[], info: Overlay['info']): Overlay | null {
  const proposed = findings.flatMap(({ patch }) => (patch?.kind === 'overlay' ? patch.actions : []))
  // Operations that share a schema propose the same for it; done twice it would stand there twice. The first time is the
  // one that counts: what makes room goes before all that is put there.
  const done = new Set<string>()
  const actions = proposed.filter((action) => done.size < done.add(whatItDoes(action)).size)
  return actions.length === 0 ? null : { overlay: '1.1.0', info, extends: EXTENDED, actions }
}

const whatItDoes = ({ target, update, remove }: OverlayAction): string =>
  JSON.stringify([target, update ?? null, remove ?? false, update === undefined])
