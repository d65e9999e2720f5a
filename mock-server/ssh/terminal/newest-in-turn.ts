/**
 * Sets one value after the other: of two that are set at the same time, the older one may come last. Of those that come
 * while one is being set, the newest counts.
 */
export const newestInTurn = <T>(set: (value: T) => Promise<void>): ((value: T) => void) => {
  let wanted: { readonly value: T } | null = null
  let isBusy = false
  const setAll = async (): Promise<void> => {
    isBusy = true
    for (let next: typeof wanted = wanted; next !== null; next = wanted) {
      wanted = null
      await set(next.value)
    }
    isBusy = false
  }
  return (value) => {
    wanted = { value }
    if (!isBusy) void setAll()
  }
}
