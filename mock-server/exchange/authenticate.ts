/** Who a request says it is, or why it is not believed. */
export type Authentication = { readonly key: string } | { readonly detail: string }

/** Legacy API keys are 40 lower-case hexadecimal characters (tutorial cell 2; B21). */
const API_KEY = /^[0-9a-f]{40}$/

export const isApiKey = (text: string): boolean => API_KEY.test(text)

export const NOT_PROVIDED = 'Authentication credentials were not provided.'
/** Observed: Tanatloc compares this exact text. */
export const INVALID_TOKEN = 'Invalid token.'

/**
 * Reads `Authorization: Token <key>`. The texts other than "Invalid token." are Django REST framework's
 * TokenAuthentication (inferred); a scheme other than Token counts as no credentials there.
 */
export function authenticate(header: string | undefined): Authentication {
  const [scheme, ...rest] = (header ?? '').split(/\s+/).filter(Boolean)
  if (scheme?.toLowerCase() !== 'token') return { detail: NOT_PROVIDED }
  const [key] = rest
  if (key === undefined) return { detail: 'Invalid token header. No credentials provided.' }
  if (rest.length > 1) return { detail: 'Invalid token header. Token string should not contain spaces.' }
  return isApiKey(key) ? { key } : { detail: INVALID_TOKEN }
}
