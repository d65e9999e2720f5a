import { expect, it } from 'vitest'
import type { DeviationResult, SelfcheckReport } from './selfcheck.ts'
import { verdictOf } from './verdict.ts'

const result = (id: string, outcome: DeviationResult['outcome'] = 'found'): DeviationResult => ({
  id,
  class: 'type',
  group: 'jobs',
  outcome,
  scenario: 'jobs/x',
  said: [],
})

function aReport({
  outcome = 'found',
  alarms = [] as string[],
  changed = 1,
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
    'time 2 came to something else than the first: deviation 0 was found in jobs/y, before it was found in jobs/x',
  ])
})

it('compares times only with others of the same way, where scenarios take the same steps', () => {
  const [way, other] = [{ way: 'over-tls' }, { way: 'in-process' }]
  const elsewhere = aReport()
  const deviations = elsewhere.deviations.map((one) => ({ ...one, scenario: 'jobs/y' }))
  const times = [
    { ...aReport(), ...way },
    { ...elsewhere, deviations, ...other },
  ]
  expect(verdictOf(times).problems).toEqual([])
  expect(verdictOf([...times, { ...aReport(), ...other }]).problems).toEqual([
    'time 3 came to something else than time 2: deviation 0 was found in jobs/x, before it was found in jobs/y',
  ])
})

it('notices when something harmless is reported at one time, or changes nothing at another', () => {
  const unlike = 'time 2 came to something else than the first: variation harmless was'
  expect(verdictOf([aReport(), aReport({ alarms: ['type'] })]).problems).toContain(
    `${unlike} tried with 1 alarms, before it was tried with 0 alarms`,
  )
  expect(verdictOf([aReport(), aReport({ changed: 0 })]).problems).toContain(
    `${unlike} not tried with 0 alarms, before it was tried with 0 alarms`,
  )
  expect(verdictOf([aReport(), aReport({ changed: 2 })]).problems).toEqual([])
})

it('takes nothing for no success', () => {
  expect(verdictOf([]).problems).toEqual(['nothing was checked'])
})
