type Ending = (typeof signals)[number] | (typeof accidents)[number] | typeof stall

/** What of a process the hooks need; `process` itself, outside of tests. */
export interface Exiting {
  on(event: Ending, listener: (reason: unknown) => void): unknown
  off(event: Ending, listener: (reason: unknown) => void): unknown
  exit(code: number): unknown
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const accidents = ['uncaughtException', 'unhandledRejection'] as const
/** Nothing is left that could go on: somebody waits for what never comes. */
const stall = 'beforeExit'

/** It could not be run to its end. */
const EXIT_CODE = 2

/**
 * Cleans up before the process ends by a signal, by an accident or for want of work; a second signal ends it at once. Gives what takes the
 * hooks away.
 */
export function cleanUpOnExit(
  target: Exiting,
  close: () => Promise<unknown>,
  tell: (text: string) => void,
): () => void {
  let ending = false
  const end = (why: string) => {
    if (ending) return target.exit(EXIT_CODE)
    ending = true
    tell(
      `${why}: cleaning up first; once more ends it at once, and leaves the rest to \`localscale contract reap\`.\n`,
    )
    return close().then(
      () => target.exit(EXIT_CODE),
      () => target.exit(EXIT_CODE),
    )
  }
  const onSignal = (signal: unknown): void => void end(String(signal))
  const onAccident = (reason: unknown): void =>
    void end(reason instanceof Error ? reason.message : String(reason))
  const onStall = (): void => void end('nothing is left to be done')
  target.on(stall, onStall)
  for (const signal of signals) target.on(signal, onSignal)
  for (const accident of accidents) target.on(accident, onAccident)
  return () => {
    target.off(stall, onStall)
    for (const signal of signals) target.off(signal, onSignal)
    for (const accident of accidents) target.off(accident, onAccident)
  }
}
