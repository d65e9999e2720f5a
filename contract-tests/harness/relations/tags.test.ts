import { describe, expect, it } from 'vitest'
import { seen, sequence } from '../testing/seen.ts'
import { echoFindings } from './echo.ts'
import { tagFindings } from './tags.ts'

const job = '/api/v2/jobs/abcdef/'

describe('a tag', () => {
  const tag = (name: string) => ({ name, normalizedName: name.toLowerCase() })
  const add = (name: string, answered = name) =>
    seen(`POST ${job}tags/`, { status: 201, sent: { name }, body: tag(answered) })
  const remove = (name: string, status = 204) => seen(`DELETE ${job}tags/`, { status, sent: { name } })
  const list = (...names: string[]) => seen(`GET ${job}tags/`, { body: names.map(tag) })
  const rules = (...all: ReturnType<typeof seen>[]) =>
    tagFindings(sequence(...all)).map(({ rule, pointer, seq }) => [rule, pointer, seq])

  it('is answered and listed as it was sent, in whatever case, until it is removed', () => {
    expect(
      rules(add('Wing'), add('old', 'Old'), list('x', 'wing', 'Old'), remove('Wing'), list('Old')),
    ).toEqual([])
    expect(rules(remove('Wing'), add('Wing'), list('Wing'))).toEqual([])
  })

  it('is one whatever case it is spelled in, and whatever blanks are around it', () => {
    expect(rules(add('Wing'), add(' wing ', 'Wing'), list('Wing'))).toEqual([])
    expect(rules(add('Wing'), remove('wing'), add('WING', 'Wing'), list('wInG'))).toEqual([])
    expect(rules(add('Wing'), remove(' WING'), list('Wing'))).toEqual([['deleted-is-gone', '/0', 3]])
    expect(rules(add('Wing'), add('WING'), list('x'))).toEqual([['read-after-write', '', 3]])
  })

  it('is another when more than that differs', () => {
    expect(rules(add('Wing'), list('Wings'))).toEqual([['read-after-write', '', 2]])
    expect(rules(add('Wing'), add('Left Wing'), remove('LeftWing'), list('Wing', 'left wing'))).toEqual([])
    expect(rules(add('Wing', 'Wings'))).toEqual([['echo', '/name', 1]])
  })

  it('is found when it comes back as another', () => {
    expect(rules(add('Wing', 'Tail'))).toEqual([['echo', '/name', 1]])
  })

  it('is found when it is not listed', () => {
    expect(rules(add('Wing'), list('x'))).toEqual([['read-after-write', '', 2]])
    const otherJob = seen('GET /api/v2/jobs/fedcba/tags/', { body: [] })
    expect(rules(add('Wing'), otherJob)).toEqual([])
  })

  it('is found when it was removed, and is listed', () => {
    expect(rules(add('Wing'), remove('Wing'), list('x', 'Wing'))).toEqual([['deleted-is-gone', '/1', 3]])
    expect(rules(add('Wing'), remove('Wing', 400), list('Wing'))).toEqual([])
  })
})

describe('a custom field', () => {
  const fields = `${job}custom-fields/`
  const set = (sent: Record<string, string | number>, body = sent) => seen(`POST ${fields}`, { sent, body })
  const read = (values: Record<string, string | number>) =>
    seen(`GET ${fields}`, {
      body: Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, { meta: { name }, value }]),
      ),
    })
  const rules = (...all: ReturnType<typeof seen>[]) =>
    echoFindings(sequence(...all)).map(({ rule, pointer, seq }) => [rule, pointer, seq])

  it('comes back as it was set, beside others, and a number for its text', () => {
    expect(
      rules(set({ Customer: 'ACME', Run: '42' }), read({ Customer: 'ACME', Run: 42, Other: 1 })),
    ).toEqual([])
  })

  it('is found when it comes back as something else, or not at all', () => {
    expect(rules(set({ Customer: 'ACME' }, { Customer: 'Acme' }))).toEqual([['echo', '/Customer', 1]])
    expect(rules(set({ Customer: 'ACME' }, {}))).toEqual([['echo', '/Customer', 1]])
    const set42 = set({ 'Run/Number': 42 })
    expect(rules(set42, read({ 'Run/Number': 43 }))).toEqual([['read-after-write', '/Run~1Number', 2]])
    expect(rules(set42, read({ Other: 42 }))).toEqual([['read-after-write', '/Run~1Number', 2]])
  })

  it('is what was set last', () => {
    expect(rules(set({ Run: 42 }), set({ Run: 43 }), read({ Run: 43 }))).toEqual([])
  })
})
