import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { createClient } from '../../client/index.ts'
import { findProgram } from '../../mock-server/find-program.ts'
import { createRescale } from '../../mock-server/index.ts'
import { aJob, savedJob, submittedJob, uploadedFile } from '../fixtures.ts'
import { describeRescale, inProcessTarget, type Target } from '../targets.ts'

describeRescale('the linter of clients', (target) => {
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await target().fetch(path, { headers })
    await response.arrayBuffer()
    return response
  }
  const post = (path: string) => target().fetch(path, { method: 'POST' })
  /** What was found, by rule: subject, text and the entries that show it. */
  const found = async () => {
    const { rules } = await target().control.journal.lint()
    expect(target().world.journal.lint().rules).toEqual(rules)
    return rules.flatMap(({ findings }) => findings)
  }
  const rules = async () => (await found()).map(({ rule }) => rule)

  describe('about pauses between polls', () => {
    const poll = async (pauses: readonly number[]) => {
      const { id } = await savedJob(target())
      const path = `/api/v2/jobs/${id}/statuses/`
      await get(path)
      for (const pause of pauses) {
        target().world.advance(pause * 1_000)
        await get(path)
      }
      return path
    }

    it('finds those that stay short', async () => {
      const path = await poll([1, 1, 1, 1, 1])
      expect(await found()).toEqual([
        {
          rule: 'poll-without-back-off',
          subject: `GET ${path}`,
          text: '6 times with the same answer, with pauses of 1, 1, 1, 1, 1 s',
          entries: [2, 3, 4, 5, 6, 7],
        },
      ])
    })

    it.each([
      ['grow', [1, 2, 4, 8, 16]],
      ['are long', [30, 30, 30, 30, 30, 30]],
      ['are few', [1, 1, 1]],
      ['are those of five', [1, 1, 1, 1]],
      ['reach 5 s', [1, 5, 1, 1, 1]],
      ['are 5 s', [5, 5, 5, 5, 5]],
    ])('leaves those alone that %s', async (_, pauses) => {
      await poll(pauses)
      expect(await rules()).toEqual([])
    })

    it.each([
      ['those of six', [1, 1, 1, 1, 1]],
      ['4.9 s', [4.9, 4.9, 4.9, 4.9, 4.9]],
    ])('finds those that are %s', async (_, pauses) => {
      const path = await poll(pauses)
      expect(await found()).toMatchObject([{ rule: 'poll-without-back-off', subject: `GET ${path}` }])
    })

    it('leaves those alone that saw something new each time', async () => {
      const { id } = await submittedJob(target())
      for (let poll = 0; poll < 6; poll += 1) {
        await get(`/api/v2/jobs/${id}/statuses/`)
        target().world.advanceTo('next')
      }
      expect(await rules()).toEqual([])
    })
  })

  describe('about Retry-After', () => {
    const throttled = async (wait: number) => {
      await target().control.faults.plan([
        { operation: 'getCurrentUser', kind: 'status', status: 429, retryAfter: 5 },
      ])
      await get('/api/v2/users/me/')
      target().world.advance(wait * 1_000)
      await get('/api/v2/users/me/')
    }

    it('finds a request that came too early', async () => {
      await throttled(2)
      expect(await found()).toEqual([
        {
          rule: 'retry-after-ignored',
          subject: 'GET /api/v2/users/me/',
          text: expect.stringMatching(/^sent again after 2\.\d s, though 429 said to wait 5\.0 s$/),
          entries: [1, 2],
        },
      ])
    })

    it('leaves one alone that waited', async () => {
      await throttled(5)
      expect(await rules()).toEqual([])
    })
  })

  describe('about pages', () => {
    it('finds lists of which only the first page is read', async () => {
      await get('/api/v2/coretypes/?page_size=10')
      await get('/api/v2/analyses/')
      expect((await found()).map(({ rule, subject, entries }) => [rule, subject, entries])).toContainEqual([
        'first-page-only',
        'GET /api/v2/analyses/',
        [2],
      ])
    })

    it('takes nine items that were asked for as a few, and ten as a list', async () => {
      await get('/api/v2/coretypes/?page_size=9')
      expect(await rules()).toEqual([])
      await get('/api/v2/coretypes/?page_size=10')
      expect(await found()).toMatchObject([{ rule: 'first-page-only', entries: [2] }])
    })

    it('leaves lists alone that are read on, and questions for a few', async () => {
      await get('/api/v2/analyses/')
      await get('/api/v2/analyses/?page=2')
      await get('/api/v2/jobs/?page_size=1')
      expect(await rules()).toEqual([])
    })
  })

  describe('about stopped jobs', () => {
    const stopped = async () => {
      const { id } = await submittedJob(target(), aJob({ command: 'sleep inf' }))
      target().world.advanceTo({ job: id, status: 'Executing' })
      expect((await post(`/api/v2/jobs/${id}/stop/`)).ok).toBe(true)
      return id
    }

    it('finds those that nobody looks at again', async () => {
      const id = await stopped()
      await get('/api/v2/users/me/')
      expect(await found()).toMatchObject([
        { rule: 'stop-not-checked', subject: `POST /api/v2/jobs/${id}/stop/`, entries: [3] },
      ])
    })

    it('leaves those alone that are looked at', async () => {
      const id = await stopped()
      await get(`/api/v2/jobs/${id}/statuses/`)
      expect(await rules()).toEqual([])
    })
  })

  describe('about submitting', () => {
    it('finds a job that is submitted again without a look', async () => {
      const { id } = await savedJob(target())
      await post(`/api/v2/jobs/${id}/submit/`)
      await post(`/api/v2/jobs/${id}/submit/`)
      expect(await found()).toMatchObject([
        { rule: 'blind-resubmit', subject: `POST /api/v2/jobs/${id}/submit/`, entries: [2, 3] },
      ])
    })

    it('leaves those alone that were looked at before, or certainly refused', async () => {
      const { id } = await savedJob(target())
      await target().control.faults.plan([{ operation: 'submitJob', kind: 'status', status: 429 }])
      await post(`/api/v2/jobs/${id}/submit/`)
      await post(`/api/v2/jobs/${id}/submit/`)
      await get(`/api/v2/jobs/${id}/statuses/`)
      await post(`/api/v2/jobs/${id}/submit/`)
      expect(await rules()).toEqual([])
    })
  })

  describe('about downloads', () => {
    it('finds files that are fetched again and again', async () => {
      const { id } = await uploadedFile(target(), 'a.txt', 'abc')
      for (let time = 0; time < 3; time += 1) await get(`/api/v2/files/${id}/contents/`)
      expect(await found()).toEqual([
        {
          rule: 'downloaded-again',
          subject: `GET /api/v2/files/${id}/contents/`,
          text: 'the same 3 bytes 3 times',
          entries: [2, 3, 4],
        },
      ])
    })

    it('finds several files that are fetched twice each, and leaves one alone', async () => {
      const one = await uploadedFile(target(), 'a.txt', 'abc')
      const other = await uploadedFile(target(), 'b.txt', 'abc')
      const twice = async (id: string) => {
        for (let time = 0; time < 2; time += 1) await get(`/api/v2/files/${id}/contents/`)
      }
      await twice(one.id)
      expect(await rules()).toEqual([])
      await twice(other.id)
      expect(await found()).toEqual(
        [
          { id: one.id, entries: [3, 4] },
          { id: other.id, entries: [5, 6] },
        ].map(({ id, entries }) => ({
          rule: 'downloaded-again',
          subject: `GET /api/v2/files/${id}/contents/`,
          text: 'the same 3 bytes 2 times',
          entries,
        })),
      )
    })

    it('leaves second tries alone, and parts of a file', async () => {
      const { id } = await uploadedFile(target(), 'a.txt', 'abcdef')
      for (const range of ['bytes=0-2', 'bytes=3-5', 'bytes=0-2'])
        await get(`/api/v2/files/${id}/contents/`, { range })
      expect(await rules()).toEqual([])
    })
  })

  it('writes text for people and JUnit for CI', async () => {
    const { id } = await savedJob(target())
    await post(`/api/v2/jobs/${id}/submit/`)
    await post(`/api/v2/jobs/${id}/submit/?a=1&b=<2>`)
    const text = await target().control.journal.lintAs('text')
    expect(text).toContain(
      `  POST /api/v2/jobs/${id}/submit/\n    submitted 2 times without a look at it in between (entries 2, 3)`,
    )
    expect(text).toMatch(/\n1 found in 3 requests\n$/)
    const junit = await target().control.journal.lintAs('junit')
    expect(junit).toContain('<testsuite name="client" tests="6" failures="1" errors="0">')
    expect(junit).toContain(`submitted 2 times without a look at it in between (entries 2, 3)</failure>`)
    expect(await target().control.journal.lintAs('text', 3)).toBe('nothing found in 0 requests\n')
  })

  it('tells all that it finds as text, as JUnit and as JSON', async () => {
    const names = await everythingWrong(target())
    const { rules } = await target().control.journal.lint()
    expect(rules.map(({ name, findings }) => [name, findings.length])).toEqual(names.map((name) => [name, 1]))
    const [text, junit] = await Promise.all(
      (['text', 'junit'] as const).map((format) => target().control.journal.lintAs(format)),
    )
    expect(text).toMatch(/\n6 found in \d+ requests\n$/)
    for (const { name, title, advice, findings } of rules) {
      const [finding] = findings
      expect(text).toContain(`${name}: ${title}\n  ${finding?.subject}\n    ${finding?.text} (entr`)
      expect(text).toContain(`\n  ${advice}\n`)
      const failed = new RegExp(`<testcase classname="localscale.lint" name="${name}: [^"]*">\\s*<failure `)
      expect(junit).toMatch(failed)
    }
    expect(junit).toContain('<testsuites tests="6" failures="6" errors="0">')
  })

  it('has nothing to say of our own client', async () => {
    const { origin, apiKey, world } = target()
    const sleep = async (milliseconds: number) => world.advance(milliseconds)
    await using client = createClient({
      baseUrl: origin,
      apiKey,
      fetch: target().rescale.fetch,
      clock: { now: () => world.now().getTime(), sleep },
    } as never)
    const saved = await savedJob(target())
    await client.jobs.submit(saved.id)
    await client.jobs.waitFor(saved.id, 'Completed')
    for await (const file of client.jobs.files(saved.id)) expect(file.id).toMatch(/^\w{6}$/)
    expect((await client.analyses.list().toArray()).length).toBeGreaterThan(10)
    expect(await client.analyses.list().count()).toBeGreaterThan(10)
    expect(await client.analyses.list().first()).toBeDefined()
    expect(await rules()).toEqual([])
  })
})

it.skipIf(!findProgram('python3'))(
  'writes JUnit that a reader of XML reads, whatever clients say',
  async () => {
    await using rescale = createRescale()
    const target = await inProcessTarget(rescale)
    const { id } = await savedJob(target)
    for (const query of ['', '?a=]]>&b=<2>&c="\'&d=%00%01'])
      await target.fetch(`/api/v2/jobs/${id}/submit/${query}`, { method: 'POST' })
    const script = 'import sys, xml.etree.ElementTree as t; print(t.parse(sys.stdin).find(".//failure").text)'
    const input = await target.control.journal.lintAs('junit')
    expect(execFileSync('python3', ['-c', script], { input, encoding: 'utf8' })).toBe(
      `POST /api/v2/jobs/${id}/submit/: submitted 2 times without a look at it in between (entries 2, 3)\n`,
    )
  },
)

/** Does each thing once that the linter finds. Returns the rules, in their order. */
async function everythingWrong(target: Target): Promise<string[]> {
  const get = async (path: string) => void (await (await target.fetch(path)).arrayBuffer())
  const post = (path: string) => target.fetch(path, { method: 'POST' })
  const { id } = await submittedJob(target, aJob({ command: 'sleep inf' }))
  await post(`/api/v2/jobs/${id}/submit/`)
  target.world.advanceTo({ job: id, status: 'Executing' })
  for (let poll = 0; poll < 6; poll += 1) {
    target.world.advance(1_000)
    await get(`/api/v2/jobs/${id}/statuses/`)
  }
  await target.control.faults.plan([
    { operation: 'getCurrentUser', kind: 'status', status: 429, retryAfter: 5 },
  ])
  for (let time = 0; time < 2; time += 1) await get('/api/v2/users/me/')
  await get('/api/v2/analyses/')
  const file = await uploadedFile(target, 'a.txt', 'abc')
  for (let time = 0; time < 3; time += 1) await get(`/api/v2/files/${file.id}/contents/`)
  await post(`/api/v2/jobs/${id}/stop/`)
  return [
    'poll-without-back-off',
    'retry-after-ignored',
    'first-page-only',
    'stop-not-checked',
    'blind-resubmit',
    'downloaded-again',
  ]
}
