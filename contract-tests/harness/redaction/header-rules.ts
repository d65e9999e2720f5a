/** What is kept of a header's value; of all others only that they came. */
export type HeaderKind = 'plain' | 'media-type' | 'url' | 'date' | 'entity-tags' | 'message' | 'disposition'

/** Only what the description makes part of an operation. Neither `Authorization` nor `User-Agent` is ever looked at. */
export const requestHeaders: Readonly<Record<string, HeaderKind>> = {
  'content-type': 'media-type',
  range: 'plain',
  'if-none-match': 'entity-tags',
  'if-match': 'entity-tags',
  'if-range': 'entity-tags',
  'if-modified-since': 'date',
  'if-unmodified-since': 'date',
}

export const responseHeaders: Readonly<Record<string, HeaderKind>> = {
  'accept-ranges': 'plain',
  allow: 'plain',
  'cache-control': 'plain',
  'content-disposition': 'disposition',
  'content-language': 'plain',
  'content-length': 'plain',
  'content-range': 'plain',
  'content-type': 'plain',
  deprecation: 'plain',
  etag: 'entity-tags',
  'last-modified': 'date',
  location: 'url',
  'retry-after': 'plain',
  sunset: 'date',
  vary: 'plain',
  'www-authenticate': 'message',
  'x-ratelimit-limit': 'plain',
  'x-ratelimit-remaining': 'plain',
  'x-ratelimit-reset': 'plain',
}
