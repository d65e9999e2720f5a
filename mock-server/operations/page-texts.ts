import type { PageLinks } from './pagination.ts'

/** A page as it is written: its rows are JSON already. */
export interface PageContent {
  readonly count: number
  readonly links: PageLinks
  readonly rows: readonly string[]
}

/** As many as a few pollers ask for in turn. A text that others would follow before it is asked for again costs more than it saves. */
const PLACES = 16

/** A page of 100 jobs (35 kB) is remembered. Characters. */
const LONGEST_REMEMBERED = 64 << 10

/**
 * The JSON of pages that are asked for again and again. Whoever polls asks for the same page, and mostly nothing has
 * changed: to see that takes as long as to compare references, and the same string, all in one piece, costs least to
 * count and send. Who asks for one page after the other leaves no text behind.
 */
export class PageTexts {
  /** What stands for the request lines that were new last; the content and text at the same index are of their latest page. */
  readonly #places: (object | null)[] = Array(PLACES).fill(null)
  readonly #contents: (PageContent | null)[] = Array(PLACES).fill(null)
  readonly #texts: string[] = Array(PLACES).fill('')
  #next = 0

  /** `place`: what stands for the page's request line. */
  textOf(place: object, content: PageContent): string {
    const index = this.#places.indexOf(place)
    if (index === -1) return this.#first(place, content)
    const known = this.#contents[index]
    if (known && isSame(known, content)) return this.#texts[index] ?? ''
    const text = written(content)
    const isKept = text.length <= LONGEST_REMEMBERED
    this.#contents[index] = isKept ? content : null
    this.#texts[index] = isKept ? text : ''
    return text
  }

  /** Of the texts that are remembered. */
  get heldCharacters(): number {
    return this.#texts.reduce((sum, text) => sum + text.length, 0)
  }

  #first(place: object, content: PageContent): string {
    this.#places[this.#next] = place
    this.#contents[this.#next] = null
    this.#texts[this.#next] = ''
    this.#next = (this.#next + 1) % PLACES
    return written(content)
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
