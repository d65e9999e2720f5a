import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRescale, type Rescale } from '../../mock-server/index.ts'
import { memoryFileStore } from '../../mock-server/stores/memory-file-store.ts'
import { importWorld } from '../../mock-server/worlds/import-world.ts'
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

it('have so many records, so much text in them, and lines so long, and not one more', async () => {
  const bytes = Buffer.from(file, 'latin1')
  const lines = bytes.toString().split('\n')
  const records = lines.filter((line) => line.startsWith('{"key":'))
  const most = {
    records: records.length,
    recordText: records.join('').length,
    line: Math.max(...lines.map((line) => Buffer.byteLength(line))),
  }
  const read = async (limits: Partial<typeof most>) =>
    (await importWorld(only(bytes), memoryFileStore(), limits)).saved.shelf.files.size
  expect(await read(most)).toBeGreaterThan(0)
  await expect(read({ records: most.records - 1 })).rejects.toThrow('there are too many')
  await expect(read({ recordText: most.recordText - 1 })).rejects.toThrow('there are too many')
  await expect(read({ line: most.line - 1 })).rejects.toThrow('a line is too long')
})

it('announce bytes no more often than they may have records', async () => {
  const empty = { size: 0, sha512: createHash('sha512').digest('hex') }
  const announced = ['1', '2'].map((number) => `${JSON.stringify({ bytes: number, ...empty })}\n\n`)
  const text = Buffer.from([file.slice(0, file.indexOf('\n') + 1), ...announced].join(''))
  const read = (records: number) => importWorld(only(text), memoryFileStore(), { records })
  await expect(read(2)).rejects.toThrow('it is cut')
  await expect(read(1)).rejects.toThrow('too often')
})

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
