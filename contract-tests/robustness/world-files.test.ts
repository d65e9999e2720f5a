import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRescale, type Rescale } from '../../mock-server/index.ts'
import { resigned } from '../controls/resigned.ts'
import { everything } from '../durability/seen.ts'
import { aJob } from '../fixtures.ts'

let file = ''
let errors: unknown[] = []
const open = (): Rescale => createRescale({ onError: (error) => errors.push(error) })

let rescale: Rescale
beforeAll(async () => {
  rescale = open()
  const world = rescale.world()
  const seed = {
    files: [{ name: 'a.txt', text: 'some text' }],
    jobs: ['Executing', 'Completed', 'Stopping', 'Queued'].map((status) => ({
      ...aJob({ inputs: [] }),
      status,
    })),
  }
  await world.seed(seed as never)
  file = (await buffer(world.export())).toString('latin1')
})
afterAll(() => rescale.close())

const oddities = [
  null,
  true,
  -1,
  0,
  1.5,
  9_000_000_000_000_000,
  -8_000_000_000_000_000,
  '',
  'x',
  '../x',
  [],
  {},
  [null],
]

/** Replaces one value somewhere in one record. */
function spoilt(line: string, path: readonly number[], oddity: unknown): string {
  const record = JSON.parse(line) as Record<string, unknown>
  let place: Record<string, unknown> = record
  let key = 'value'
  for (const step of path) {
    const inner = place[key]
    if (typeof inner !== 'object' || inner === null) break
    const keys = Object.keys(inner)
    if (keys.length === 0) break
    place = inner as Record<string, unknown>
    key = keys[step % keys.length] ?? ''
  }
  place[key] = oddity
  return JSON.stringify(record)
}

const change = fc.record({
  record: fc.noBias(fc.nat()),
  path: fc.array(fc.noBias(fc.nat(1_000)), { minLength: 1, maxLength: 6 }),
  oddity: fc.constantFrom(...oddities),
})

it('are refused when a value in them is none, or make a world that answers', {
  timeout: 120_000,
}, async () => {
  const lines = file.split('\n')
  // Appointments at other instants are left out: they are a story told wrong, but one that can be told.
  const records = lines.flatMap((line, index) => (/^\{"key":"(?!due)/.test(line) ? [index] : []))
  expect(records.length).toBeGreaterThan(20)
  let taken = 0
  await fc.assert(
    fc.asyncProperty(change, async ({ record, path, oddity }) => {
      errors = []
      const at = records[record % records.length] ?? 0
      const text = resigned(lines.with(at, spoilt(lines[at] ?? '', path, oddity)).join('\n'))
      const answer = await rescale.fetch('http://rescale.test/_mock/world/import/', {
        method: 'POST',
        headers: { authorization: `Token ${rescale.apiKey}`, 'content-type': 'application/octet-stream' },
        body: Buffer.from(text, 'latin1'),
      })
      expect([
        errors.map((error) => (error instanceof Error ? error.stack : error)),
        answer.status,
        await answer.text(),
      ]).toEqual([[], expect.toBeOneOf([200, 400]), expect.anything()])
      if (answer.status === 200) taken += 1
      await everything(rescale)
      rescale.world().settle()
      await everything(rescale)
      expect(errors).toEqual([])
    }),
    { numRuns: Number(process.env.WORLD_FILES ?? 150) },
  )
  expect(taken).toBeGreaterThan(10)
})
