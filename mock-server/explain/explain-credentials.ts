import type { Why } from '../exchange/why.ts'

const RIGHT = 'Send "Authorization: Token <40 hexadecimal characters>".'

/** Why nobody was let in. Says nothing about keys that exist. */
export function explainCredentials(authorization: string | undefined): Why {
  const { code, text } = diagnose((authorization ?? '').trim())
  return { code, text: `${text} ${RIGHT}`, nearest: [] }
}

function diagnose(authorization: string): { code: string; text: string } {
  if (authorization === '')
    return { code: 'credentials-missing', text: 'The request has no Authorization header.' }
  const [scheme = '', ...rest] = authorization.split(/\s+/)
  if (/^[0-9a-fA-F]{40}$/.test(authorization))
    return { code: 'scheme-missing', text: 'The key stands alone, without the word Token before it.' }
  if (/^token:?$/i.test(scheme)) return diagnoseKey(scheme, rest)
  return {
    code: 'scheme-wrong',
    text: `Keys go with the scheme Token, not ${/^[A-Za-z]{1,20}$/.test(scheme) ? scheme : 'this one'}.`,
  }
}

function diagnoseKey(scheme: string, [key, ...more]: readonly string[]): { code: string; text: string } {
  if (scheme.endsWith(':')) return { code: 'scheme-wrong', text: 'The word Token takes no colon.' }
  if (key === undefined) return { code: 'key-missing', text: 'The word Token is there, but no key after it.' }
  if (more.length > 0) return { code: 'key-malformed', text: 'The key has spaces in it.' }
  if (/^["'].*["']$/.test(key)) return { code: 'key-malformed', text: 'The key stands in quotes.' }
  if (/^[0-9a-f]{40}$/.test(key))
    return {
      code: 'key-unknown',
      text: 'The key is well formed, but this server does not accept it (--api-key).',
    }
  if (/^[0-9a-fA-F]{40}$/.test(key))
    return { code: 'key-malformed', text: 'The key has letters in upper case.' }
  return {
    code: 'key-malformed',
    text: `The key has ${key.length} characters, or others than hexadecimal ones.`,
  }
}
