import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { expect, it } from 'vitest'
import { SchemaCloser } from '../scripts/generate/close-schema.ts'
import type { Schema } from './openapi-document.ts'
import { description, jsonBodies, operations, schemas } from './testing/description.ts'

const ajv = new Ajv2020({ strict: false, allErrors: true })
formats.default(ajv)

const closer = new SchemaCloser(description, { part: (name) => name, whole: (name) => `${name}-closed` })
for (const [name, schema] of Object.entries(schemas)) {
  ajv.addSchema(closer.part(schema), name)
  ajv.addSchema({ $ref: name, unevaluatedProperties: false }, `${name}-closed`)
}

/** What is wrong with a value, undescribed properties included. */
function findings(schema: Schema, value: unknown): string[] {
  const check = ajv.compile(closer.whole(schema))
  return check(value) ? [] : (check.errors ?? []).map((one) => `${one.instancePath} ${one.message}`)
}

/** The parts of a schema that have examples of their own. */
function* parts(schema: unknown): Generator<Schema> {
  if (typeof schema !== 'object' || schema === null) return
  if ('examples' in schema && Array.isArray(schema.examples)) yield schema
  for (const part of Object.values(schema)) yield* parts(part)
}

it('stands beside every JSON body', () => {
  const without = jsonBodies.filter(({ examples }) => examples.length === 0)
  expect(without.map(({ place }) => place)).toEqual([])
})

it('fits its schema and holds nothing that is not described', () => {
  for (const { schema, examples } of jsonBodies) {
    for (const [place, value] of examples) expect.soft(findings(schema, value), place).toEqual([])
  }
})

it('fits its schema beside a parameter and within a schema, too', () => {
  const ofParameters = operations.flatMap(({ operationId, allParameters }) =>
    allParameters.map(
      ({ name, schema = {}, example }) => [`${operationId} ${name}`, schema, example] as const,
    ),
  )
  const ofSchemas = Object.entries(schemas).flatMap(([name, whole]) =>
    [...parts(whole)].flatMap((part) =>
      (part.examples as unknown[]).map((value) => [name, part, value] as const),
    ),
  )
  const given = [...ofParameters, ...ofSchemas].filter(([, , value]) => value !== undefined)
  for (const [place, schema, value] of given) expect.soft(findings(schema, value), place).toEqual([])
  expect(given.length).toBeGreaterThan(50)
})

it('is judged by a check that finds a missing, a wrong and an undescribed property', () => {
  const project = { $ref: '#/components/schemas/Project' }
  expect(findings(project, { id: 'pCTMk', name: 'Project A' })).toEqual([])
  expect(findings(project, { id: 'pCTMk' })).toEqual([" must have required property 'name'"])
  expect(findings(project, { id: 'pCTMk', name: 1 })).toEqual(['/name must be string'])
  expect(findings(project, { id: 'pCTMk', name: 'A', owner: 'me' })).toEqual([
    ' must NOT have unevaluated properties',
  ])
})

it('of a job that was read can be sent back to make another', () => {
  ajv.addSchema({ $id: 'open', components: description.components })
  const fits = ajv.compile({ $ref: 'open#/components/schemas/JobCreate' })
  const jobs = jsonBodies.filter(({ place }) => place === 'getJob 200 application/json')
  for (const [place, job] of jobs.flatMap(({ examples }) => examples)) {
    expect.soft([fits(job), fits.errors], place).toEqual([true, null])
  }
  expect(jobs).toHaveLength(1)
})
