import { once } from 'node:events'
import { aborted } from '../failures.ts'

/** What `work` gives, unless `signal` comes first: then an `AbortedError`, at once, while whoever began the work ends it. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  work.catch(() => {})
  if (signal.aborted) throw aborted(signal.reason)
  const done = new AbortController()
  const gone = once(signal, 'abort', { signal: done.signal }).then(() => {
    throw aborted(signal.reason)
  })
  gone.catch(() => {})
  try {
    return await Promise.race([work, gone])
  } finally {
    done.abort()
  }
}
