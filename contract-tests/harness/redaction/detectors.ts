/** A stretch of text that must not be kept, and what kind of name takes its place. */
export interface Detected {
  readonly from: number
  readonly to: number
  readonly type: 'secret' | 'email'
}

interface Detector {
  /** Group 1, where there is one, is what must go; else all of it. */
  readonly pattern: RegExp
  readonly type: Detected['type']
  /** Shorter texts have none. */
  readonly least: number
  /** What all of them have, and hardly any other text: looked for first, as most texts are harmless. */
  readonly with?: string
}

const secretNames =
  'password|passwd|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|client[-_]?secret|credential|session[-_]?id|signature|sig'

/** Query parameters of links that were signed in advance (S3, Azure, CloudFront), and what else grants access. */
const signedParameters =
  'X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token|AWSAccessKeyId|Signature|Key-Pair-Id|Policy|sig|skoid|sktid|se|sp|sv|token|access_token|key|auth'

const detectors: readonly Detector[] = [
  {
    pattern: /-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g,
    type: 'secret',
    least: 17,
    with: '-----BEGIN ',
  },
  { pattern: /\b(?:Token|Bearer|Basic|Digest|Negotiate)\s+([\w.~+/=-]{8,})/gi, type: 'secret', least: 14 },
  { pattern: /\bey[\w-]{8,}\.[\w-]{4,}\.[\w-]*/g, type: 'secret', least: 16, with: '.' },
  { pattern: /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}/g, type: 'secret', least: 16 },
  { pattern: /\b(?:gh[opsu]_|glpat-|xox[abp]-|sk-|npm_)[\w-]{12,}/g, type: 'secret', least: 15 },
  // Rescale's own keys (api-facts §1.3).
  { pattern: /(?<![\w])[0-9a-f]{40}(?![\w])/gi, type: 'secret', least: 40 },
  { pattern: /\/\/[^\s/@:]+:([^\s/@]+)@/g, type: 'secret', least: 6, with: '@' },
  {
    pattern: new RegExp(`[?&;](?:${signedParameters})=([^&#\\s"'<>]+)`, 'gi'),
    type: 'secret',
    least: 5,
    with: '=',
  },
  {
    pattern: new RegExp(`(?:${secretNames})["']?\\s*[=:]\\s*["']?([^\\s"'&,;}]{4,})`, 'gi'),
    type: 'secret',
    least: 8,
  },
  { pattern: /ssh-(?:rsa|ed25519|dss)\s+([A-Za-z0-9+/=]{20,})/g, type: 'secret', least: 28, with: 'ssh-' },
  { pattern: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, type: 'email', least: 5, with: '@' },
]

const SHORTEST = 5

/** Every form has one of these: most texts have none, and are done with. */
const SUSPICIOUS = /[=:@/\d_-]|token|bearer|basic|digest|negotiate|akia|asia|aroa|aida|ey[\w-]{8}|[a-f]{30}/i

/** Words that long, made of letters of both cases and digits, with hardly a repetition: keys, not language. */
const ENTROPY_LENGTH = 24
const ENTROPY_BITS = 3.7

/** What looks like a secret or a person's address in a text, in order, without overlaps. */
export function detect(text: string): Detected[] {
  return withoutOverlaps([...detectForms(text), ...randomWords(text)])
}

/** The same without words that are only random: texts that were put together from harmless pieces may have such. */
export function detectForms(text: string): Detected[] {
  if (text.length < SHORTEST || !SUSPICIOUS.test(text)) return []
  return withoutOverlaps(detectors.flatMap((detector) => matchesOf(detector, text)))
}

function matchesOf({ pattern, type, least, with: needed }: Detector, text: string): Detected[] {
  if (text.length < least || (needed !== undefined && !text.includes(needed))) return []
  return [...text.matchAll(pattern)].map((match) => {
    const [whole, inner] = match
    const from = inner === undefined ? match.index : match.index + whole.lastIndexOf(inner)
    return { from, to: from + (inner ?? whole).length, type }
  })
}

function randomWords(text: string): Detected[] {
  if (text.length < ENTROPY_LENGTH) return []
  return [...text.matchAll(/[A-Za-z0-9+/=_-]{24,}/g)]
    .filter(([word]) => /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word))
    .filter(([word]) => entropyOf(word) > ENTROPY_BITS)
    .map((match) => ({ from: match.index, to: match.index + match[0].length, type: 'secret' as const }))
}

/** Bits per character. */
function entropyOf(word: string): number {
  const counts = new Map<string, number>()
  for (const character of word) counts.set(character, (counts.get(character) ?? 0) + 1)
  return [...counts.values()].reduce((sum, count) => {
    const share = count / word.length
    return sum - share * Math.log2(share)
  }, 0)
}

export function withoutOverlaps(found: readonly Detected[]): Detected[] {
  const sorted = [...found].sort((one, other) => one.from - other.from || other.to - one.to)
  const kept: Detected[] = []
  for (const next of sorted) {
    const last = kept.at(-1)
    if (!last || next.from >= last.to) kept.push(next)
    else if (next.to > last.to) kept[kept.length - 1] = { ...last, to: next.to }
  }
  return kept
}
