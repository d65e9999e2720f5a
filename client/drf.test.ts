import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseDrfErrors } from './drf.ts'

it('finds the detail', () => {
  expect(parseDrfErrors({ detail: 'Not found.' })).toEqual({
    detail: 'Not found.',
    fieldErrors: {},
    summary: 'Not found.',
  })
})

it('names nested fields by their position in the request', () => {
  const body = { jobanalyses: [{}, { hardware: { coresPerSlot: ['Invalid number of cores.', 'Try 2.'] } }] }
  expect(parseDrfErrors(body)).toEqual({
    detail: undefined,
    fieldErrors: { 'jobanalyses.1.hardware.coresPerSlot': ['Invalid number of cores.', 'Try 2.'] },
    summary: 'jobanalyses.1.hardware.coresPerSlot: Invalid number of cores. Try 2.',
  })
})

it('takes messages that belong to no field', () => {
  expect(parseDrfErrors({ non_field_errors: ['Either or.'] }).summary).toBe('Either or.')
  expect(parseDrfErrors(['One.', 'Two.']).fieldErrors).toEqual({ non_field_errors: ['One.', 'Two.'] })
  expect(parseDrfErrors('Just words').summary).toBe('Just words')
})

it('never throws, whatever the body', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (body) => {
      const { fieldErrors, summary } = parseDrfErrors(body)
      expect(summary.length).toBeLessThanOrEqual(501)
      for (const messages of Object.values(fieldErrors)) expect(messages.length).toBeGreaterThan(0)
    }),
  )
})

it('gives every leaf message of a body at its place', () => {
  const field = fc.stringMatching(/^[a-z]{1,6}$/).filter((name) => name !== 'detail')
  const messages = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(field, fc.nat(5), field, messages, (list, at, name, said) => {
      const positions = Array.from({ length: at + 1 }, (_, index) => (index === at ? { [name]: said } : {}))
      expect(parseDrfErrors({ [list]: positions }).fieldErrors).toEqual({ [`${list}.${at}.${name}`]: said })
    }),
  )
})

it('survives bodies of absurd depth and width', () => {
  const deep = JSON.parse(`${'{"a":'.repeat(5000)}"x"${'}'.repeat(5000)}`)
  expect(parseDrfErrors(deep).summary).toBe('')
  const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`f${index}`, ['no']]))
  expect(Object.keys(parseDrfErrors(wide).fieldErrors)).toHaveLength(200)
})
