/** As much of a value as a finding shows. */
const EXCERPT_LENGTH = 120

/** Where it was cut. */
export const CUT_MARK = '…'

export function excerpt(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value.slice(0, EXCERPT_LENGTH + 1)) : textOf(value)
  const shown = text ?? JSON.stringify(value) ?? 'nothing'
  return shown.length > EXCERPT_LENGTH ? `${shown.slice(0, EXCERPT_LENGTH)}${CUT_MARK}` : shown
}

/** A body as text; null for what is neither text nor bytes. */
export function textOf(body: unknown): string | null {
  if (typeof body === 'string') return body
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : null
}
