import { expect, it } from 'vitest'
import type { Description, OperationObject, Schema } from '../openapi/openapi-document.ts'
import { fieldSides } from './generate/field-sides.ts'

const object = (properties: Record<string, Schema>): Schema => ({ type: 'object', properties })
const text: Schema = { type: 'string' }
const json = (schema: Schema) => ({ content: { 'application/json': { schema } } })

const operation = (operationId: string, answer: Schema, body?: Schema): OperationObject => ({
  operationId,
  responses: {
    '200': { description: 'Done.', ...json(answer) },
    '404': { description: 'None.', ...json(object({ detail: text })) },
  },
  ...(body && { requestBody: json(body) }),
})

const lion = object({
  id: text,
  name: text,
  cubs: { type: 'array', items: object({ name: text, born: text }) },
})
const newLion = object({
  name: text,
  password: text,
  cubs: { type: 'array', items: object({ name: text, toy: text }) },
})

const zoo: Description = {
  info: { title: 'Zoo', version: '1' },
  paths: {
    '/lions/': {
      get: operation(
        'listLions',
        object({ count: text, results: { type: 'array', items: object({ id: text, name: text }) } }),
      ),
      post: operation('createLion', lion, newLion),
    },
    '/lions/{lionId}/': { get: operation('getLion', { allOf: [{ $ref: '#/components/schemas/Lion' }] }) },
    '/tigers/': { get: operation('listTigers', object({ id: text })) },
  },
  components: { schemas: { Lion: lion } },
}

it('knows what only requests about a resource hold, wherever the resource is answered', () => {
  expect(fieldSides(zoo).writeOnly).toEqual([
    { missingFrom: ['listLions 200'], fields: ['/results/*/cubs/*/toy', '/results/*/password'] },
    { missingFrom: ['createLion 200', 'getLion 200'], fields: ['/cubs/*/toy', '/password'] },
  ])
})

it('knows what only answers about a resource hold', () => {
  expect(fieldSides(zoo).readOnly).toEqual([
    { missingFrom: ['createLion'], fields: expect.arrayContaining(['/cubs/*/born', '/id']) },
  ])
})

it('takes the items of an answered list for the resource, as it takes those of a page', () => {
  const { get, post } = zoo.paths['/lions/'] ?? {}
  if (!get || !post) throw new Error('there are lions')
  const list = { ...get, ...operation('listLions', { type: 'array', items: lion }) }
  expect(fieldSides({ ...zoo, paths: { '/lions/': { get: list, post } } })).toEqual({
    writeOnly: [
      { missingFrom: ['listLions 200'], fields: ['/*/cubs/*/toy', '/*/password'] },
      { missingFrom: ['createLion 200'], fields: ['/cubs/*/toy', '/password'] },
    ],
    readOnly: [{ missingFrom: ['createLion'], fields: ['/cubs/*/born', '/id'] }],
  })
})

it('says nothing of resources that are only read', () => {
  expect(JSON.stringify(fieldSides(zoo))).not.toContain('Tiger')
})
