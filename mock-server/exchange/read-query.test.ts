import fc from 'fast-check'
import { expect, it } from 'vitest'
import { routes } from '../../openapi/generated/routes.ts'
import type { Parameter, ParameterSchema } from '../../openapi/route.ts'
import { readPath, readQuery } from './read-query.ts'

function aQueryParameter(name: string, schema: ParameterSchema): Parameter {
  return { name, in: 'query', required: false, schema }
}

const parameters = [
  aQueryParameter('page', { type: 'integer', minimum: 1, default: 1 }),
  aQueryParameter('page_size', { type: 'integer', minimum: 1 }),
  aQueryParameter('search', { type: 'string' }),
  aQueryParameter('state', { type: 'string', enum: ['completed', 'not_completed'] }),
  aQueryParameter('lines', { type: 'integer', minimum: 1 }),
  aQueryParameter('deleteInputFiles', { type: 'boolean', default: false }),
]

const read = (query: string) => readQuery(parameters, query)

it('fills in defaults and leaves out what was not asked for', () => {
  expect(read('')).toEqual({ value: { deleteInputFiles: false } })
})

it('coerces by the described type', () => {
  expect(read('lines=20&deleteInputFiles=True&search=a+b%2F&state=completed')).toEqual({
    value: { lines: 20, deleteInputFiles: true, search: 'a b/', state: 'completed' },
  })
})

it('leaves pages to the paginator, however odd they are', () => {
  expect(read('page=last&page_size=-1')).toEqual({
    value: { page: 'last', page_size: '-1', deleteInputFiles: false },
  })
})

it('ignores parameters that are not described', () => {
  expect(read('status=Completed&__proto__=1&t=1')).toEqual({ value: { deleteInputFiles: false } })
})

it('takes the last of several', () => {
  expect(read('search=a&search=b&page=1&page=2')).toEqual({
    value: { search: 'b', page: '2', deleteInputFiles: false },
  })
})

it('takes an empty value for none, but an empty text for what it is', () => {
  expect(read('state=&lines=&deleteInputFiles=&search=')).toEqual({
    value: { deleteInputFiles: false, search: '' },
  })
})

it('says which parameter is none of its choices', () => {
  expect(read('state=done')).toEqual({
    errors: { state: ['Select a valid choice. done is not one of the available choices.'] },
  })
})

it('takes what is no number and no boolean as not given', () => {
  expect(read('lines=x&deleteInputFiles=maybe')).toEqual({ value: { deleteInputFiles: false } })
  expect(read('lines=0')).toEqual({ value: { deleteInputFiles: false } })
  const owner = aQueryParameter('owner', { type: 'integer', enum: [1] })
  expect(readQuery([owner], 'owner=1')).toEqual({ value: { owner: 1 } })
  expect(readQuery([owner], 'owner=2')).toEqual({ value: {} })
})

it('refuses choices only where a 400 is described', () => {
  const refusing = routes.filter(({ parameters: all }) =>
    all.some(({ in: place, schema }) => place === 'query' && schema.type === 'string' && schema.enum),
  )
  expect(refusing.map(({ operationId }) => operationId)).toContain('listJobs')
  expect(refusing.filter(({ answers }) => !('400' in answers))).toEqual([])
})

it('reads a path, which leads nowhere where a part cannot be what it stands for', () => {
  const inPath: Parameter[] = [
    { name: 'jobId', in: 'path', required: true, schema: { type: 'string' } },
    { name: 'run', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } },
  ]
  expect(readPath(inPath, { jobId: 'abc', run: '1' })).toEqual({ jobId: 'abc', run: 1 })
  expect(readPath(inPath, { jobId: 'abc', run: 'one' })).toBeNull()
  expect(readPath(inPath, { jobId: 'abc', run: '0' })).toBeNull()
  expect(readPath(inPath, { jobId: 'abc' })).toBeNull()
})

it('reads any query of any operation without throwing', () => {
  const names = [...new Set(routes.flatMap((route) => route.parameters.map(({ name }) => name)))]
  const pairs = fc.array(
    fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), fc.string({ unit: 'binary' })),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...routes),
      fc.oneof(
        fc.string(),
        pairs.map((given) => new URLSearchParams(given).toString()),
      ),
      (route, query) => {
        const reading = readQuery(route.parameters, query)
        const described = route.parameters
          .filter((parameter) => parameter.in === 'query')
          .map(({ name }) => name)
        const keys = Object.keys('value' in reading ? reading.value : reading.errors)
        expect(keys.filter((key) => !described.includes(key))).toEqual([])
      },
    ),
    { numRuns: 1_000 },
  )
})
