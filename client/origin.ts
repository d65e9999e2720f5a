import { type RequestContext, UnexpectedAnswerError } from './errors.ts'

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\]|.+\.localhost)$/

/** Whether a URL leads to this machine: a mock, most likely. */
export function isLoopback(url: string): boolean {
  return LOOPBACK.test(new URL(url).hostname)
}

/** `url` as it may stand in an error: without user name and password. */
export function safeUrl(url: string): string {
  try {
    const parsed = new URL(url)
    parsed.username = ''
    parsed.password = ''
    return parsed.href
  } catch {
    return url
  }
}

/**
 * Where a link out of an answer (`next`, `Location`) leads, which is always on the configured origin: the key
 * goes nowhere else. A proxy that ends TLS lets Django write `http://` links; those are led back.
 */
export function pinned(link: string, from: string, baseUrl: string, request: RequestContext): string {
  const base = new URL(baseUrl)
  const target = parsedLink(link, from, request)
  if (target.origin === base.origin) return target.href
  const onlySchemeDiffers =
    target.hostname === base.hostname && target.protocol === 'http:' && base.protocol === 'https:'
  if (onlySchemeDiffers) return base.origin + target.pathname + target.search
  throw new UnexpectedAnswerError(`The answer leads to another origin, ${target.origin}: not followed`, {
    request,
    hint: `The key belongs to ${base.origin} only. If the platform has moved, change the profile's URL.`,
  })
}

function parsedLink(link: string, from: string, request: RequestContext): URL {
  try {
    return new URL(link, from)
  } catch (cause) {
    throw new UnexpectedAnswerError('The answer contains a link that is no URL', { request, cause })
  }
}
