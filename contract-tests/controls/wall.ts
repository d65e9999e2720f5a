/** Real time that moves when a test says so. */
export function aWall() {
  const waiting: { at: number; callback: () => void }[] = []
  let now = 0
  return {
    waiting,
    now: () => now,
    after(milliseconds: number, callback: () => void) {
      const entry = { at: now + milliseconds, callback }
      waiting.push(entry)
      return () => void waiting.splice(waiting.indexOf(entry), waiting.includes(entry) ? 1 : 0)
    },
    /** Lets the time of whatever is due first come, if anything waits. */
    async passNext(): Promise<void> {
      await turn()
      const next = waiting.toSorted((one, other) => one.at - other.at)[0]
      if (!next) return
      waiting.splice(waiting.indexOf(next), 1)
      now = Math.max(now, next.at)
      next.callback()
    },
    /** Waits until something waits, and lets its time come. */
    async pass(): Promise<number> {
      while (waiting.length === 0) await turn()
      const [entry] = waiting.splice(0, 1)
      const passed = (entry?.at ?? now) - now
      now = entry?.at ?? now
      entry?.callback()
      return passed
    },
  }
}

/** Lets everything else that is ready happen. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
