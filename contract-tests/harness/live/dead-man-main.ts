import { setTimeout as sleep } from 'node:timers/promises'
import { loadDescribedBodies } from '../naming/described-bodies.ts'
import { undiciTransport } from '../undici-transport.ts'
import { guardedAccount, ledgerPath } from './account.ts'
import { stopWhatRuns } from './dead-man.ts'
import type { DeadManOrders } from './dead-man-process.ts'
import { Ledger } from './ledger.ts'

const PAUSE_MS = 2_000

/** The watcher's whole life: reads its orders, waits for the end of the run, and stops what that has left running. */
export async function watchOver(input: AsyncIterable<Buffer | string>): Promise<void> {
  const { orders, whenOver } = await readOrders(input)
  const timer = new AbortController()
  const deadline = sleep(Math.max(0, orders.deadline - Date.now()), 'dead', { signal: timer.signal }).catch(
    () => 'dead',
  )
  const end = await Promise.race([whenOver, deadline])
  timer.abort()
  if (end === 'dead') await stopAll(orders)
}

/** The first line is the orders; `done` after it means that there is nothing to do. */
async function readOrders(
  input: AsyncIterable<Buffer | string>,
): Promise<{ orders: DeadManOrders; whenOver: Promise<'done' | 'dead'> }> {
  const chunks = input[Symbol.asyncIterator]()
  let text = ''
  while (!text.includes('\n')) {
    const next = await chunks.next()
    if (next.done) throw new Error('there were no orders')
    text += String(next.value)
  }
  const [line = '', ...rest] = text.split('\n')
  const whenOver = (async (): Promise<'done' | 'dead'> => {
    let said = rest.join('\n')
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) said += String(next.value)
    return said.includes('done') ? 'done' : 'dead'
  })()
  return { orders: JSON.parse(line) as DeadManOrders, whenOver }
}

async function stopAll(orders: DeadManOrders): Promise<void> {
  const { ca, addresses, run, marker, origin, authorization, tenant, folder, profile: name } = orders
  await using wire = await undiciTransport({
    ...(ca !== undefined && { ca }),
    ...(addresses && { addresses }),
  })
  const ledger = new Ledger({ path: ledgerPath(folder, { tenant }), run, now: () => new Date() })
  const profile = { name, origin, host: new URL(origin).host, apiKey: '', authorization, tenant }
  const { calls } = guardedAccount({
    profile,
    bodies: await loadDescribedBodies(),
    ledger,
    marker,
    transport: wire.transport,
    allowCreate: true,
    budget: undefined,
  })
  await stopWhatRuns(run, ledger, calls, () => sleep(PAUSE_MS))
  ledger.close()
}
