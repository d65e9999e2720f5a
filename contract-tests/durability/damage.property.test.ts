import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase, type Write } from '../../mock-server/durable/database.ts'
import { createRescale, openDataFolder, type Rescale } from '../../mock-server/index.ts'
import { tenantIdOf } from '../../mock-server/journal/tenant-id.ts'
import { aJob } from '../fixtures.ts'
import { ask, everything, type Loss, type Seen, unnamed } from './seen.ts'

let folder: string
/** A data folder as a closed server left it, and one as a killed server did. */
let originals: readonly string[] = []
/** What the clients of each tenant see, by its key. */
type Views = ReadonlyMap<string, Seen>

/** What clients saw in it after each request, the last of all at the end. */
const history: Views[] = []
/** Some of its content is the same as that of the first tenant, and kept once. */
const otherKey = 'b'.repeat(40)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-damage-'))
  const live = join(folder, 'live')
  const rescale = createRescale({ data: await openDataFolder(live) })
  const see = async () => void history.push(await viewsOf(rescale))
  await see()
  await fill(rescale, { apiKey: otherKey, jobs: 1, see })
  await fill(rescale, { see })
  await fill(rescale, { apiKey: otherKey, jobs: 1, see })
  const killed = join(folder, 'killed')
  await cp(live, killed, { recursive: true })
  await rescale.close()
  originals = [live, killed]
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

async function viewsOf(rescale: Rescale): Promise<Views> {
  const views = new Map<string, Seen>()
  for (const key of [rescale.apiKey, otherKey]) views.set(key, await everything(rescale, key))
  return views
}

interface Filling {
  readonly apiKey?: string
  readonly jobs?: number
  readonly see?: () => Promise<void>
}

/** Jobs in all sorts of states, and files large and small. */
async function fill(
  rescale: Rescale,
  { apiKey = rescale.apiKey, jobs = 6, see = async () => {} }: Filling = {},
): Promise<void> {
  const post = (path: string, body?: unknown) => ask(rescale, 'POST', path, body, apiKey)
  for (let number = 0; number < jobs; number += 1) {
    const content = `content ${number} `.repeat(1 + number * 500)
    const { id } = await upload(rescale, { name: `file-${number}`, content, apiKey })
    await see()
    const job = aJob({ name: `job ${number}`, command: 'cat file-*; sleep 500', inputs: [{ id }] })
    const saved = (await (await post('/api/v2/jobs/', job)).json()) as { id: string }
    await see()
    await post(`/api/v2/jobs/${saved.id}/submit/`)
    await see()
    rescale.world(apiKey).advance('5m')
    await see()
  }
  const faults = [{ operation: '*', kind: 'status', status: 503 }]
  const catalogue = { coreTypes: [{ code: 'quartz' }], projects: [{ name: 'Wing' }] }
  for (const [control, body] of [
    ['world/snapshots', { name: 'then' }],
    ['faults', { faults, onlyByHeader: true }],
    ['world/seed', { catalogue }],
  ] as const) {
    await post(`/_mock/${control}/`, body)
    await see()
  }
}

async function upload(
  rescale: Rescale,
  { name, content, apiKey }: { name: string; content: string; apiKey: string },
): Promise<{ id: string }> {
  const form = new FormData()
  form.append('file', new Blob([content]), name)
  const headers = { authorization: `Token ${apiKey}` }
  const url = 'http://localhost/api/v2/files/contents/'
  return (await (await rescale.fetch(url, { method: 'POST', headers, body: form })).json()) as { id: string }
}

interface Damage {
  readonly original: number
  /** Most files are content. */
  readonly isContent: boolean
  /** Which file, as a part of these. */
  readonly file: number
  /** Where in it, as parts of its length. */
  readonly places: readonly number[]
  readonly kind: 'flip' | 'cut' | 'remove'
}

/** Spread evenly; doubles would nearly all lie close to 0. */
const part = fc.noBias(fc.nat(999_999)).map((millionths) => millionths / 1_000_000)

const damage: fc.Arbitrary<Damage> = fc.record({
  original: fc.nat(1),
  isContent: fc.boolean(),
  file: part,
  places: fc.array(part, { minLength: 1, maxLength: 4 }),
  kind: fc.constantFrom('flip' as const, 'flip' as const, 'cut' as const, 'remove' as const),
})

async function harm(path: string, { isContent, file, places, kind }: Damage): Promise<void> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const meant = files.filter((one) => one.startsWith(join(path, 'content')) === isContent).sort()
  const chosen = meant[Math.floor(file * meant.length)] ?? ''
  const { size } = await stat(chosen)
  if (kind === 'remove') await rm(chosen)
  else if (kind === 'cut') await truncate(chosen, Math.floor(size * (places[0] ?? 0)))
  else if (size > 0) {
    const bytes = await readFile(chosen)
    for (const place of places)
      bytes[Math.floor(place * size)] = ((bytes[Math.floor(place * size)] ?? 0) + 77) % 256
    await writeFile(chosen, bytes)
  }
}

async function opened(
  path: string,
): Promise<{ rescale: Rescale; losses: readonly Loss[]; errors: unknown[] }> {
  const errors: unknown[] = []
  const data = await openDataFolder(path, { onError: (error) => errors.push(error) })
  const rescale = createRescale({ data, onError: (error) => errors.push(error) })
  return { rescale, losses: data.damage?.losses ?? [], errors }
}

const DAMAGES = Number(process.env.DAMAGES ?? 60)

it('names whatever is damaged, and serves the rest', { timeout: DAMAGES * 2_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(damage, async (one) => {
      // A folder of its own each time: one that failed may still be open, and would make the next ones fail.
      const copy = await mkdtemp(join(folder, 'copy-'))
      await cp(originals[one.original] ?? '', copy, { recursive: true })
      try {
        await harm(copy, one)
        const { rescale, losses, errors } = await opened(copy)
        expectRest(await viewsOf(rescale), losses)
        if (losses.length > 0) expect(await readFile(await lossesIn(copy), 'utf8')).toBe(toldOf(losses))
        // What is left is a world like any other.
        rescale.world().advance('20h')
        rescale.world().settle()
        await fill(rescale)
        const after = await everything(rescale)
        await rescale.close()
        expect(errors).toEqual([])
        const again = await opened(copy)
        expect(again.losses).toEqual([])
        expect(await everything(again.rescale)).toEqual(after)
        await again.rescale.close()
      } finally {
        await rm(copy, { recursive: true })
      }
    }),
    // Shrinking would take longer than the test may, and hide what it has found.
    { numRuns: DAMAGES, endOnFailure: true },
  )
})

it.each(['first', 'other'])(
  'names the %s tenant when a record of it is gone, and serves another as it was',
  async (victim) => {
    const copy = await mkdtemp(join(folder, 'copy-'))
    await cp(originals[0] ?? '', copy, { recursive: true })
    const keys = [...(history.at(-1)?.keys() ?? [])]
    const [harmed = '', whole = ''] = victim === 'first' ? keys : keys.toReversed()
    const database = await openDatabase(join(copy, 'state'))
    if (!database) throw new Error('the database could not be opened')
    const gone: Write[] = []
    for await (const [key] of database.all())
      if (key.startsWith(`tenant/${tenantIdOf(harmed)}/job/`)) gone.push({ key })
    await database.write(gone.slice(-1))
    await database.close()
    const { rescale, losses, errors } = await opened(copy)
    expect(losses.map(({ what }) => what)).toEqual([`tenant ${tenantIdOf(harmed)}`])
    expect(await everything(rescale, whole)).toEqual(history.at(-1)?.get(whole))
    expect(await everything(rescale, harmed)).not.toEqual(history.at(-1)?.get(harmed))
    await rescale.close()
    expect(errors).toEqual([])
  },
)

/** Nothing is missing or other than it was without being named. */
function expectRest(now: Views, losses: readonly Loss[]): void {
  const unnamedSince = (then: Views | undefined) =>
    [...now].flatMap(([key, seen]) => unnamedOf(tenantIdOf(key), [then?.get(key), seen], losses))
  const last = unnamedSince(history.at(-1))
  // The last writes are lost, and with them all that they changed.
  const isEnded = losses.some(({ what }) => what === 'state')
  if (last.length > 0 && isEnded) expect(history.map(unnamedSince)).toContainEqual([])
  else expect(last).toEqual([])
}

/** What is lost of one tenant says nothing of another. */
function unnamedOf(
  tenantId: string,
  [then = new Map(), now]: readonly [Seen | undefined, Seen],
  losses: readonly Loss[],
): string[] {
  // Some records are missing, and what is left may be old: that is all that is known of this tenant.
  if (losses.some(({ what }) => what === `tenant ${tenantId}`)) return []
  const isOfAnother = (what: string) => /\btenant[ /][0-9a-f]{16}\b/.test(what) && !what.includes(tenantId)
  return unnamed(
    then,
    now,
    losses.filter(({ what }) => !isOfAnother(what)),
  )
}

const toldOf = (losses: readonly Loss[]): string =>
  losses.map(({ what, why }) => `${what}: ${why}\n`).join('')

async function lossesIn(path: string): Promise<string> {
  const [start = ''] = await readdir(join(path, 'set-aside'))
  return join(path, 'set-aside', start, 'losses.txt')
}
