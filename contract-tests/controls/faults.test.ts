import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { PlannedFault } from '../../client/control/index.ts'
import { createRescale } from '../../mock-server/index.ts'
import { finishedJob, jobStatuses, savedJob, uploadedFile } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

const content = '0123456789'

describeRescale(
  'planned faults',
  (target) => {
    const plan = (...faults: PlannedFault[]) => target().control.faults.plan(faults)
    const me = (headers: Record<string, string> = {}) => target().fetch('/api/v2/users/me/', { headers })
    const download = (fileId: string, headers: Record<string, string> = {}) =>
      target().fetch(`/api/v2/files/${fileId}/contents/`, { headers })
    const submit = (jobId: string) => target().fetch(`/api/v2/jobs/${jobId}/submit/`, { method: 'POST' })
    /** What a client sees of an answer that may break off. */
    const outcome = async (answer: Promise<Response>) => {
      try {
        return await (await answer).text()
      } catch (error) {
        return (error as Error).name
      }
    }

    it('answer as they are told, each once, in their order, and then no more', async () => {
      await plan(
        { operation: 'getCurrentUser', kind: 'status', status: 429, retryAfter: 7 },
        { operation: 'getCurrentUser', kind: 'status', status: 500, body: '<h1>Oops</h1>' },
        { operation: 'getCurrentUser', kind: 'none' },
        {
          operation: '*',
          kind: 'status',
          status: 418,
          body: { a: 1 },
          headers: { 'X-Pot': 'tea' },
          times: 2,
        },
      )
      const first = await me()
      expect([first.status, first.headers.get('retry-after'), await first.json()]).toEqual([
        429,
        '7',
        { detail: 'Request was throttled. Expected available in 7 seconds.' },
      ])
      const second = await me()
      expect([second.status, second.headers.get('content-type'), await second.text()]).toEqual([
        500,
        'text/html; charset=utf-8',
        '<h1>Oops</h1>',
      ])
      expect((await me()).status).toBe(200)
      const fourth = await target().fetch('/api/v2/jobs/')
      expect([fourth.status, fourth.headers.get('x-pot'), await fourth.json()]).toEqual([
        418,
        'tea',
        { a: 1 },
      ])
      await expect(target().control.faults.assertConsumed()).rejects.toThrow('status for * (plan-1, 1 left)')
      expect((await me()).status).toBe(418)
      await target().control.faults.assertConsumed()
      expect((await me()).status).toBe(200)
    })

    it.each([
      [502, /Bad Gateway/],
      [503, /Service Temporarily Unavailable/],
      [504, /Gateway Time-out/],
      [500, /Server Error \(500\)/],
    ])('say what stands in front of the platform would say with %i', async (status, text) => {
      await plan({ operation: '*', kind: 'status', status })
      const answer = await me()
      expect([answer.status, await answer.text()]).toEqual([status, expect.stringMatching(text)])
    })

    it('have any status from 200 to 599, and a body where `fetch` has one', async () => {
      const asked = (status: number) =>
        me({ 'x-mock-plan': JSON.stringify({ kind: 'status', status, body: 'own' }) })
      for (const status of [199, 600]) expect((await asked(status)).status).toBe(400)
      for (const [status, text] of [
        [200, 'own'],
        [204, ''],
        [205, ''],
        [304, ''],
        [599, 'own'],
      ] as const) {
        const answer = await asked(status)
        expect([answer.status, await answer.text()]).toEqual([status, text])
      }
    })

    it('carry out nothing, unless they lose only the answer', async () => {
      const { id } = await savedJob(target())
      await plan(
        { operation: 'submitJob', kind: 'status', status: 503 },
        { operation: 'submitJob', kind: 'status', status: 503, carriedOut: true },
      )
      expect((await submit(id)).status).toBe(503)
      expect(await jobStatuses(target(), id)).toEqual([])
      expect((await submit(id)).status).toBe(503)
      expect(await jobStatuses(target(), id)).toEqual(['Pending'])
    })

    it('are told apart by job and by file', async () => {
      const [one, other] = [await savedJob(target()), await savedJob(target())]
      await plan({ operation: 'submitJob', job: other.id, kind: 'status', status: 503 })
      expect((await submit(one.id)).status).toBe(200)
      expect((await submit(other.id)).status).toBe(503)
      const [a, b] = [await uploadedFile(target(), 'a', 'a'), await uploadedFile(target(), 'b', 'b')]
      await plan({ operation: '*', file: b.id, kind: 'status', status: 503 })
      expect((await download(a.id)).status).toBe(200)
      expect((await download(b.id)).status).toBe(503)
    })

    it('come by chance, the same way for the same seed', async () => {
      await plan({ operation: 'getCurrentUser', kind: 'status', status: 503, chance: 0.5 })
      const statuses: number[] = []
      for (let count = 0; count < 40; count += 1) statuses.push((await me()).status)
      const failures = statuses.filter((status) => status === 503).length
      expect(failures).toBeGreaterThan(8)
      expect(failures).toBeLessThan(32)
      const [drawn] = await target().control.faults.list()
      expect(drawn?.faults).toMatchObject([{ consumed: failures }])
      await target().control.faults.assertConsumed()
      await using again = createRescale()
      again.world().faults.plan([{ operation: 'getCurrentUser', kind: 'status', status: 503, chance: 0.5 }])
      const same: number[] = []
      for (let count = 0; count < 40; count += 1) {
        const headers = { authorization: `Token ${again.apiKey}` }
        same.push((await again.fetch('http://mock.test/api/v2/users/me/', { headers })).status)
      }
      expect(same).toEqual(statuses)
    })

    it('come when a header asks for them', async () => {
      const faults: PlannedFault[] = [{ operation: '*', kind: 'status', status: 503, times: 2 }]
      await target().control.faults.plan(faults, { name: 'flaky', onlyByHeader: true })
      expect((await me()).status).toBe(200)
      expect((await me({ 'x-mock-plan': 'flaky' })).status).toBe(503)
      expect((await me()).status).toBe(200)
      expect((await target().control.faults.read('flaky')).faults).toMatchObject([{ consumed: 1, left: 1 }])
      expect((await me({ 'x-mock-plan': '{"kind":"status","status":502}' })).status).toBe(502)
      for (const wish of ['unknown', '{"kind":"status"}', '{nonsense'])
        expect([wish, (await me({ 'x-mock-plan': wish })).status]).toEqual([wish, 400])
    })

    it('can expire a key', async () => {
      await plan({ operation: '*', kind: 'expired-key' })
      const answer = await me()
      expect([answer.status, await answer.json()]).toEqual([401, { detail: 'Invalid token.' }])
    })

    it('cut a body short, honestly or not', async () => {
      const { id } = await uploadedFile(target(), 'digits', content)
      await plan(
        { operation: 'downloadFile', kind: 'cut', afterBytes: 4, contentLength: 'honest' },
        { operation: 'downloadFile', kind: 'cut', afterBytes: 4 },
        { operation: 'downloadFile', kind: 'cut', afterBytes: 4, contentLength: 7 },
        { operation: 'downloadFile', kind: 'cut', afterBytes: 100, contentLength: 7 },
        { operation: 'downloadFile', kind: 'cut', afterBytes: 100, contentLength: 17 },
      )
      const honest = await download(id)
      expect([honest.headers.get('content-length'), await honest.text()]).toEqual(['4', '0123'])
      const lying = await download(id)
      expect(lying.headers.get('content-length')).toBe('10')
      await expect(lying.text()).rejects.toThrow(TypeError)
      const own = await download(id)
      expect(own.headers.get('content-length')).toBe('7')
      await expect(own.text()).rejects.toThrow(TypeError)
      expect(await (await download(id)).text()).toBe('0123456')
      await expect((await download(id)).text()).rejects.toThrow(TypeError)
      expect(await (await download(id)).text()).toBe(content)
    })

    it('flip one byte of a file, and only in ranges that hold it', async () => {
      const { id } = await uploadedFile(target(), 'digits', content)
      await plan({ operation: 'downloadFile', kind: 'flip-byte', offset: 3, times: 2 })
      expect(await (await download(id, { range: 'bytes=4-9' })).text()).toBe('456789')
      const flipped = Buffer.from(content)
      flipped[3] = 0x33 ^ 0xff
      expect(Buffer.from(await (await download(id)).arrayBuffer())).toEqual(flipped)
      const range = await download(id, { range: 'bytes=3-4' })
      expect([range.status, Buffer.from(await range.arrayBuffer())]).toEqual([206, flipped.subarray(3, 5)])
      expect(await (await download(id)).text()).toBe(content)
      await target().control.faults.assertConsumed()
    })

    it('ignore a range', async () => {
      const { id } = await uploadedFile(target(), 'digits', content)
      await plan({ operation: 'downloadFile', kind: 'ignore-range' })
      expect((await download(id)).status).toBe(200)
      const whole = await download(id, { range: 'bytes=3-4' })
      expect([whole.status, await whole.text()]).toEqual([200, content])
      expect((await download(id, { range: 'bytes=3-4' })).status).toBe(206)
    })

    it('tell wrong checksums', async () => {
      const file = await uploadedFile(target(), 'digits', content)
      const right = createHash('sha512').update(content).digest('hex')
      await plan({ operation: '*', file: file.id, kind: 'wrong-checksum', times: 2 })
      const told = async () => {
        const { data } = await target().client.GET('/api/v2/files/{fileId}/', {
          params: { path: { fileId: file.id } },
        })
        return data?.fileChecksums[0]?.fileHash
      }
      const first = await told()
      expect(first).toMatch(/^[0-9a-f]{128}$/)
      expect(first).not.toBe(right)
      const { data } = await target().client.GET('/api/v2/files/')
      expect(data?.results[0]?.fileChecksums[0]?.fileHash).not.toBe(right)
      expect(await told()).toBe(right)
    })

    it('repeat and reverse items while pages are read', async () => {
      const names = ['a', 'b', 'c', 'd', 'e']
      for (const name of names) await uploadedFile(target(), name, name)
      const listed = async (page: number) => {
        const { data } = await target().client.GET('/api/v2/files/', {
          params: { query: { page, page_size: 2 } as never },
        })
        return data?.results.map(({ name }) => name)
      }
      await plan({ operation: 'listFiles', kind: 'duplicate-items' })
      expect([await listed(1), await listed(2), await listed(3)]).toEqual([
        ['e', 'd'],
        ['d', 'c', 'b'],
        ['a', 'process_output.log'],
      ])
      await plan({ operation: 'listFiles', kind: 'reorder-items', times: 3 })
      expect([await listed(1), await listed(2), await listed(3)]).toEqual([
        ['d', 'e'],
        ['b', 'c'],
        ['process_output.log', 'a'],
      ])
      await target().control.faults.assertConsumed()
    })

    it('show Completed late', async () => {
      const { id } = await finishedJob(target())
      await plan({ operation: '*', job: id, kind: 'late-completed', times: 2 })
      expect((await jobStatuses(target(), id))[0]).toBe('Executing')
      const { data } = await target().client.GET('/api/v2/jobs/')
      expect(data?.results.find((job) => job.id === id)?.jobStatus.content).toBe('Executing')
      expect((await jobStatuses(target(), id))[0]).toBe('Completed')
    })

    it('delay bytes on their way, and what they delay comes whole', async () => {
      const { id } = await uploadedFile(target(), 'digits', content)
      const delays: readonly PlannedFault[] = [
        { operation: 'downloadFile', kind: 'delay', when: 'before', for: '5ms' },
        { operation: 'downloadFile', kind: 'delay', when: 'unanswered', for: '5ms' },
        { operation: 'downloadFile', kind: 'delay', when: 'during', for: '5ms', afterBytes: 4 },
        { operation: 'downloadFile', kind: 'delay', when: 'between', for: '5ms', everyBytes: 2 },
      ]
      await plan(...delays)
      // Ten bytes in pieces of two have four gaps, or five when the end is waited for, too.
      for (const least of [5, 5, 5, 20]) {
        const begun = performance.now()
        expect(await (await download(id)).text()).toBe(content)
        // Timers may go off up to a millisecond early.
        expect(performance.now() - begun).toBeGreaterThan(least * 0.75)
      }
      await target().control.faults.assertConsumed()
      const [last] = target().world.journal.entries({ operation: 'downloadFile', limit: 1 })
      expect(last?.fault).toMatchObject({ kind: 'delay' })
    })

    it('reset connections before, instead of, or in the middle of an answer', async () => {
      const [one, other] = [await savedJob(target()), await savedJob(target())]
      const { id } = await uploadedFile(target(), 'digits', content)
      await plan(
        { operation: 'submitJob', kind: 'reset', when: 'before' },
        { operation: 'submitJob', kind: 'reset', when: 'unanswered' },
        { operation: 'downloadFile', kind: 'reset', when: 'during', afterBytes: 3 },
        { operation: 'downloadFile', kind: 'reset', when: 'during', afterBytes: 0 },
      )
      // msw's failures have no cause.
      const reset = { name: 'TypeError', ...(target().takesUndescribed && { cause: { code: 'ECONNRESET' } }) }
      await expect(submit(one.id)).rejects.toMatchObject(reset)
      expect(await jobStatuses(target(), one.id)).toEqual([])
      await expect(submit(other.id)).rejects.toMatchObject(reset)
      expect(await jobStatuses(target(), other.id)).toEqual(['Pending'])
      for (let count = 0; count < 2; count += 1) {
        const answer = await download(id)
        expect(answer.status).toBe(200)
        // What it tells of a cut apart is in reset-connections.test.ts.
        await expect(answer.text()).rejects.toThrow(TypeError)
      }
      expect(await outcome(download(id))).toBe(content)
    })

    it('let an answer come whole although its connection is lost with the next request', async () => {
      await plan({ operation: 'getCurrentUser', kind: 'reset', when: 'after' })
      expect((await me()).status).toBe(200)
      await target().control.faults.assertConsumed()
    })

    it('happen together on one request, each at its place', async () => {
      const { id } = await uploadedFile(target(), 'digits', content)
      await plan(
        {
          operation: 'downloadFile',
          kind: 'together',
          faults: [{ kind: 'cut', afterBytes: 7, contentLength: 'honest' }, { kind: 'ignore-range' }],
        },
        {
          operation: 'downloadFile',
          kind: 'together',
          faults: [
            { kind: 'cut', afterBytes: 4 },
            { kind: 'flip-byte', offset: 3 },
            { kind: 'flip-byte', offset: 0 },
          ],
        },
        {
          operation: 'getCurrentUser',
          kind: 'together',
          times: 2,
          faults: [
            { kind: 'status', status: 500, body: 'Oops' },
            { kind: 'cut', afterBytes: 2, contentLength: 'honest' },
          ],
        },
      )
      expect(await (await download(id)).text()).toBe(content)
      const ranged = await download(id, { range: 'bytes=8-9' })
      expect([ranged.status, await ranged.text()]).toEqual([200, '0123456'])
      expect(await (await download(id, { range: 'bytes=8-9' })).text()).toBe('89')
      const whole = await download(id)
      expect(whole.headers.get('content-length')).toBe('10')
      await expect(whole.arrayBuffer()).rejects.toThrow(TypeError)
      const error = await me()
      expect([error.status, await error.text()]).toEqual([500, 'Oo'])
      await expect(target().control.faults.assertConsumed()).rejects.toThrow(
        'status + cut for getCurrentUser (plan-1, 1 left)',
      )
      await me()
      await target().control.faults.assertConsumed()
      const wish = {
        kind: 'together',
        faults: [
          { kind: 'status', status: 502, body: 'x' },
          { kind: 'reset', when: 'during', afterBytes: 0 },
        ],
      }
      await expect((await me({ 'x-mock-plan': JSON.stringify(wish) })).text()).rejects.toThrow(TypeError)
    })

    it.each([
      [[{ kind: 'none' }, { kind: 'expired-key' }], 'none and expired-key: none lets a request pass.'],
      [
        [
          { kind: 'reset', when: 'before' },
          { kind: 'cut', afterBytes: 1 },
        ],
        'reset before and cut: there is no answer that could be spoilt.',
      ],
      [
        [{ kind: 'reorder-items' }, { kind: 'status', status: 500 }],
        'status and reorder-items: what the platform would have answered is not sent.',
      ],
      [
        [
          { kind: 'cut', afterBytes: 1 },
          { kind: 'reset', when: 'during' },
        ],
        'cut and reset during: a body ends once.',
      ],
      [
        [
          { kind: 'status', status: 500 },
          { kind: 'status', status: 501 },
        ],
        'status cannot happen twice.',
      ],
      [
        [
          { kind: 'reset', when: 'after' },
          { kind: 'cut', afterBytes: 1 },
        ],
        'reset after and cut: the connection ends with the body, and is not used again.',
      ],
      [
        [
          { kind: 'flip-byte', offset: 1 },
          { kind: 'delay', when: 'before', for: '1h' },
        ],
        '2, for: Not a duration',
      ],
    ])('refuse to happen together when they cannot: %j', async (faults, why) => {
      const answer = await target().fetch('/_mock/faults/', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ faults: [{ operation: '*', kind: 'together', faults }] }),
      })
      expect([answer.status, await answer.json()]).toEqual([
        400,
        { faults: [{ faults: [expect.stringContaining(why)] }] },
      ])
    })

    it('may be planned and looked at in process too', async () => {
      const { faults } = target().world
      faults.plan([{ operation: 'getCurrentUser', kind: 'status', status: 503 }], { name: 'mine' })
      expect(await target().control.faults.list()).toEqual([
        {
          name: 'mine',
          onlyByHeader: false,
          faults: [
            {
              fault: { operation: 'getCurrentUser', kind: 'status', status: 503 },
              consumed: 0,
              left: 1,
            },
          ],
        },
      ])
      expect(() => faults.assertConsumed()).toThrow('status for getCurrentUser (mine, 1 left)')
      await target().control.faults.remove('mine')
      expect(faults.plans()).toEqual([])
      faults.plan([{ operation: '*', kind: 'none' }])
      await target().control.faults.clear()
      expect(faults.plans()).toEqual([])
      await expect(target().control.faults.read('mine')).rejects.toMatchObject({ status: 404 })
    })
  },
  { spoilt: true, express: true },
)
