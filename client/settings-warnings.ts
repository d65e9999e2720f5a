import { isLoopback } from './origin.ts'
import type { Found } from './settings.ts'

interface KeyAndUrl {
  readonly key: Found | undefined
  readonly url: Found | undefined
}

/** The environment has said one of the two, and the profile means another by it. This machine is nobody's platform. */
export function strangerWarnings(baseUrl: string, used: KeyAndUrl, profile: KeyAndUrl): string[] {
  const [key, url] = [used.key?.source ?? '', used.url?.source ?? '']
  const ownUrl = profile.url && rootOf(profile.url.value)
  if (isLoopback(baseUrl)) return []
  if (url === 'RESCALE_API_URL' && key === profile.key?.source && isOther(ownUrl, baseUrl))
    return [`the key of ${placeIn(key)} goes to ${baseUrl}, which RESCALE_API_URL names`]
  if (
    key === 'RESCALE_API_KEY' &&
    url === profile.url?.source &&
    isOther(profile.key?.value, used.key?.value)
  )
    return [`RESCALE_API_KEY goes to ${baseUrl}, which ${placeIn(url)} names`]
  return []
}

const placeIn = (source: string): string => source.slice(source.indexOf('['))

const isOther = (theirs: string | undefined, used: string | undefined): boolean =>
  theirs !== undefined && theirs !== used

export function urlWarnings(baseUrl: string): string[] {
  if (new URL(baseUrl).protocol === 'https:' || isLoopback(baseUrl)) return []
  return [`${baseUrl} is not https: the API key can be read on its way`]
}

// SDK19 profiles name the root with /api/v3/; clients append the path themselves.
export function rootOf(url: string): string {
  return url
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/api(\/v\d+)?$/, '')
}
