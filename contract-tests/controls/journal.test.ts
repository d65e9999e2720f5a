import { describe, expect, it } from 'vitest'
import { aJob, savedJob, submittedJob, uploadedFile } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

const json = { 'content-type': 'application/json' }

describeRescale('the journal', (target) => {
  const me = () => target().fetch('/api/v2/users/me/')
  const journal = () => target().control.journal

  it('is the same by a method and over HTTP', async () => {
    await savedJob(target())
    await me()
    const { entries, ...summary } = await journal().list()
    expect(summary).toMatchObject({ isOn: true, count: 2, lastNumber: 2, dropped: 0 })
    expect(entries).toEqual(target().world.journal.entries())
    expect(entries.map(({ operationId }) => operationId)).toEqual(['getCurrentUser', 'createJob'])
    expect(await journal().entry(1)).toEqual(target().world.journal.entry(1))
    await expect(journal().entry(3)).rejects.toMatchObject({ status: 404 })
  })

  it('finds entries by what they are about', async () => {
    const job = await submittedJob(target(), aJob({ name: 'needle in a haystack' }))
    const file = await uploadedFile(target(), 'in.txt', 'hay')
    await target().fetch(`/api/v2/files/${file.id}/`)
    await target().fetch('/api/v2/jobs/?page_size=7')
    await target().fetch('/api/v2/jobs/ABCDEF/')
    const found = async (query: Parameters<ReturnType<typeof journal>['list']>[0]) =>
      (await journal().list(query)).entries.map(({ number }) => number)
    expect(await found({ order: 'oldest' })).toEqual([1, 2, 3, 4, 5, 6])
    expect(await found({ limit: 2 })).toEqual([6, 5])
    expect(await found({ operation: 'submitJob' })).toEqual([2])
    expect(await found({ method: 'post' })).toEqual([3, 2, 1])
    expect(await found({ path: '/api/v2/jobs/*/submit/' })).toEqual([2])
    expect(await found({ path: '/api/v2/jobs/**' })).toEqual([6, 5, 2, 1])
    expect(await found({ job: job.id })).toEqual([2])
    expect(await found({ file: file.id })).toEqual([4])
    expect(await found({ status: '4xx' })).toEqual([6])
    expect(await found({ status: '201' })).toEqual([3, 1])
    expect(await found({ failed: true })).toEqual([6])
    expect(await found({ search: 'NEEDLE' })).toEqual([5, 1])
    expect(await found({ search: 'page_size=7' })).toEqual([5])
    expect(await found({ after: 2, before: 5 })).toEqual([4, 3])
    expect(await found({ faulty: true })).toEqual([])
  })

  it('tells what a planned fault did', async () => {
    await target().control.faults.plan([
      { operation: 'getCurrentUser', kind: 'status', status: 429 },
      { operation: 'getCurrentUser', kind: 'reset', when: 'before' },
    ])
    expect((await me()).headers.get('x-mock-why')).toContain('fault: This was planned by a test')
    await me().catch(() => undefined)
    const entries = target().world.journal.entries({ faulty: true, order: 'oldest' })
    expect(entries.map(({ answer, fault }) => [answer?.status ?? null, fault?.kind])).toEqual([
      [429, 'status'],
      [null, 'reset'],
    ])
  })

  it('is cleared, and goes on counting', async () => {
    await me()
    await journal().clear()
    await me()
    expect((await journal().list()).entries.map(({ number }) => number)).toEqual([2])
  })

  it('is emptied with its world', async () => {
    await me()
    await target().world.reset()
    expect((await journal().list()).entries).toEqual([])
  })

  it('is switched off and on', async () => {
    await journal().switch(false)
    await me()
    await journal().switch(true)
    await me()
    expect((await journal().list()).count).toBe(1)
  })

  describe('asked whether something was asked', () => {
    it('counts', async () => {
      await me()
      await me()
      const request = { operation: 'getCurrentUser' }
      const verified = async (times: object) => (await journal().verify({ request, ...times })).verified
      expect(
        await Promise.all(
          [
            {},
            { exactly: 2 },
            { atLeast: 2 },
            { atMost: 2 },
            { atLeast: 3 },
            { exactly: 1 },
            { exactly: 0 },
            { atMost: 1 },
          ].map(verified),
        ),
      ).toEqual([true, true, true, true, false, false, false, false])
      expect(await target().world.journal.verify({ request, times: { exactly: 2 } })).toEqual(
        await journal().verify({ request, exactly: 2 }),
      )
      await journal().assertCalled(request, { exactly: 2 })
    })

    it('looks into query, headers and body', async () => {
      await savedJob(target(), aJob({ name: 'wing', walltime: 3 }))
      await target().fetch('/api/v2/jobs/?page=1&page_size=9', { headers: { 'x-trace': 'abc' } })
      const body = { name: 'wing', jobanalyses: [{ hardware: { walltime: 3 } }] }
      await journal().assertCalled({ operation: 'createJob', body }, { exactly: 1 })
      await journal().assertCalled(
        { query: { page_size: '9' }, headers: { 'X-Trace': 'abc' } },
        { exactly: 1 },
      )
      const wrong = { name: 'wing', jobanalyses: [{ hardware: { walltime: 4 } }] }
      const { verified, nearest } = await journal().verify({
        request: { operation: 'createJob', body: wrong },
      })
      expect([verified, nearest[0]]).toEqual([
        false,
        {
          number: 1,
          method: 'POST',
          url: `${target().origin}/api/v2/jobs/`,
          differences: ['body.jobanalyses.0.hardware.walltime is 3, not 4'],
        },
      ])
      await expect(journal().assertCalled({ operation: 'createJob', body: wrong })).rejects.toThrow(
        /was asked never, and was to be asked at least once[\s\S]*walltime is 3, not 4/,
      )
      await savedJob(target(), aJob({ name: 'wing', walltime: 3 }))
      await savedJob(target(), aJob({ name: 'flap', walltime: 3 }))
      await journal().assertCalled({ operation: 'createJob', body }, { exactly: 2 })
    })

    it('knows an order', async () => {
      const { id } = await submittedJob(target())
      await target().fetch(`/api/v2/jobs/${id}/statuses/`)
      const [create, submit, read] = ['createJob', 'submitJob', 'listJobStatuses'].map((operation) => ({
        operation,
      }))
      if (!create || !submit || !read) throw new Error('three operations')
      await journal().assertSequence([create, submit, read])
      await journal().assertSequence([create, read])
      await expect(journal().assertSequence([submit, create])).rejects.toThrow('came as far as step 1 of 2')
    })

    it('waits until it is so', async () => {
      const request = { operation: 'getCurrentUser' }
      const waiting = journal().verify({ request, exactly: 2, timeout: '30s' })
      // Something has to be asked meanwhile, once the question has arrived.
      await expect.poll(() => target().world.journal.waiting).toBe(1)
      await me()
      await target().fetch('/api/v2/jobs/')
      await me()
      expect(await waiting).toMatchObject({ verified: true, matching: [1, 3] })
      expect(target().world.journal.waiting).toBe(0)
    })

    it('waits until a sequence has come, whatever comes in between', async () => {
      const { id } = await savedJob(target())
      const sequence = ['createJob', 'submitJob', 'listJobStatuses'].map((operation) => ({ operation }))
      const waiting = journal().assertSequence(sequence, '30s')
      await expect.poll(() => target().world.journal.waiting).toBe(1)
      await target().fetch(`/api/v2/jobs/${id}/statuses/`)
      await target().fetch(`/api/v2/jobs/${id}/submit/`, { method: 'POST' })
      await me()
      expect(target().world.journal.waiting).toBe(1)
      await target().fetch(`/api/v2/jobs/${id}/statuses/`)
      await waiting
      const late = journal().assertSequence([...sequence, { operation: 'stopJob' }], '20ms')
      await expect(late).rejects.toThrow('came as far as step 3 of 4')
    })

    it('answers at once when it cannot become so any more', async () => {
      const request = { operation: 'getCurrentUser' }
      const waiting = journal().verify({ request, atMost: 1, timeout: '30s' })
      await expect.poll(() => target().world.journal.waiting).toBe(1)
      await me()
      await me()
      expect(await waiting).toMatchObject({ verified: false, count: 2 })
    })

    it('answers at the end of the time what is so then', async () => {
      const request = { operation: 'getCurrentUser' }
      expect(await journal().verify({ request, atLeast: 1, timeout: '20ms' })).toMatchObject({
        verified: false,
      })
      expect(await journal().verify({ request, exactly: 0, timeout: '20ms' })).toMatchObject({
        verified: true,
      })
    })

    it.each([
      [{}, 'request'],
      [{ request: {}, exactly: 1, atMost: 2 }, 'exactly'],
      [{ request: {}, sequence: [{}] }, 'sequence'],
      [{ sequence: [] }, 'sequence'],
      [{ request: { opration: 'x' } }, 'request'],
      [{ request: { operation: 'submitJobs' }, exactly: 0 }, 'operation'],
      [{ request: { status: '40' }, exactly: 0 }, 'status'],
      [{ sequence: [{}, { operation: 'submitJobs' }] }, 'operation'],
      [{ request: {}, timeout: 'soon' }, 'timeout'],
      [{ request: {}, timeout: '6m' }, 'timeout'],
    ])('refuses %j', async (question, field) => {
      await expect(journal().verify(question as object)).rejects.toMatchObject({
        status: 400,
        body: { [field]: expect.anything() },
      })
    })
  })

  it.each(['', 'har/', 'curl/', 'events/'])(
    'refuses what nothing could ever match at journal/%s',
    async (path) => {
      for (const query of ['operation=submitJobs', 'status=9xx', 'failed=perhaps', 'after=x', 'after=-1']) {
        const answer = await target().fetch(`/_mock/journal/${path}?${query}`)
        const [field = ''] = query.split('=')
        expect([query, answer.status, await answer.json()]).toEqual([
          query,
          400,
          { [field]: [expect.any(String)] },
        ])
      }
      const { journal } = target().world
      expect(() => journal.entries({ operation: 'submitJobs' })).toThrow('no operation "submitJobs"')
      await expect(journal.verify({ request: { status: '9xx' } })).rejects.toThrow('A status such as')
    },
  )

  it('is watched as it is written', async () => {
    await me()
    const watching = journal().watch({ after: 0, method: 'GET' })
    expect((await watching.next()).value).toMatchObject({ number: 1, operationId: 'getCurrentUser' })
    await savedJob(target())
    await target().fetch('/api/v2/jobs/')
    expect((await watching.next()).value).toMatchObject({ number: 3, operationId: 'listJobs' })
    await watching.return(undefined)
    await expect.poll(() => target().world.journal.waiting).toBe(0)
  })

  it('is watched on from where a connection was lost, as the standard of server-sent events says', async () => {
    for (let count = 0; count < 3; count += 1) await me()
    const leaving = new AbortController()
    const headers = { 'last-event-id': '2' }
    const { body } = await target().fetch('/_mock/journal/events/', { headers, signal: leaving.signal })
    const reader = body?.getReader()
    let text = ''
    while (!text.includes('data: ')) text += Buffer.from((await reader?.read())?.value ?? []).toString()
    leaving.abort()
    expect(/^id: (\d+)$/m.exec(text)?.[1]).toBe('3')
    await expect.poll(() => target().world.journal.waiting).toBe(0)
  })

  it('is exported as HAR and as curl, which sends the same again', async () => {
    const body = JSON.stringify(aJob({ name: "it's" }))
    await target().fetch('/api/v2/jobs/?x=%20y', { method: 'POST', body, headers: json })
    const har = (await journal().har()) as { log: { entries: object[] } }
    expect(har).toEqual(JSON.parse([...target().world.journal.har()].join('')))
    expect(har.log.entries[0]).toMatchObject({
      request: {
        method: 'POST',
        queryString: [{ name: 'x', value: ' y' }],
        postData: { mimeType: 'application/json', text: body },
      },
      response: { status: 201, content: { mimeType: 'application/json' } },
      _operationId: 'createJob',
    })
    const curl = await journal().curl({ operation: 'createJob' })
    expect(curl).toBe([...target().world.journal.curl()].join(''))
    expect(curl).toContain(`--header "authorization: Token $RESCALE_API_KEY"`)
    expect(curl).toContain(`--data-raw '${body.replaceAll("'", "'\\''")}'`)
  })
})

describeRescale(
  'a full journal',
  (target) => {
    it('has the latest entries, and tells how many had to make room', async () => {
      for (let count = 0; count < 7; count += 1) await target().fetch('/api/v2/users/me/')
      const { entries, ...summary } = await target().control.journal.list()
      expect(entries.map(({ number }) => number)).toEqual([7, 6, 5])
      expect(summary).toMatchObject({ count: 3, lastNumber: 7, dropped: 4 })
      expect((await target().control.journal.lint()).dropped).toBe(4)
      const dropped: number[] = []
      const watching = target().control.journal.watch({ after: 0 }, undefined, (count) => dropped.push(count))
      expect((await watching.next()).value).toMatchObject({ number: 5 })
      expect(dropped).toEqual([4])
      await watching.return(undefined)
    })
  },
  { journal: { entries: 3 } },
)
