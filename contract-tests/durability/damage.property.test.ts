import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRescale, openDataFolder, type Rescale } from '../../mock-server/index.ts'
import { aJob } from '../fixtures.ts'

let folder: string
/** A data folder as a closed server left it, and one as a killed server did, by what clients see of them. */
const originals: { readonly path: string; readonly seen: string[] }[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-damage-'))
  const live = join(folder, 'live')
  const rescale = createRescale({ data: await openDataFolder(live) })
  await fill(rescale)
  const killed = join(folder, 'killed')
  const seen = await everything(rescale)
  await cp(live, killed, { recursive: true })
  await rescale.close()
  originals.push({ path: live, seen }, { path: killed, seen })
})
afterAll(() => rm(folder, { recursive: true }))

const ask = (rescale: Rescale, method: string, path: string, body?: unknown): Promise<Response> =>
  rescale.fetch(`http://localhost${path}`, {
    method,
    headers: { authorization: `Token ${rescale.apiKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

/** Jobs in all sorts of states, and files large and small. */
async function fill(rescale: Rescale): Promise<void> {
  for (let number = 0; number < 6; number += 1) {
    const { id } = await upload(rescale, `file-${number}`, `content ${number} `.repeat(1 + number * 500))
    const job = aJob({ name: `job ${number}`, command: 'cat file-*; sleep 500', inputs: [{ id }] })
    const saved = (await (await ask(rescale, 'POST', '/api/v2/jobs/', job)).json()) as { id: string }
    await ask(rescale, 'POST', `/api/v2/jobs/${saved.id}/submit/`)
    rescale.world().advance('5m')
  }
  await ask(rescale, 'POST', '/_mock/world/snapshots/', { name: 'then' })
  const faults = [{ operation: '*', kind: 'status', status: 503 }]
  await ask(rescale, 'POST', '/_mock/faults/', { faults, onlyByHeader: true })
  const catalogue = { coreTypes: [{ code: 'quartz' }], projects: [{ name: 'Wing' }] }
  await ask(rescale, 'POST', '/_mock/world/seed/', { catalogue })
  await ask(rescale, 'GET', '/api/v2/jobs/')
}

async function upload(rescale: Rescale, name: string, content: string): Promise<{ id: string }> {
  const form = new FormData()
  form.append('file', new Blob([content]), name)
  const headers = { authorization: `Token ${rescale.apiKey}` }
  const url = 'http://localhost/api/v2/files/contents/'
  return (await (await rescale.fetch(url, { method: 'POST', headers, body: form })).json()) as { id: string }
}

/** All that clients can see. Nothing of it may be an error of the mock. */
async function everything(rescale: Rescale): Promise<string[]> {
  const texts: string[] = []
  const read = async (path: string): Promise<{ results: { id: string }[] }> => {
    const answer = await ask(rescale, 'GET', path)
    const text = await answer.text()
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${text}`)
    texts.push(text)
    return path.endsWith('contents/') ? { results: [] } : (JSON.parse(text) as { results: { id: string }[] })
  }
  for (const path of ['/_mock/world/snapshots/', '/_mock/faults/', '/api/v2/users/me/projects/'])
    await read(path)
  for (const { id } of (await read('/api/v2/jobs/?page_size=100')).results)
    for (const part of ['', 'statuses/', 'cluster_statuses/', 'runs/', 'files/'])
      await read(`/api/v2/jobs/${id}/${part}`)
  for (const { id } of (await read('/api/v2/files/?page_size=200')).results)
    await read(`/api/v2/files/${id}/contents/`)
  return texts
}

interface Damage {
  readonly original: number
  /** Which file, as a part of all. */
  readonly file: number
  /** Where in it, as parts of its length. */
  readonly places: readonly number[]
  readonly kind: 'flip' | 'cut' | 'remove'
}

const damage: fc.Arbitrary<Damage> = fc.record({
  original: fc.nat(1),
  file: fc.double({ min: 0, max: 0.999, noNaN: true }),
  places: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 4 }),
  kind: fc.constantFrom('flip' as const, 'flip' as const, 'cut' as const, 'remove' as const),
})

async function harm(path: string, { file, places, kind }: Damage): Promise<string> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const chosen = files.sort()[Math.floor(file * files.length)] ?? ''
  const { size } = await stat(chosen)
  if (kind === 'remove') await rm(chosen)
  else if (kind === 'cut') await truncate(chosen, Math.floor(size * (places[0] ?? 0)))
  else if (size > 0) {
    const bytes = await readFile(chosen)
    for (const place of places)
      bytes[Math.floor(place * size)] = ((bytes[Math.floor(place * size)] ?? 0) + 77) % 256
    await writeFile(chosen, bytes)
  }
  return chosen
}

async function opened(path: string): Promise<{ rescale: Rescale; losses: number; errors: unknown[] }> {
  const errors: unknown[] = []
  const data = await openDataFolder(path, { onError: (error) => errors.push(error) })
  const rescale = createRescale({ data, onError: (error) => errors.push(error) })
  return { rescale, losses: data.damage?.losses.length ?? 0, errors }
}

const DAMAGES = Number(process.env.DAMAGES ?? 60)

it('names whatever is damaged, and serves the rest', { timeout: DAMAGES * 2_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(damage, async (one) => {
      const { path, seen } = originals[one.original] ?? { path: '', seen: [] }
      // A folder of its own each time: one that failed may still be open, and would make the next ones fail.
      const copy = await mkdtemp(join(folder, 'copy-'))
      await cp(path, copy, { recursive: true })
      try {
        await harm(copy, one)
        const { rescale, losses, errors } = await opened(copy)
        // Nothing is missing or other than it was without being named.
        const before = await everything(rescale)
        if (losses === 0) expect(before).toEqual(seen)
        else expect(await readFile(await lossesIn(copy), 'utf8')).not.toBe('')
        // What is left is a world like any other.
        rescale.world().advance('20h')
        rescale.world().settle()
        await fill(rescale)
        const after = await everything(rescale)
        await rescale.close()
        expect(errors).toEqual([])
        const again = await opened(copy)
        expect(again.losses).toBe(0)
        expect(await everything(again.rescale)).toEqual(after)
        await again.rescale.close()
      } finally {
        await rm(copy, { recursive: true })
      }
    }),
    { numRuns: DAMAGES },
  )
})

async function lossesIn(path: string): Promise<string> {
  const [start = ''] = await readdir(join(path, 'set-aside'))
  return join(path, 'set-aside', start, 'losses.txt')
}
