/** Names of what is not to be read by others: variables, fields, headers, parameters of a query. */
const SECRET_NAME =
  'secret|token|passw|passphrase|api[_-]?key|access[_-]?key|private[_-]?key|credential|signature'

const secretName = new RegExp(SECRET_NAME, 'i')

export const isSecretName = (name: string): boolean => secretName.test(name)

// Bounded, and begun only where a name can begin: no text makes the search slow.
const name = `(?<![\\w.-])[\\w.-]{0,64}(?:${SECRET_NAME})[\\w.-]{0,64}`

/**
 * Places of secrets behind a name: the group `secret` is what has to go. A text may have been cut, so a value can end with it.
 * To be looked for only where `isSecretName` holds for the whole text, which takes a twentieth of the time.
 */
export const namedPlaces: readonly RegExp[] = [
  // "MY_TOKEN": "value" in JSON, also in JSON that stands in a JSON string.
  new RegExp(`"${name}\\\\?"\\s*:\\s*\\\\?"(?<secret>(?:[^"\\\\]|\\\\[^"])+)`, 'dgi'),
  // MY_TOKEN=value in commands, logs, forms and queries of URLs.
  new RegExp(`${name}=\\\\?["']?(?<secret>[^\\s"'&;|<>\\\\]+)`, 'dgi'),
]

/** Places of secrets that are known by their own form. */
export const formedPlaces: readonly RegExp[] = [
  // What follows the scheme of an Authorization header, in commands that call curl.
  /\b(?:Token|Bearer|Basic)\s+(?<secret>[\w.+/=~-]{16,})/dgi,
  /:\/\/[^\s/:@"']+:(?<secret>[^\s/@"']+)@/dg,
  /(?<![\w.-])(?<secret>eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?)/dg,
  /\b(?<secret>(?:AKIA|ASIA)[0-9A-Z]{16})\b/dg,
  /-----BEGIN [A-Z ]{0,32}PRIVATE KEY-----(?<secret>[\s\S]+?)(?:-----END|$)/dg,
]
