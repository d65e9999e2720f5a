import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { createClient } from '../../client/index.ts'
import { aClock } from '../../client/test-support/clock.ts'
import { aFolder } from '../../client/test-support/folder.ts'
import { simulatedExecutor } from '../../mock-server/executors/simulated/simulated-executor.ts'
import { createRescale } from '../../mock-server/index.ts'
import { aJob } from '../fixtures.ts'
import { aSolver } from '../solver-recipe.ts'

const solver = aSolver(300_000, { path: 'scratch.tmp', content: 'x'.repeat(5_000) })

/** A job on a mock whose time goes by as the client sleeps. */
async function aRunningJob() {
  const rescale = createRescale({ executor: (files) => simulatedExecutor({ files, recipes: [solver] }) })
  const clock = aClock((ms) => rescale.world().advance(ms))
  const client = createClient({
    baseUrl: 'http://rescale.test',
    apiKey: rescale.apiKey,
    fetch: rescale.fetch,
    env: {},
    clock,
  })
  const job = await client.jobs.create(aJob({ name: 'solve' }))
  await client.jobs.submit(job.id)
  return Object.assign(rescale, { client, jobId: job.id })
}

it('keeps a folder like the work directory while a job runs, and like its output files at the end', async () => {
  await using folder = await aFolder()
  const { client, jobId, close } = await aRunningJob()
  const lengths: Record<string, number[]> = {}
  const seenLive: string[] = []
  const { status, results } = await client.jobs.sync(jobId, {
    folder: folder.path,
    exclude: '*.tmp',
    intervalMs: 120_000,
    onLive: ({ path, bytes }) => {
      seenLive.push(path)
      lengths[path] = [...(lengths[path] ?? []), bytes]
    },
  })
  expect(status).toBe('Completed')
  expect(seenLive).not.toContain('scratch.tmp')
  for (const path of ['process_output.log', 'residuals.csv', 'results/field.bin']) {
    const grown = lengths[path] ?? []
    expect(grown.length).toBeGreaterThan(2)
    expect(grown).toEqual(grown.toSorted((a, b) => a - b))
  }
  expect(results.map(({ outcome }) => outcome)).not.toContain('failed')
  expect(results.every(({ verified }) => verified)).toBe(true)
  expect(await readFile(folder.in('residuals.csv'), 'utf8')).toBe('i,r\n'.repeat(250))
  expect((await readFile(folder.in('results', 'field.bin'))).byteLength).toBe(300_000)
  expect(await readFile(folder.in('process_output.log'), 'utf8')).toContain('iteration 19')
  expect(results.map(({ file }) => file.name)).not.toContain('scratch.tmp')
  await close()
})

it('copies no file again that has not changed, and none that is too long before its run is over', async () => {
  await using folder = await aFolder()
  const { client, jobId, close } = await aRunningJob()
  const copies: string[] = []
  const { results } = await client.jobs.sync(jobId, {
    folder: folder.path,
    match: ['scratch.tmp', 'results/'],
    intervalMs: 60_000,
    maxLiveBytes: 10_000,
    onLive: ({ path }) => copies.push(path),
  })
  expect(copies.filter((path) => path === 'scratch.tmp')).toHaveLength(1)
  expect(copies.filter((path) => path.startsWith('results/')).length).toBeLessThan(3)
  expect(results.map(({ file, outcome }) => [file.name, outcome])).toEqual(
    expect.arrayContaining([
      ['scratch.tmp', 'skipped'],
      ['field.bin', 'downloaded'],
    ]),
  )
  await close()
})

it('can do without what runs are still writing', async () => {
  await using folder = await aFolder()
  const { client, jobId, close } = await aRunningJob()
  const copies: string[] = []
  const { results } = await client.jobs.sync(jobId, {
    folder: folder.path,
    live: false,
    onLive: ({ path }) => copies.push(path),
  })
  expect(copies).toEqual([])
  expect(results.length).toBeGreaterThan(3)
  await close()
})
