const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Calls `stop` when the process is about to end: by a signal, or because nothing is left to do. Returns what takes
 * that back. A signal goes its usual way afterwards, unless the program handles it itself. What nobody can catch
 * (SIGKILL, `process.exit`, a crash) is left to the dead-man switch.
 */
export function onWayOut(stop: () => Promise<unknown>): () => void {
  const handlers = SIGNALS.map((signal) => {
    const handler = () => {
      forget()
      void stop()
        .catch(() => {})
        .finally(() => {
          if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
        })
    }
    process.on(signal, handler)
    return [signal, handler] as const
  })
  const atEnd = () => {
    forget()
    stop().catch(() => {})
  }
  process.on('beforeExit', atEnd)
  const forget = () => {
    for (const [signal, handler] of handlers) process.off(signal, handler)
    process.off('beforeExit', atEnd)
  }
  return forget
}
