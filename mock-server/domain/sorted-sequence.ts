import type { Listing } from './listing.ts'

export interface Sequenced {
  /** Ascending in order of creation, unique, never changing. */
  readonly sequence: number
}

/** Items per block: adding and removing move at most so many. */
const blockLength = 512

/**
 * Items by their sequence, read newest first. Any page costs the same, and a change costs about the same however many there are
 * (an array would move a million references to take out its first).
 */
export class SortedSequence<Item extends Sequenced> implements Listing<Item> {
  #count = 0
  /** Ascending, none of them empty. */
  readonly #blocks: Item[][] = []
  /** How many items lie before each block; made when needed. */
  #starts: number[] | null = []

  get count(): number {
    return this.#count
  }

  add(item: Item): void {
    this.#count += 1
    this.#starts = null
    const index = this.#blockOf(item.sequence)
    const block = this.#blocks[index]
    if (!block) this.#append(item)
    else {
      block.splice(placeIn(block, item.sequence), 0, item)
      if (block.length > blockLength) this.#blocks.splice(index + 1, 0, block.splice(blockLength / 2))
    }
  }

  remove(item: Item): void {
    const index = this.#blockOf(item.sequence)
    const block = this.#blocks[index]
    const place = block ? placeIn(block, item.sequence) : 0
    if (block?.[place] !== item) return
    block.splice(place, 1)
    if (block.length === 0) this.#blocks.splice(index, 1)
    this.#count -= 1
    this.#starts = null
  }

  /** Puts the item in the place of the one with its sequence, if there is one. */
  replace(item: Item): void {
    const block = this.#blocks[this.#blockOf(item.sequence)]
    const place = block ? placeIn(block, item.sequence) : 0
    if (block?.[place]?.sequence === item.sequence) block[place] = item
  }

  /** Has the same items, and goes its own way. */
  copy(): SortedSequence<Item> {
    const copy = new SortedSequence<Item>()
    copy.#count = this.#count
    copy.#starts = null
    for (const block of this.#blocks) copy.#blocks.push(block.slice())
    return copy
  }

  slice(start: number, end: number): readonly Item[] {
    const items: Item[] = []
    const last = Math.min(end, this.#count)
    const first = Math.max(start, 0)
    if (first >= last) return items
    // From the newest: position 0 is the last item of the last block.
    let index = this.#blockAt(this.#count - 1 - first)
    let place = this.#count - 1 - first - (this.#startsOfBlocks()[index] ?? 0)
    while (items.length < last - first) {
      const item = this.#blocks[index]?.[place]
      if (item) items.push(item)
      else break
      place -= 1
      if (place < 0) {
        index -= 1
        place = (this.#blocks[index]?.length ?? 0) - 1
      }
    }
    return items
  }

  /** Newest first. */
  *[Symbol.iterator](): Generator<Item> {
    for (let index = this.#blocks.length - 1; index >= 0; index -= 1) {
      const block = this.#blocks[index] ?? []
      for (let place = block.length - 1; place >= 0; place -= 1) {
        const item = block[place]
        if (item) yield item
      }
    }
  }

  #append(item: Item): void {
    const last = this.#blocks.at(-1)
    if (last && last.length < blockLength) last.push(item)
    // A copy has no room to spare, and the full block will hardly grow again.
    else {
      if (last) this.#blocks[this.#blocks.length - 1] = last.slice()
      this.#blocks.push([item])
    }
  }

  /** The first block whose last item is not before `sequence`; beyond the last when there is none. */
  #blockOf(sequence: number): number {
    return firstWhere(
      this.#blocks.length,
      (index) => (this.#blocks[index]?.at(-1)?.sequence ?? 0) >= sequence,
    )
  }

  /** The block that holds the item at this position, counted from the oldest. */
  #blockAt(position: number): number {
    const starts = this.#startsOfBlocks()
    return firstWhere(starts.length, (index) => (starts[index] ?? 0) > position) - 1
  }

  #startsOfBlocks(): readonly number[] {
    if (!this.#starts) {
      let start = 0
      this.#starts = this.#blocks.map(({ length }) => {
        start += length
        return start - length
      })
    }
    return this.#starts
  }
}

const placeIn = (block: readonly Sequenced[], sequence: number): number =>
  firstWhere(block.length, (place) => (block[place]?.sequence ?? 0) >= sequence)

/** The lowest of 0 … length that holds; conditions that hold must hold for all higher ones. */
function firstWhere(length: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}
