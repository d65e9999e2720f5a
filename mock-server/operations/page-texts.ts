import type { PageLinks } from './pagination.ts'

/** A page as it is written: its rows are JSON already. */
export interface PageContent {
  readonly count: number
  readonly links: PageLinks
  readonly rows: readonly string[]
}

interface Written {
  readonly content: PageContent
  readonly text: string
}

/** A page of 100 jobs (35 kB) is remembered. Characters. */
const LONGEST_REMEMBERED = 64 << 10

/** Of all pages together; as much again is held by rows that have changed since. Characters. */
const MAX_REMEMBERED = 1 << 20

/**
 * The JSON of pages that were asked for lately. Whoever polls asks for the same page, and mostly nothing has changed: to
 * see that takes as long as to compare references, and the same string, all in one piece, costs least to count and send.
 */
export class PageTexts {
  readonly #byPlace = new Map<object, Written>()
  #characters = 0

  /** `place`: what stands for the page's request line. */
  textOf(place: object, content: PageContent): string {
    const known = this.#byPlace.get(place)
    if (known && isSame(known.content, content)) return known.text
    const text = written(content)
    this.#forget(place)
    if (text.length <= LONGEST_REMEMBERED) this.#remember(place, { content, text })
    return text
  }

  /** Of the texts that are remembered. */
  get heldCharacters(): number {
    return this.#characters
  }

  #remember(place: object, page: Written): void {
    this.#characters += page.text.length
    if (this.#characters > MAX_REMEMBERED) {
      this.#byPlace.clear()
      this.#characters = page.text.length
    }
    this.#byPlace.set(place, page)
  }

  #forget(place: object): void {
    this.#characters -= this.#byPlace.get(place)?.text.length ?? 0
    this.#byPlace.delete(place)
  }
}

/** Rows that are kept with their job or file are the same strings until it changes. */
function isSame(known: PageContent, { count, links, rows }: PageContent): boolean {
  if (known.count !== count || known.links.next !== links.next || known.links.previous !== links.previous)
    return false
  if (known.rows.length !== rows.length) return false
  for (let index = 0; index < rows.length; index += 1) if (known.rows[index] !== rows[index]) return false
  return true
}

// Joined rather than added up, which would leave a tree of fragments that each reader has to walk.
const written = ({ count, links: { next, previous }, rows }: PageContent): string =>
  [
    `{"count":${count},"next":${JSON.stringify(next)},"previous":${JSON.stringify(previous)},"results":[`,
    rows.join(','),
    ']}',
  ].join('')
