import { expect, it } from 'vitest'
import type { DeviationResult, SelfcheckReport } from './selfcheck.ts'
import { verdictOf } from './verdict.ts'

const result = (id: string, outcome: DeviationResult['outcome'] = 'found'): DeviationResult => ({
  id,
  class: 'type',
  group: 'jobs',
  outcome,
  scenario: 'jobs/x',
  changed: 2,
  said: [],
})

function aReport({
  outcome = 'found',
  alarms = [] as string[],
  changed = 3,
}: {
  outcome?: DeviationResult['outcome']
  alarms?: string[]
  changed?: number
} = {}): SelfcheckReport {
  const deviations = Array.from({ length: 60 }, (_, index) => result(`deviation ${index}`))
  const variations = Array.from({ length: 10 }, (_, index) => ({
    id: `variation ${index}`,
    changed: 3,
    alarms: [],
  }))
  return {
    deviations: [...deviations, result('the last', outcome)],
    variations: [...variations, { id: 'harmless', changed, alarms }],
  }
}

it('is content when all is found, nothing harmless reported, and it comes to the same again', () => {
  expect(verdictOf([aReport(), aReport()])).toEqual({
    text: '61 of 61 deviations found, 11 of 11 harmless variations passed in silence, the same 2 times over',
    problems: [],
  })
})

it.each([
  [aReport({ outcome: 'missed' }), 'the last was missed'],
  [aReport({ outcome: 'misnamed' }), 'the last was misnamed'],
  [aReport({ alarms: ['type'] }), 'false alarm about harmless: type'],
  [aReport({ outcome: 'not-applicable' }), 'the last could not be seeded: no scenario gets an answer for it'],
  [aReport({ changed: 0 }), 'harmless changed nothing'],
  [{ deviations: [], variations: [] }, 'only 0 deviations could be seeded'],
])('names what is wrong', (report, problem) => {
  expect(verdictOf([report]).problems).toContain(problem)
})

it('excuses what cannot be seeded by its name, and only as long as it cannot', () => {
  const excused = new Set(['the last'])
  expect(verdictOf([aReport({ outcome: 'not-applicable' })], excused).problems).toEqual([])
  expect(verdictOf([aReport()], excused).problems).toEqual([
    'the last could be seeded, though it is called inapplicable',
  ])
})

it('notices when it does not come to the same again', () => {
  const elsewhere = aReport()
  const [first, ...others] = elsewhere.deviations
  if (!first) throw new Error('there are deviations')
  const deviations = [{ ...first, scenario: 'jobs/y' }, ...others]
  expect(verdictOf([aReport(), { ...elsewhere, deviations }]).problems).toEqual([
    'time 2 came to something else than the first: deviation 0 was found in jobs/y by 2 changed answers, before it was found in jobs/x by 2 changed answers',
  ])
})

it('notices when a deviation changes more or fewer answers at one time', () => {
  const more = aReport()
  const deviations = more.deviations.map((one) => (one.id === 'deviation 1' ? { ...one, changed: 5 } : one))
  expect(verdictOf([aReport(), aReport(), { ...more, deviations }]).problems).toEqual([
    'time 3 came to something else than the first: deviation 1 was found in jobs/x by 5 changed answers, before it was found in jobs/x by 2 changed answers',
  ])
})

it('notices when something harmless is reported at one time, or changes more or fewer answers', () => {
  const unlike = 'time 2 came to something else than the first: variation harmless was'
  const before = 'before it was tried on 3 answers with 0 alarms'
  expect(verdictOf([aReport(), aReport({ alarms: ['type'] })]).problems).toContain(
    `${unlike} tried on 3 answers with 1 alarms, ${before}`,
  )
  expect(verdictOf([aReport(), aReport({ changed: 0 })]).problems).toContain(
    `${unlike} tried on 0 answers with 0 alarms, ${before}`,
  )
  expect(verdictOf([aReport(), aReport({ changed: 2 })]).problems).toContain(
    `${unlike} tried on 2 answers with 0 alarms, ${before}`,
  )
})

it('takes nothing for no success', () => {
  expect(verdictOf([]).problems).toEqual(['nothing was checked'])
})
