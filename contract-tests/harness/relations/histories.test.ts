import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { seen, sequence } from '../testing/seen.ts'
import { historyFindings } from './histories.ts'
import { clusterLanguage, jobLanguage, type StatusLanguage, strayIn } from './languages.ts'

const whole = ['Pending', 'Queued', 'Started', 'Validated', 'Executing', 'Completed']

/** One poll; statuses oldest first, one a minute. */
function poll(statuses: readonly string[], { from = 0, path = 'statuses' } = {}) {
  const rows = statuses.map((status, index) => ({
    status,
    statusDate: new Date((from + index) * 60_000).toISOString(),
  }))
  const body = { count: rows.length, next: null, previous: null, results: rows.toReversed() }
  return seen(`GET /api/v2/jobs/abcdef/${path}/`, { body: body as Json })
}

const rules = (...polls: ReturnType<typeof poll>[]) =>
  historyFindings(sequence(...polls)).map(({ rule }) => rule)

describe('a history', () => {
  it('is right when it grows from poll to poll and takes known ways', () => {
    expect(rules(...whole.map((_, index) => poll(whole.slice(0, index))), poll(whole))).toEqual([])
    expect(rules(poll([]))).toEqual([])
  })

  it('is told newest first', () => {
    const body = {
      count: 2,
      next: null,
      previous: null,
      results: [
        { status: 'Queued', statusDate: '2026-01-01T00:00:00.000000+00:00' },
        { status: 'Pending', statusDate: '2026-01-01T00:01:00.000000+00:00' },
      ],
    }
    expect(rules(seen('GET /api/v2/jobs/abcdef/statuses/', { body }))).toEqual(['history-order'])
  })

  it('keeps what it has told', () => {
    expect(rules(poll(['Pending', 'Queued']), poll(['Pending', 'Waiting for Queue', 'Queued']))).toEqual([
      'history-past',
    ])
    expect(rules(poll(['Pending', 'Queued']), poll(['Pending']))).toEqual(['history-past'])
    expect(rules(poll(['Pending']), poll(['Pending'], { from: 1 }))).toEqual(['history-past'])
  })

  it('ends with its end', () => {
    expect(rules(poll(whole), poll([...whole, 'Stopping']))).toContain('history-end')
  })

  it('follows the language of jobs', () => {
    expect(rules(poll(['Queued']))).toEqual(['job-status'])
    expect(rules(poll(['Pending', 'Executing']))).toEqual(['job-status'])
    expect(rules(poll(['Pending', 'Queued', 'Queued']))).toEqual(['job-status'])
  })

  it('follows the language of clusters', () => {
    const clusters = { path: 'cluster_statuses' }
    expect(
      rules(
        poll(
          ['Not Started', 'Queued', 'Starting', 'Started', 'Stop Requested', 'Stopping', 'Stopped'],
          clusters,
        ),
      ),
    ).toEqual([])
    expect(rules(poll(['Not Started', 'Stopped', 'Started'], clusters))).toEqual(['cluster-status'])
  })

  it('says too little on one of several pages', () => {
    const body = {
      count: 9,
      next: 'https://rescale.test/x?page=2',
      previous: null,
      results: [{ status: 'Queued', statusDate: 'x' }],
    }
    expect(rules(seen('GET /api/v2/jobs/abcdef/statuses/', { body }))).toEqual([])
  })
})

describe.each([
  ['jobs', jobLanguage],
  ['clusters', clusterLanguage],
] as const)('the language of %s', (_, language: StatusLanguage) => {
  /** A random walk from a beginning. */
  const walks = fc.array(fc.nat(), { minLength: 1, maxLength: 12 }).map((choices) => {
    const walk: string[] = []
    for (const choice of choices) {
      const before = walk.at(-1)
      const open: readonly string[] = before === undefined ? language.first : (language.next[before] ?? [])
      const ways = open.filter((status) => !walk.includes(status))
      const chosen = ways[choice % Math.max(1, ways.length)]
      if (chosen === undefined) break
      walk.push(chosen)
    }
    return walk
  })

  it('takes every walk along its ways, and every beginning of one', () => {
    fc.assert(fc.property(walks, (walk) => strayIn(walk, language) === null))
  })

  it('refuses every walk with a status taken out of its middle, unless that way is known too', () => {
    fc.assert(
      fc.property(walks, fc.nat(), (walk, choice) => {
        const at = 1 + (choice % Math.max(1, walk.length - 2))
        const [before, after] = [walk[at - 1], walk[at + 1]]
        if (before === undefined || after === undefined) return true
        const known = language.next[before]?.includes(after) === true
        return (strayIn(walk.toSpliced(at, 1), language) === null) === known
      }),
    )
  })
})
