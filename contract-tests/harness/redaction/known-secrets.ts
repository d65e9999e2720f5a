import { type Detected, withoutOverlaps } from './detectors.ts'

/** Shorter ones would be found everywhere. */
const SHORTEST_SECRET = 6

/** Of a longer one, a stretch of so many characters is a secret, too: reports and platforms shorten texts. */
const SHORTEST_STRETCH = 12

/** A form that writes a secret at greater length takes a stretch of this share of it. */
const SHARE = 0.3

/** The secrets of a profile, and how they are found in any of the forms in which they travel. */
export class KnownSecrets {
  readonly #forms: readonly string[]

  constructor(secrets: readonly string[]) {
    const forms = secrets.filter(({ length }) => length >= SHORTEST_SECRET).flatMap(formsOf)
    // The longest first: a form may be part of another.
    this.#forms = [...new Set(forms)].sort((one, other) => other.length - one.length)
  }

  /** There is nothing to look for. */
  get none(): boolean {
    return this.#forms.length === 0
  }

  /** Where any form of any secret stands, or a stretch of one. */
  in(text: string): Detected[] {
    const lower = text.toLowerCase()
    return withoutOverlaps(this.#forms.flatMap((form) => [...stretches(lower, form)]))
  }

  isIn(text: string): boolean {
    const lower = text.toLowerCase()
    return this.#forms.some((form) => stretches(lower, form).next().done === false)
  }

  /** As a text, and as bytes in UTF-16 too. */
  isInBytes(bytes: Uint8Array): boolean {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return this.isIn(buffer.toString('latin1')) || this.isIn(buffer.toString('utf16le'))
  }
}

/** Exact, reversed, URL-encoded, hexadecimal, and base64 at each of the three places where it may begin. */
function formsOf(secret: string): string[] {
  const reversed = [...secret].reverse().join('')
  const bytes = Buffer.from(secret)
  const encoded = [0, 1, 2].map((offset) => base64Inside(bytes, offset))
  const all = [
    secret,
    reversed,
    encodeURIComponent(secret),
    // Every character escaped, which some clients do.
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    bytes.toString('hex'),
    JSON.stringify(secret).slice(1, -1),
    ...encoded,
    ...encoded.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ]
  return all.filter(({ length }) => length >= SHORTEST_SECRET).map((form) => form.toLowerCase())
}

/** What base64 makes of the bytes when `offset` others stand before them, without the characters these share. */
function base64Inside(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
  const from = offset === 0 ? 0 : offset + 1
  // Padding, and the character whose bits belong to what follows.
  const shared = [0, 3, 2][(bytes.length + offset) % 3] ?? 0
  return text.slice(from, text.length - shared)
}

const leastOf = ({ length }: string): number =>
  Math.min(length, Math.max(SHORTEST_STRETCH, Math.ceil(length * SHARE)))

/** Every stretch of a form that is long enough holds one of its blocks whole; from there it is followed both ways. */
function* stretches(text: string, form: string): Generator<Detected> {
  const least = leastOf(form)
  const size = Math.ceil(least / 2)
  for (let offset = 0; offset + size <= form.length; offset += size) {
    const block = form.slice(offset, offset + size)
    for (let at = text.indexOf(block); at >= 0; at = text.indexOf(block, at + size)) {
      const before = common((step) => text[at - step] === form[offset - step], Math.min(at, offset))
      const [end, ending] = [at + size - 1, offset + size - 1]
      const after = common(
        (step) => text[end + step] === form[ending + step],
        Math.min(text.length - 1 - end, form.length - 1 - ending),
      )
      if (before + size + after >= least) yield { from: at - before, to: at + size + after, type: 'secret' }
    }
  }
}

/** So many steps from here on are the same, of at most `most`. */
function common(isSame: (step: number) => boolean, most: number): number {
  let steps = 0
  while (steps < most && isSame(steps + 1)) steps += 1
  return steps
}
