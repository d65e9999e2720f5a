import { setMaxListeners } from 'node:events'

/**
 * Lets any number of transfers listen to a signal, as `fetch` does for its requests: Node would take more than ten for a
 * leak, and say so on stderr.
 */
export function shared(signal: AbortSignal | undefined): void {
  if (signal) setMaxListeners(0, signal)
}
