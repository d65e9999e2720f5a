import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { transform } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Description, Schema } from '../openapi/openapi-document.ts'
import type { BodySchema, Route } from '../openapi/route.ts'
import type { Validator } from '../openapi/validator.ts'
import { bodySchemaOf } from './generate/body-schema.ts'
import { generatedFiles } from './generate/files.ts'
import { evidenceOf } from './generate/route-table.ts'
import { staleFiles } from './generate/stale-files.ts'

const main = `
openapi: 3.1.0
info: { title: Zoo, version: '1' }
servers: [{ url: https://zoo.example }]
security: [{ key: [] }]
paths:
  /animals/{animalId}/:
    parameters:
      - { name: animalId, in: path, required: true, schema: { type: string } }
    get:
      operationId: getAnimal
      tags: [animals]
      x-evidence: { grade: observed, source: a visit, date: '2026-11' }
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, default: 10 } }
      responses:
        '200':
          description: The animal.
          headers: { ETag: { required: true, schema: { type: string } } }
          content: { application/json: { schema: { $ref: 'animals.yaml#/Lion' } } }
        4XX: { description: Not that way. }
    put:
      operationId: replaceAnimal
      security: []
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: 'animals.yaml#/Lion' } } }
      responses:
        '201':
          description: Replaced.
          content: { text/plain; charset=utf-8: { schema: { $ref: 'animals.yaml#/Lion' } } }
  /animals/all/:
    get:
      operationId: listAnimals
      responses:
        '200': { description: All., content: { application/octet-stream: { schema: { type: string } } } }
  /animals/{animalId}/photos/{path}:
    parameters:
      - { name: animalId, in: path, required: true, schema: { type: string } }
      - { name: path, in: path, required: true, x-path-wildcard: true, schema: { type: string } }
    get:
      operationId: getPhoto
      responses:
        '200': { description: A photo., content: { text/plain: { schema: { type: string } } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: Authorization } }
`
const schemas = `
Animal:
  type: object
  required: [name]
  properties:
    name: { type: string, description: What it hears to. }
    keeper: { $ref: '#/Keeper' }
    labels: { type: object, additionalProperties: { type: string } }
Lion:
  allOf:
    - $ref: '#/Animal'
    - type: object
      properties:
        mane: { type: boolean }
        prey: { type: array, items: { $ref: '#/Animal' } }
        home: { anyOf: [{ $ref: '#/Keeper' }, { type: string }, { type: 'null' }] }
Keeper:
  type: object
  properties: { badge: { type: integer } }
`

let folder: string
let files: Map<string, string>

/** A generated module, run as it stands. */
async function imported<T>(name: string): Promise<T> {
  const { code } = await transform(files.get(name) ?? '', { loader: name.endsWith('.ts') ? 'ts' : 'js' })
  const file = join(folder, `${name}.mjs`)
  await writeFile(file, code)
  return (await import(pathToFileURL(file).href)) as T
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-generate-'))
  await writeFile(join(folder, 'main.yaml'), main)
  await writeFile(join(folder, 'animals.yaml'), schemas)
  files = await generatedFiles(join(folder, 'main.yaml'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

it('writes the same twice', async () => {
  expect(await generatedFiles(join(folder, 'main.yaml'))).toEqual(files)
})

it('declares the types of operations and components', () => {
  expect(files.get('schema.d.ts')).toMatch(/getAnimal: \{/)
  expect(files.get('schema.d.ts')).toMatch(/Keeper: \{\s*badge\?: number;/)
})

describe('the route table', () => {
  let routes: readonly Route[]
  const routeOf = (id: string) => routes.find((route) => route.operationId === id)

  beforeAll(async () => {
    routes = (await imported<{ routes: readonly Route[] }>('routes.ts')).routes
  })

  it('puts the more concrete path first', () => {
    expect(routes.map((route) => route.operationId)).toEqual([
      'listAnimals',
      'getAnimal',
      'replaceAnimal',
      'getPhoto',
    ])
  })

  it('holds all that is needed to route and to read', () => {
    expect(routeOf('getAnimal')).toEqual({
      operationId: 'getAnimal',
      method: 'GET',
      path: '/animals/{animalId}/',
      segments: ['animals', { parameter: 'animalId', wildcard: false }],
      trailingSlash: true,
      tag: 'animals',
      security: true,
      evidence: { grade: 'observed', source: 'a visit', date: '2026-11' },
      requestBody: null,
      parameters: [
        { name: 'animalId', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'limit', in: 'query', required: false, schema: { type: 'integer', default: 10, minimum: 1 } },
      ],
      answers: {
        '200': { content: { 'application/json': 'json' }, requiredHeaders: ['etag'], optionalHeaders: [] },
        '4XX': { content: {}, requiredHeaders: [], optionalHeaders: [] },
      },
    })
  })

  it('knows wildcards, bodies, and operations open to all', () => {
    expect(routeOf('getPhoto')).toMatchObject({
      trailingSlash: false,
      segments: [
        'animals',
        { parameter: 'animalId', wildcard: false },
        'photos',
        { parameter: 'path', wildcard: true },
      ],
    })
    expect(routeOf('replaceAnimal')).toMatchObject({
      security: false,
      requestBody: { kind: 'json', required: true, mediaTypes: ['application/json'] },
    })
  })

  it('judges what an answer holds by its schema before its media type', () => {
    expect(routeOf('replaceAnimal')?.answers['201']?.content).toEqual({ 'text/plain': 'json' })
    expect(routeOf('getPhoto')?.answers['200']?.content).toEqual({ 'text/plain': 'text' })
    expect(routeOf('listAnimals')?.answers['200']?.content).toEqual({ 'application/octet-stream': 'binary' })
  })
})

describe('the validators', () => {
  let open: Validator
  let closed: Validator

  beforeAll(async () => {
    const key = 'getAnimal 200 application/json'
    const one = await imported<{ validators: Record<string, Validator> }>('validators-open.js')
    const other = await imported<{ validators: Record<string, Validator> }>('validators-closed.js')
    expect(Object.keys(one.validators)).toEqual([
      key,
      'replaceAnimal 201 text/plain',
      'replaceAnimal request application/json',
    ])
    if (!one.validators[key] || !other.validators[key]) throw new Error('no validator')
    open = one.validators[key]
    closed = other.validators[key]
  })

  const verdicts = (value: unknown) => [open(value), closed(value)]
  const unknownKeys = () =>
    closed.errors?.flatMap(({ instancePath, params }) => {
      return params.unevaluatedProperty === undefined
        ? []
        : [`${instancePath}/${String(params.unevaluatedProperty)}`]
    })

  it('both take what is described, by all parts of an allOf together', () => {
    expect(
      verdicts({ name: 'Leo', mane: true, keeper: { badge: 1 }, prey: [{ name: 'Zoe' }], home: null }),
    ).toEqual([true, true])
    expect(verdicts({ name: 'Leo', home: 'den' })).toEqual([true, true])
  })

  it('both refuse what does not fit', () => {
    expect(verdicts({ mane: true })).toEqual([false, false])
    expect(verdicts({ name: 'Leo', keeper: { badge: 'x' } })).toEqual([false, false])
  })

  it('differ on keys that are not described, whole, within, in lists and in alternatives', () => {
    expect(verdicts({ name: 'Leo', age: 1 })).toEqual([true, false])
    expect(unknownKeys()).toEqual(['/age'])
    expect(verdicts({ name: 'Leo', keeper: { age: 1 } })).toEqual([true, false])
    expect(unknownKeys()).toContain('/keeper/age')
    expect(verdicts({ name: 'Leo', prey: [{ name: 'Zoe' }, { name: 'Zed', mane: true }] })).toEqual([
      true,
      false,
    ])
    expect(unknownKeys()).toContain('/prey/1/mane')
    expect(verdicts({ name: 'Leo', home: { age: 1 } })).toEqual([true, false])
    expect(unknownKeys()).toContain('/home/age')
  })

  it('leave free maps free', () => {
    expect(verdicts({ name: 'Leo', labels: { anything: 'goes' } })).toEqual([true, true])
    expect(verdicts({ name: 'Leo', labels: { anything: 1 } })).toEqual([false, false])
  })

  it('need nothing at run time', () => {
    expect(files.get('validators-closed.js')).not.toMatch(/\b(?:require\(["'](?!\.)|import\s|from\s*["'])/)
  })
})

describe('body schemas', () => {
  const description: Description = {
    info: { title: '', version: '' },
    paths: {},
    components: {
      schemas: {
        Loop: { type: 'object', properties: { again: { $ref: '#/components/schemas/Loop' } } },
        Part: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
      },
    },
  }
  const read = (schema: Schema): BodySchema => bodySchemaOf(description, schema)

  it('merge the parts of an allOf', () => {
    const schema = {
      allOf: [
        { $ref: '#/components/schemas/Part' },
        { properties: { b: { type: 'integer' } }, required: ['b'] },
      ],
    }
    expect(read(schema)).toEqual({
      type: 'object',
      properties: { a: { type: 'string' }, b: { type: 'integer' } },
      required: ['a', 'b'],
    })
  })

  it('turn the ways to say null into one', () => {
    const nullable = {
      type: 'object',
      nullable: true,
      properties: { a: { type: 'string' } },
      required: ['a'],
    }
    expect(read({ oneOf: [{ $ref: '#/components/schemas/Part' }, { type: 'null' }] })).toEqual(nullable)
    expect(read({ anyOf: [{ type: 'null' }, { $ref: '#/components/schemas/Part' }] })).toEqual(nullable)
    expect(read({ type: ['string', 'null'], enum: ['a', null] })).toEqual({
      type: 'string',
      nullable: true,
      enum: ['a'],
    })
  })

  it('keep alternatives, several types among them', () => {
    expect(read({ type: ['integer', 'string'] })).toEqual({
      oneOf: [{ type: 'integer' }, { type: 'string' }],
    })
    expect(
      read({ anyOf: [{ type: 'string', const: '' }, { type: 'integer' }, { type: 'null' }], default: null }),
    ).toEqual({
      nullable: true,
      default: null,
      oneOf: [{ type: 'string', enum: [''] }, { type: 'integer' }],
    })
  })

  it('leave out what only the platform may say', () => {
    expect(read({ type: 'object', properties: { id: { type: 'string', readOnly: true } } })).toEqual({
      type: 'object',
      properties: {},
    })
  })

  it('cannot contain themselves', () => {
    expect(() => read({ $ref: '#/components/schemas/Loop' })).toThrow('contains itself')
  })
})

it('reads evidence in the shapes that it is written in', () => {
  expect(evidenceOf(undefined)).toBeNull()
  expect(evidenceOf('inferred')).toEqual({ grade: 'inferred' })
  expect(evidenceOf({ grade: 'docs', source: 'D16', date: '2016' })).toEqual({
    grade: 'docs',
    source: 'D16',
    date: '2016',
  })
  expect(evidenceOf([{ grade: 'observed' }, { grade: 'docs' }])).toEqual({ grade: 'observed' })
})

it('says where the description cannot be bundled', async () => {
  const file = join(folder, 'broken.yaml')
  await writeFile(file, main.replaceAll('animals.yaml', 'missing.yaml'))
  await expect(generatedFiles(file)).rejects.toThrow(/missing\.yaml/)
})

it('knows which files are stale, missing or left over', async () => {
  const generated = join(folder, 'generated')
  expect((await staleFiles(generated, files)).map(({ why }) => why)).toEqual(
    Array(files.size).fill('is missing'),
  )
  await mkdir(generated)
  for (const [name, content] of files) await writeFile(join(generated, name), content)
  expect(await staleFiles(generated, files)).toEqual([])
  await writeFile(join(generated, 'routes.ts'), 'export const routes = []')
  await writeFile(join(generated, 'old.ts'), '')
  expect(await staleFiles(generated, files)).toEqual([
    { name: 'routes.ts', why: 'does not follow from the description any more' },
    { name: 'old.ts', why: 'is generated by nothing' },
  ])
})
