import { readdir, readFile, writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RescaleError } from '../errors.ts'
import { aClient } from '../test-support/client.ts'
import { aClock } from '../test-support/clock.ts'
import { type Fault, faulty, lyingFault, passingFault } from '../test-support/faults.ts'
import { aFile, someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { aServer } from '../test-support/server.ts'
import { OVER, type Over } from '../test-support/tls-front.ts'

const KiB = 1024
// Above the 8 MiB from which on what has come is kept, and no multiple of anything.
const LARGE = someBytes(9 * KiB * KiB + 4_321)
const SMALL = someBytes(700_001)
const TIMEOUTS = { headersMs: 2_000, bodyMs: 60 }
const MOST_TRIES = 40

/** Downloads until it succeeds; every failure must be one of this client's errors, and leave the target alone. */
async function downloadPersistently(over: Over, bytes: Buffer, plan: readonly Fault[], connections: number) {
  await using folder = await aFolder()
  await using server = await aServer(faulty(bytes, plan), over)
  const client = aClient(server.url, { clock: aClock(), timeouts: TIMEOUTS })
  const target = folder.in('testfile')
  await writeFile(target, 'as it was')
  const options = { to: target, connections, minRangeBytes: Math.ceil(bytes.byteLength / 12) }
  for (let tries = 1; ; tries++) {
    if (tries > MOST_TRIES) throw new Error('It never ends')
    try {
      expect(await client.files.download(aFile(bytes), options)).toMatchObject({ verified: true })
      break
    } catch (error) {
      if (!(error instanceof RescaleError)) throw error
      expect(await readFile(target, 'utf8')).toBe('as it was')
    }
  }
  expect((await readFile(target)).equals(bytes)).toBe(true)
  expect(await readdir(folder.path)).toEqual(['testfile'])
}

const connections = fc.integer({ min: 1, max: 6 })

describe.each(OVER)('over %s', (over) => {
  it('ends with the file or one of its errors, and never with a wrong file, whatever goes wrong', async () => {
    const plans = fc.array(fc.oneof({ weight: 3, arbitrary: passingFault }, lyingFault), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(plans, connections, (plan, count) => downloadPersistently(over, SMALL, plan, count)),
      { numRuns: over === 'TLS' ? 15 : 40 },
    )
  })

  it('goes on with what has come when it failed, and never ends with a wrong file that way', async () => {
    const plans = fc.array(fc.oneof({ weight: 6, arbitrary: passingFault }, lyingFault), {
      minLength: 3,
      maxLength: 25,
    })
    await fc.assert(
      fc.asyncProperty(plans, connections, (plan, count) => downloadPersistently(over, LARGE, plan, count)),
      { numRuns: over === 'TLS' ? 8 : 15 },
    )
  })
})
