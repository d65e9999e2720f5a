import { readdir, readFile, writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlannedFault } from '../../client/control/index.ts'
import {
  ConnectError,
  IntegrityError,
  NotFoundError,
  RateLimitedError,
  RescaleError,
  ServerError,
} from '../../client/index.ts'
import { failureOf } from '../../client/test-support/client.ts'
import { someBytes } from '../../client/test-support/files.ts'
import { aFolder } from '../../client/test-support/folder.ts'
import { OVER } from '../../client/test-support/tls-front.ts'
import {
  cutOf,
  noneOf,
  REFUSING,
  resetOf,
  stallOf,
  statusOf,
  stormOf,
  wrongBytes,
  wrongChecksumOf,
} from '../client/fault-plans.ts'
import { mockOver } from '../client/mock-over.ts'

const KiB = 1024
const SMALL = someBytes(600_011)
// Above the 8 MiB from which on what has come is kept.
const LARGE = someBytes(9 * KiB * KiB + 17)

const download = { operation: 'downloadFile' as const }
const bytes = fc.integer({ min: 0, max: 600_000 })

const plannedFault = fc.oneof(
  { weight: 3, arbitrary: resetOf(download.operation, bytes) },
  { weight: 3, arbitrary: cutOf(download.operation, bytes, 'honest', 'lying') },
  { weight: 3, arbitrary: statusOf(download.operation, REFUSING) },
  { weight: 1, arbitrary: stormOf(download.operation) },
  { weight: 1, arbitrary: stallOf(download.operation, bytes) },
  { weight: 4, arbitrary: fc.oneof(...wrongBytes(bytes)) },
  { weight: 1, arbitrary: noneOf(download.operation) },
  // Of who looks up the file first.
  { weight: 2, arbitrary: fc.oneof(wrongChecksumOf('getFile'), statusOf('getFile', REFUSING)) },
)

const MOST_TRIES = 30

describe.each(OVER)('over %s', (over) => {
  const aMock = () => mockOver(over)

  it.each([
    ['small files', SMALL, 20],
    ['large files, which go on where they failed', LARGE, 8],
  ])(
    'never ends with a wrong file, whatever the mock is told to do wrong: %s',
    async (_, content, numRuns) => {
      await using mock = await aMock()
      await using folder = await aFolder()
      const file = await mock.client.files.upload(content, { name: 'testfile' })
      const target = folder.in('testfile')
      const options = { to: target, minRangeBytes: Math.ceil(content.byteLength / 10) }
      const plans = fc.array(plannedFault, { maxLength: 12 })
      await fc.assert(
        fc.asyncProperty(
          plans,
          fc.integer({ min: 1, max: 6 }),
          fc.boolean(),
          async (plan, connections, byId) => {
            await mock.faults.clear()
            if (plan.length > 0) await mock.faults.plan(plan)
            await writeFile(target, 'as it was')
            for (let tries = 1; ; tries++) {
              const done = await mock.client.files
                .download(byId ? file.id : file, { ...options, connections })
                .catch((error) => error)
              if (!(done instanceof Error)) break
              expect(done).toBeInstanceOf(RescaleError)
              expect(await readFile(target, 'utf8')).toBe('as it was')
              expect(tries).toBeLessThan(MOST_TRIES)
            }
            expect((await readFile(target)).equals(content)).toBe(true)
            expect(await readdir(folder.path)).toEqual(['testfile'])
          },
        ),
        { numRuns },
      )
    },
  )

  it('goes on after a storm of 429, at the pace that the mock asks for', async () => {
    await using mock = await aMock()
    await using folder = await aFolder()
    const file = await mock.client.files.upload(LARGE, { name: 'testfile' })
    await mock.faults.plan([{ ...download, kind: 'status', status: 429, retryAfter: 9, times: 4 }])
    const before = mock.clock.now()
    const done = await mock.client.files.download(file, { folder: folder.path, minRangeBytes: KiB * KiB })
    expect(done.verified).toBe(true)
    expect(mock.clock.now() - before).toBeGreaterThanOrEqual(9_000)
    await mock.faults.assertConsumed()
  })

  it('drops a connection on which nothing comes any more, and goes on from there', async () => {
    await using mock = await aMock()
    await using folder = await aFolder()
    const file = await mock.client.files.upload(SMALL, { name: 'testfile' })
    await mock.faults.plan([{ ...download, kind: 'delay', when: 'during', for: '10m', afterBytes: 100_000 }])
    expect((await mock.client.files.download(file, { folder: folder.path })).verified).toBe(true)
    await mock.faults.assertConsumed()
  })

  it.each<[string, PlannedFault[], new (...args: never[]) => Error, object[]]>([
    [
      'a checksum that is wrong',
      [{ operation: 'getFile', kind: 'wrong-checksum' }],
      IntegrityError,
      [{ status: 200 }],
    ],
    [
      'a byte that is wrong',
      [{ ...download, kind: 'flip-byte', offset: 300_000 }],
      IntegrityError,
      [{ status: 200 }],
    ],
    ['a file that is gone', [{ ...download, kind: 'status', status: 404 }], NotFoundError, [{ status: 404 }]],
    [
      'five failures in a row',
      [{ ...download, kind: 'status', status: 500, times: 5 }],
      ServerError,
      Array(5).fill({ status: 500 }),
    ],
    [
      'five answers that break off',
      [{ ...download, kind: 'cut', afterBytes: 10, times: 5 }],
      ConnectError,
      [200, 206, 206, 206, 206].map((status) => ({ status, failure: 'ConnectError' })),
    ],
    [
      'a connection that is never made',
      [{ ...download, kind: 'reset', when: 'before', times: 9 }],
      ConnectError,
      Array(5).fill({ failure: expect.stringMatching(/^ConnectError/) }),
    ],
    [
      'a pause of an hour',
      [{ ...download, kind: 'status', status: 429, retryAfter: 3_600 }],
      RateLimitedError,
      [{ status: 429 }],
    ],
  ])(
    'ends with an error that says what it was, and keeps nothing, after %s',
    async (_, plan, kind, attempts) => {
      await using mock = await aMock()
      await using folder = await aFolder()
      const { id } = await mock.client.files.upload(SMALL, { name: 'testfile' })
      await mock.faults.plan(plan)
      const failure = await failureOf(mock.client.files.download(id, { folder: folder.path }))
      expect(failure).toBeInstanceOf(kind)
      expect(failure).toMatchObject({
        attempts: attempts.map((what, index) => ({
          number: index + 1,
          startedAt: expect.any(Number),
          ...(what as object),
        })),
      })
      if (kind === RateLimitedError) expect(failure).toMatchObject({ scope: 'user', retryAfterMs: 3_600_000 })
      expect(await readdir(folder.path)).toEqual([])
    },
  )

  it('tells of an upload that was refused how often it was sent, under one id', async () => {
    await using mock = await aMock()
    await mock.faults.plan([
      { operation: 'uploadFile', kind: 'status', status: 429, retryAfter: 1, times: 4 },
    ])
    const ids = new Set<string>()
    const failure = await failureOf(mock.client.files.upload(SMALL, { name: 'mesh' }))
    expect(failure).toBeInstanceOf(RateLimitedError)
    expect(failure).toMatchObject({ scope: 'user', attempts: Array(4).fill({ status: 429 }) })
    for (const { request } of mock.rescale.world().journal.entries())
      if (request.method === 'POST') ids.add(String(request.headers['x-client-request-id']))
    expect([...ids]).toEqual([(failure as RescaleError).requestId])
  })

  it('uploads exactly once through refusals, and finds again what was lost on the way back', async () => {
    await using mock = await aMock()
    const { files } = mock.client
    await mock.faults.plan([
      { operation: 'uploadFile', kind: 'status', status: 429, retryAfter: 2 },
      { operation: 'uploadFile', kind: 'status', status: 503, retryAfter: 2 },
    ])
    const first = await files.upload(SMALL, { name: 'mesh', verify: true })
    expect(await files.list({ search: 'mesh' }).toArray()).toMatchObject([{ id: first.id }])
    await mock.faults.plan([{ operation: 'uploadFile', kind: 'reset', when: 'unanswered' }])
    const lost = await failureOf(files.upload(LARGE, { name: 'large' }))
    expect(lost).toMatchObject({ maybeSent: true })
    const found = await files.upload(LARGE, { name: 'large', reuse: true })
    expect(await files.list({ search: 'large' }).toArray()).toMatchObject([{ id: found.id }])
  })
})
