import { type Detected, withoutOverlaps } from './detectors.ts'

/** Shorter ones would be found everywhere. */
const SHORTEST_SECRET = 6

/** The secrets of a profile, and how they are found in any of the forms in which they travel. */
export class KnownSecrets {
  readonly #forms: readonly string[]

  constructor(secrets: readonly string[]) {
    const forms = secrets.filter(({ length }) => length >= SHORTEST_SECRET).flatMap(formsOf)
    // The longest first: a form may be part of another.
    this.#forms = [...new Set(forms)].sort((one, other) => other.length - one.length)
  }

  /** Where any form of any secret stands. */
  in(text: string): Detected[] {
    const lower = text.toLowerCase()
    return withoutOverlaps(this.#forms.flatMap((form) => occurrences(lower, form)))
  }

  isIn(text: string): boolean {
    const lower = text.toLowerCase()
    return this.#forms.some((form) => lower.includes(form))
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

function occurrences(text: string, form: string): Detected[] {
  const found: Detected[] = []
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) {
    found.push({ from: at, to: at + form.length, type: 'secret' })
  }
  return found
}
