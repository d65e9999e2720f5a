import type { EventEmitter } from 'node:events'

export type Done<T> = (error: Error | null | undefined, value: T) => void

/** What is answered to a question over a connection; `lost` makes the error for one that closes without an answer. */
export function answered<T>(
  connection: EventEmitter,
  lost: () => Error,
  ask: (done: Done<T>) => unknown,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const onClose = () => reject(lost())
    connection.once('close', onClose)
    const done: Done<T> = (error, value) => {
      connection.off('close', onClose)
      if (error) reject(error)
      else resolve(value)
    }
    try {
      ask(done)
    } catch (error) {
      connection.off('close', onClose)
      reject(error)
    }
  })
}
