import { expect, it } from 'vitest'
import type { Description } from '../openapi-document.ts'
import { description as rescale } from '../testing/description.ts'
import { fidelityLedger } from './ledger.ts'
import { fidelityPage } from './page.ts'

const observed = { grade: 'observed', source: 'NB 1', date: '2023-09' }
const inferred = { grade: 'inferred' }

/** One operation, with a list of things that hold things. */
const description = {
  info: { title: '', version: '' },
  paths: {
    '/things/': {
      get: {
        operationId: 'listThings',
        'x-evidence': observed,
        responses: {
          '200': {
            description: '',
            content: {
              'application/json': {
                schema: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
              },
            },
          },
          '404': { description: '', 'x-evidence': inferred },
        },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        properties: {
          id: { type: 'string' },
          guess: { type: 'string', 'x-evidence': inferred },
          parts: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
        },
      },
    },
  },
} as unknown as Description

const [things] = fidelityLedger(description).operations

it('takes what has no evidence of its own for as well known as what it belongs to', () => {
  expect(things).toMatchObject({ operationId: 'listThings', method: 'GET', ...observed })
  expect(things?.answers[0]).toMatchObject({ status: '200', ...observed })
  expect(things?.answers[0]?.fields).toEqual([
    { pointer: '/*/id', ...observed },
    { pointer: '/*/guess', ...inferred },
    { pointer: '/*/parts', ...observed },
  ])
})

it('keeps what an answer or a field says of itself', () => {
  expect(things?.answers[1]).toEqual({ status: '404', ...inferred, fields: [] })
})

it('raises to live, with the day, what a recording of the live platform has shown', () => {
  const date = '2026-11-28'
  const { operations } = fidelityLedger(description, [
    { operationId: 'listThings', status: '200', pointer: '/*/guess', date },
    { operationId: 'listThings', status: '404', date },
  ])
  const [answer, missing] = operations[0]?.answers ?? []
  expect(answer?.fields[1]).toEqual({ pointer: '/*/guess', grade: 'live', date })
  expect(answer?.grade).toBe('observed')
  expect(missing).toEqual({ status: '404', grade: 'live', date, fields: [] })
})

it('grades every operation, answer and field of the description', () => {
  const { operations } = fidelityLedger(rescale)
  expect(operations.length).toBe(
    Object.values(rescale.paths).flatMap((item) => Object.keys(item).filter((key) => key !== 'parameters'))
      .length,
  )
  const job = operations.find(({ operationId }) => operationId === 'getJob')
  const pointers = job?.answers.find(({ status }) => status === '200')?.fields.map(({ pointer }) => pointer)
  expect(pointers).toContain('/jobanalyses/*/hardware/coresPerSlot')
  expect(new Set(pointers).size).toBe(pointers?.length)
})

it('is a page with a row for each operation', () => {
  const page = fidelityPage(fidelityLedger(description))
  expect(page).toContain('| operations | 0 | 1 | 0 | 0 | 0 | 1 |')
  expect(page).toContain(
    '| `listThings` GET `/things/` | observed, NB 1, 2023-09 | 200, 404 inferred | 200: inferred `/*/guess` |',
  )
})
