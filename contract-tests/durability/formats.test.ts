import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createRescale, openDataFolder } from '../../mock-server/index.ts'
import { ensureBuilt, localscale } from '../programs/built-cli.ts'

/** What this format's first version wrote: three jobs, one of them under way, with two files. */
const formatOne = fileURLToPath(new URL('format-1', import.meta.url))

/** What this version writes: a catalogue, jobs that were seeded, a snapshot, a plan that was met once, limits of requests. */
const formatTwo = fileURLToPath(new URL('format-2', import.meta.url))

let folder: string
beforeAll(() => ensureBuilt(), 120_000)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-format-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** As a version of that format would have sealed it. */
async function writeFormat(format: number): Promise<void> {
  const json = JSON.stringify({ format })
  const sum = createHash('sha256').update(`${format} localscale-data\n${json}`).digest('hex').slice(0, 16)
  await writeFile(join(folder, 'localscale-data'), `${format} ${sum} ${json}\n`)
}

describe('a data folder', () => {
  it('of format 1 is read', async () => {
    await cp(formatOne, folder, { recursive: true })
    const data = await openDataFolder(folder)
    expect(data.damage).toBeNull()
    await using rescale = createRescale({ data })
    const { platform } = rescale.world()
    const jobs = platform.jobs()
    const made = jobs.slice(0, jobs.count).filter(({ name }) => name.startsWith('of format 1'))
    expect(made.map(({ name, status }) => `${name}: ${status}`)).toEqual([
      'of format 1, saved: null',
      'of format 1, executing: Executing',
      'of format 1, ended: Completed',
    ])
    const file = platform.files({ search: 'range.inp' }).slice(0, 1)[0]
    const answer = await rescale.fetch(`http://localhost/api/v2/files/${file?.id}/contents/`, {
      headers: { authorization: `Token ${rescale.apiKey}` },
    })
    expect(await answer.text()).toBe('1000')
    rescale.world().settle()
    expect(made[1] && platform.job(made[1].id).status).toBe('Completed')
    expect(await readFile(join(folder, 'localscale-data'), 'utf8')).toContain('{"format":2}')
  })

  it('of format 2 is read', async () => {
    await cp(formatTwo, folder, { recursive: true })
    const data = await openDataFolder(folder)
    expect(data.damage).toBeNull()
    await using rescale = createRescale({ data })
    const world = rescale.world()
    const made = (): string[] =>
      world.platform
        .jobs({ search: 'of format 2' })
        .slice(0, 9)
        .map(({ name, status }) => `${name}: ${status}`)
    const jobs = ['of format 2, waiting: Waiting for Cluster', 'of format 2, stopping: Stopping']
    expect(made()).toEqual(jobs)
    expect(world.platform.projects.at(-1)).toEqual({ id: 'wingA', name: 'Wing' })
    const [price] = world.platform.catalogueEntries.computePrices
    expect(price).toMatchObject({ coreType: 'quartz', value: { amount: '0.1', currency: 'USD' } })
    expect(world.faults.plans()[0]?.faults.map(({ left }) => left)).toEqual([2, 1])
    expect(world.throttling.isOn).toBe(true)
    expect(world.throttling.report().find(({ scope }) => scope === 'user')).toMatchObject({
      limit: 100,
      used: 1,
    })
    await world.reset()
    await world.restore('of format 2')
    expect(made()).toEqual(jobs)
    world.settle()
    expect(made().every((job) => job.endsWith('Completed'))).toBe(true)
  })

  it.each([0, 3, 99])('of format %i is refused in words, and left as it is', async (format) => {
    await writeFormat(format)
    await mkdir(join(folder, 'state'))
    await writeFile(join(folder, 'state', 'CURRENT'), 'something else')
    await mkdir(join(folder, 'incoming'))
    await writeFile(join(folder, 'incoming', 'f'.repeat(32)), 'half an upload')
    await expect(openDataFolder(folder)).rejects.toThrow(`says format ${format}`)
    const { code, stderr } = await localscale(['serve', '--port', '0', '--data-dir', folder])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^localscale: .*reads formats 1 and 2.*Nothing was changed/)
    expect((await readdir(folder)).sort()).toEqual(['incoming', 'localscale-data', 'state'])
    expect(await readFile(join(folder, 'incoming', 'f'.repeat(32)), 'utf8')).toBe('half an upload')
  })

  it('of before, with bytes that nothing names, has them set aside', async () => {
    const id = 'ab'.repeat(16)
    await mkdir(join(folder, 'content', 'ab'), { recursive: true })
    await writeFile(join(folder, 'content', 'ab', id), 'somebody may want this')
    const data = await openDataFolder(folder)
    expect(data.damage?.losses).toEqual([{ what: 'content', why: expect.stringContaining('records') }])
    const aside = join(data.damage?.folder ?? '', 'content', id)
    expect(await readFile(aside, 'utf8')).toBe('somebody may want this')
    await data.close()
  })

  it('that has lost its format says so, and is read', async () => {
    await cp(formatTwo, folder, { recursive: true })
    await rm(join(folder, 'localscale-data'))
    const data = await openDataFolder(folder)
    expect(data.damage?.losses).toEqual([{ what: 'localscale-data', why: 'it is missing' }])
    await using rescale = createRescale({ data })
    expect(rescale.world().platform.jobs({ search: 'of format 2' }).count).toBe(2)
  })

  it('is open for one process at a time', async () => {
    const data = await openDataFolder(folder)
    const { code, stderr } = await localscale(['serve', '--port', '0', '--data-dir', folder])
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^localscale: .* is in use by another process/)])
    await data.close()
    expect(await readdir(folder)).not.toContain('set-aside')
  })
})
