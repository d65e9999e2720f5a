import { describe, expect, it } from 'vitest'
import { seen, sequence } from '../testing/seen.ts'
import { deletedFindings } from './deleted.ts'
import { echoFindings } from './echo.ts'
import { isolationFindings } from './isolation.ts'
import { dateFindings } from './ordered-dates.ts'

const page = (...ids: string[]) => ({
  count: ids.length,
  next: null,
  previous: null,
  results: ids.map((id) => ({ id })),
})
const job = '/api/v2/jobs/abcdef/'

describe('what was deleted', () => {
  const gone = seen(`DELETE ${job}`, { status: 204 })

  it('is answered with 404, and listed no more', () => {
    const after = [
      seen(`GET ${job}`, { status: 404, body: {} }),
      seen('GET /api/v2/jobs/', { body: page('other') }),
    ]
    expect(deletedFindings(sequence(seen(`GET ${job}`, { body: { id: 'abcdef' } }), gone, ...after))).toEqual(
      [],
    )
  })

  it('is found when it is still there, or still listed', () => {
    expect(deletedFindings(sequence(gone, seen(`GET ${job}`, { body: { id: 'abcdef' } })))).toMatchObject([
      { rule: 'deleted-is-gone' },
    ])
    expect(deletedFindings(sequence(gone, seen(`GET ${job}statuses/`, { body: page() })))).toMatchObject([
      { rule: 'deleted-is-gone' },
    ])
    expect(
      deletedFindings(sequence(gone, seen('GET /api/v2/jobs/', { body: page('x', 'abcdef') }))),
    ).toMatchObject([{ pointer: '/results/1' }])
    const file = [
      seen('DELETE /api/v2/files/abcdef/', { status: 204 }),
      seen('GET /api/v2/files/abcdef/contents/', {}),
    ]
    expect(deletedFindings(sequence(...file))).toMatchObject([{ rule: 'deleted-is-gone' }])
  })

  it('is not gone when deleting it was refused', () => {
    expect(
      deletedFindings(sequence(seen(`DELETE ${job}`, { status: 400 }), seen(`GET ${job}`, { body: {} }))),
    ).toEqual([])
  })
})

describe('another key', () => {
  const made = seen('POST /api/v2/jobs/', { status: 201, body: { id: 'abcdef' } })
  const asOther = (call: string, wish: object) => seen(call, { caller: 'other', ...wish })

  it('sees nothing of what this one owns', () => {
    const hidden = [
      asOther(`GET ${job}`, { status: 404, body: {} }),
      asOther('GET /api/v2/jobs/', { body: page('theirs') }),
    ]
    expect(isolationFindings(sequence(made, ...hidden))).toEqual([])
    expect(isolationFindings(sequence(made, asOther(`GET ${job}`, { body: {} })))).toMatchObject([
      { rule: 'isolation' },
    ])
    expect(isolationFindings(sequence(made, asOther(`DELETE ${job}`, { status: 204 })))).toMatchObject([
      { rule: 'isolation' },
    ])
    expect(
      isolationFindings(sequence(made, asOther('GET /api/v2/jobs/', { body: page('abcdef') }))),
    ).toMatchObject([{ rule: 'isolation' }])
  })

  it('sees what is shared', () => {
    const shared = seen(`POST ${job}share/`, {})
    expect(isolationFindings(sequence(made, shared, asOther(`GET ${job}`, { body: {} })))).toEqual([])
  })
})

describe('what was sent', () => {
  const sent = {
    name: 'x',
    jobanalyses: [{ command: 'ls', hardware: { coreType: 'granite', coresPerSlot: '2' } }],
    projectId: null,
  }
  const kept = {
    id: 'abcdef',
    name: 'x',
    jobanalyses: [{ command: 'ls', hardware: { coreType: { code: 'granite' }, coresPerSlot: 2 } }],
    projectId: 'p',
  }
  const create = (body: object) => seen('POST /api/v2/jobs/', { status: 201, sent, body: body as never })
  const read = (body: object) => seen(`GET ${job}`, { body: body as never })
  const rules = (...all: ReturnType<typeof seen>[]) =>
    echoFindings(sequence(...all)).map(({ rule, pointer }) => [rule, pointer])

  it('comes back, whatever the platform adds, and a number for its text', () => {
    expect(rules(create(kept), read(kept))).toEqual([])
  })

  it('is found when it comes back as something else', () => {
    expect(rules(create({ ...kept, name: 'y' }))).toEqual([['echo', '/name']])
    expect(rules(create({ ...kept, jobanalyses: [] }))).toEqual([['echo', '/jobanalyses']])
    const other = {
      ...kept,
      jobanalyses: [{ command: 'ls', hardware: { coreType: { code: 'emerald' }, coresPerSlot: 4 } }],
    }
    expect(rules(create(other))).toEqual([
      ['echo', '/jobanalyses/0/hardware/coreType'],
      ['echo', '/jobanalyses/0/hardware/coresPerSlot'],
    ])
  })

  it('is read until it is changed again', () => {
    expect(rules(create(kept), read({ ...kept, name: 'y' }))).toEqual([['read-after-write', '/name']])
    const change = seen(`PATCH ${job}`, { sent: { name: 'y' }, body: { ...kept, name: 'y' } as never })
    expect(rules(create(kept), change, read({ ...kept, name: 'y' }))).toEqual([])
  })

  it('need not come back from a job that was submitted, which takes changes and does not make them', () => {
    const submit = seen(`POST ${job}submit/`, {})
    const change = seen(`PATCH ${job}`, { sent: { name: 'y' }, body: kept as never })
    expect(rules(create(kept), submit, change, read(kept))).toEqual([])
  })
})

it('finds what ends before it begins', () => {
  const run = (dateStarted: string, dateCompleted: string | null) =>
    seen(`GET ${job}runs/`, {
      body: { count: 1, results: [{ id: '1', dateStarted, dateCompleted }] } as never,
    })
  const [early, late] = ['2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000001+00:00']
  expect(dateFindings(sequence(run(early, late), run(early, null)))).toEqual([])
  expect(dateFindings(sequence(run('2026-01-01T00:00:01Z', early)))).toMatchObject([
    { class: 'order', pointer: '/results/0/dateCompleted' },
  ])
})
