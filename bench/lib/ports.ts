import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * Below 32768, where the ports of outgoing connections begin: between this check and the server's own bind nobody's
 * client socket can take the port.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000)
    const probe = createServer().listen(port, '127.0.0.1')
    const free = await once(probe, 'listening').then(
      () => true,
      () => false,
    )
    probe.close()
    if (free) return port
  }
}

/** Asks every few milliseconds until there is an answer, whatever it says. */
export async function answers(url: string): Promise<void> {
  const deadline = performance.now() + 30_000
  while (performance.now() < deadline) {
    const response = await fetch(url).catch(() => null)
    await response?.arrayBuffer()
    if (response !== null) return
    await pause(5)
  }
  throw new Error(`nothing answers at ${url}`)
}
