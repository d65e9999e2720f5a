/** A collection that is read by the page. Counting it and reading a page cost the same wherever the page lies. */
export interface Listing<Item> {
  readonly count: number
  /** The items from position `start` up to, but not including, `end`. Positions outside are skipped. */
  slice(start: number, end: number): readonly Item[]
}

export const listingOf = <Item>(items: readonly Item[]): Listing<Item> => ({
  count: items.length,
  slice: (start, end) => items.slice(Math.max(start, 0), Math.max(end, 0)),
})
