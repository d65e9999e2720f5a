import { keyRun } from './hex-runs.ts'
import { MAX_LEARNED_SECRETS } from './limits.ts'
import type { Scrutiny } from './scrutiny.ts'
import { formedPlaces, isSecretName, namedPlaces } from './secret-patterns.ts'

export const REDACTED = '[redacted]'

/** Shorter values are blanked where they stand, and not looked for elsewhere: they would be found in anything. Characters. */
const SHORTEST_LEARNED = 8

/** Headers that say who somebody is, besides those whose name says so. */
const CREDENTIAL_HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
])

export const isCredentialHeader = (name: string): boolean =>
  CREDENTIAL_HEADERS.has(name) || isSecretName(name)

/**
 * Takes keys and secrets out of what one tenant's journal keeps. It learns the secrets that requests bring (variables of
 * jobs, say) and finds them again in logs and answers.
 */
export class Redactor {
  readonly #learned = new Set<string>()

  /** How often something was learned: what was clean before need not be so now. */
  get generation(): number {
    return this.#learned.size
  }

  /** Whether an answer needs a closer look: cheap, and true too often rather than too seldom. */
  isSuspicious(text: string, scrutiny: Scrutiny): boolean {
    if (scrutiny === 'anything' || keyRun(text) !== null) return true
    if (scrutiny === 'variables' && text.includes('"envVars":{"')) return true
    for (const secret of this.#learned) if (text.includes(secret)) return true
    return false
  }

  /** The text without keys and secrets. `cut`: it was longer, so its end may be half a secret. */
  clean(text: string, { cut = false }: { cut?: boolean } = {}): string {
    let clean = withoutKeys(cut ? withoutHexTail(text) : text)
    if (isSecretName(clean)) for (const place of namedPlaces) clean = this.#blank(clean, place)
    for (const place of formedPlaces) clean = this.#blank(clean, place)
    for (const secret of this.#learned) clean = withoutSecret(clean, secret, cut)
    return clean
  }

  header(name: string, value: string): string {
    if (!isCredentialHeader(name)) return this.clean(value)
    const [scheme] = /^[A-Za-z]{1,20}(?= )/.exec(value) ?? []
    return scheme === undefined ? REDACTED : `${scheme} ${REDACTED}`
  }

  #blank(text: string, place: RegExp): string {
    let clean = ''
    let end = 0
    for (const { groups, indices } of text.matchAll(place)) {
      const [from, to] = indices?.groups?.secret ?? [0, 0]
      const secret = groups?.secret ?? ''
      if (secret.startsWith(REDACTED)) continue
      this.#learn(secret)
      clean += text.slice(end, from) + REDACTED
      end = to
    }
    return end === 0 ? text : clean + text.slice(end)
  }

  #learn(secret: string): void {
    if (secret.length < SHORTEST_LEARNED || this.#learned.size >= MAX_LEARNED_SECRETS) return
    this.#learned.add(secret)
  }
}

function withoutKeys(text: string): string {
  let clean = ''
  let end = 0
  for (let run = keyRun(text); run !== null; run = keyRun(text, end)) {
    clean += text.slice(end, run.start) + REDACTED
    end = run.end
  }
  return end === 0 ? text : clean + text.slice(end)
}

const withoutHexTail = (text: string): string => text.replace(/[0-9a-fA-F]{1,39}$/, '')

function withoutSecret(text: string, secret: string, cut: boolean): string {
  const clean = text.replaceAll(secret, REDACTED)
  if (!cut) return clean
  for (let length = secret.length - 1; length >= SHORTEST_LEARNED / 2; length -= 1)
    if (clean.endsWith(secret.slice(0, length))) return clean.slice(0, -length)
  return clean
}
