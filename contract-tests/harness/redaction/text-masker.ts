import type { Names } from '../naming/names.ts'
import type { TemplatePart } from '../naming/tokens.ts'
import { literal } from '../regexp-literal.ts'
import { type Detected, detect, withoutOverlaps } from './detectors.ts'
import type { KnownSecrets } from './known-secrets.ts'

/** The name that stands for a run's marker, whatever the run. */
export const MARKER = 'marker#1'

export interface MaskerParts {
  readonly names: Names
  readonly secrets: KnownSecrets
  /** What all names of this run contain. */
  readonly marker: string | undefined
}

/** Takes secrets, addresses, the run's marker and known identifiers out of texts that are kept otherwise. */
export class TextMasker {
  readonly #parts: MaskerParts

  constructor(parts: MaskerParts) {
    this.#parts = parts
    if (parts.marker) parts.names.bind(MARKER, parts.marker)
  }

  template(text: string): TemplatePart[] {
    const { names } = this.#parts
    const masked = this.#detected(text)
    const pieces: TemplatePart[] = []
    let at = 0
    for (const { from, to, type } of masked) {
      pieces.push(...this.#named(text.slice(at, from)), { name: names.name(type, text.slice(from, to)) })
      at = to
    }
    return joined([...pieces, ...this.#named(text.slice(at))])
  }

  /** Whether nothing of the text had to go. */
  isClean(text: string): boolean {
    return this.#detected(text).length === 0
  }

  #detected(text: string): Detected[] {
    const { secrets } = this.#parts
    const found = withoutOverlaps([...secrets.in(text), ...withoutMarkers(detect(text), this.#markers(text))])
    // A secret that was escaped, perhaps twice: then nothing of the text is kept.
    const plain = found.length === 0 && text.includes('%') ? unescaped(unescaped(text)) : text
    const hidden = plain !== text && (secrets.isIn(plain) || detect(plain).length > 0)
    return hidden ? [{ from: 0, to: text.length, type: 'secret' }] : found
  }

  #markers(text: string): Detected[] {
    const { marker } = this.#parts
    return marker && text.includes(marker)
      ? [...text.matchAll(new RegExp(literal(marker), 'g'))].map(({ index }) => ({
          from: index,
          to: index + marker.length,
          type: 'secret',
        }))
      : []
  }

  /** Whole words only, and only such as cannot be anything else. */
  #named(text: string): TemplatePart[] {
    const { marker } = this.#parts
    if (marker && text.includes(marker)) {
      return text
        .split(marker)
        .flatMap((piece, index) => [...(index > 0 ? [{ name: MARKER }] : []), ...this.#identified(piece)])
    }
    return this.#identified(text)
  }

  #identified(text: string): TemplatePart[] {
    const { names } = this.#parts
    return text.split(/([A-Za-z0-9]{5,})/).map((word) => {
      const name = names.identifier(word)
      return name === undefined ? word : { name }
    })
  }
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A marker is random and meant to be seen. */
const withoutMarkers = (found: readonly Detected[], markers: readonly Detected[]): Detected[] =>
  found.filter(({ from, to }) => !markers.some((marker) => from >= marker.from && to <= marker.to))

function joined(parts: readonly TemplatePart[]): TemplatePart[] {
  const merged: TemplatePart[] = []
  for (const part of parts) {
    const last = merged.at(-1)
    if (part === '') continue
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part
    else merged.push(part)
  }
  return merged
}
