import { describe, expect, it } from 'vitest'
import { type OperationObject, resolve } from './openapi-document.ts'
import {
  answersOf,
  behind,
  bodiesOf,
  description,
  operations,
  requestOf,
  schemas,
} from './testing/description.ts'

const grades = ['observed', 'client-source', 'docs', 'inferred']

describe('every operation', () => {
  it('states how it is known, from where and since when', () => {
    for (const operation of operations) {
      const evidence = operation['x-evidence'] as
        | { grade: string; source?: string; date?: string }
        | undefined
      expect.soft(grades, operation.operationId).toContain(evidence?.grade)
      expect.soft(evidence?.source, operation.operationId).toMatch(/\w/)
      expect.soft(evidence?.date, operation.operationId).toMatch(/^20\d\d(-\d\d)?$/)
    }
    expect(operations.length).toBeGreaterThanOrEqual(40)
  })

  it('says what the real service does', () => {
    for (const { operationId, summary, description: text } of operations) {
      expect.soft(summary, operationId).toMatch(/^[A-Z].*[^.]$/)
      expect.soft(text, operationId).toMatch(/^[A-Z].*\.$/s)
    }
  })

  it('answers callers without a good key with 401 and the scheme to use', () => {
    for (const operation of operations) {
      if ((operation.security ?? description.security)?.length === 0) continue
      const [, unauthorized] = answersOf(operation).find(([status]) => status === '401') ?? []
      expect.soft(unauthorized?.headers, operation.operationId).toHaveProperty('WWW-Authenticate')
    }
  })

  it('has an error answer with a schema, and for every error an example', () => {
    for (const operation of operations) {
      const errors = answersOf(operation).filter(([status]) => status.startsWith('4'))
      expect.soft(errors.length, operation.operationId).toBeGreaterThan(1)
      for (const [status, { content }] of errors) {
        const media = content?.['application/json']
        expect.soft(media?.schema, `${operation.operationId} ${status}`).toBeDefined()
        expect.soft(Object.keys(media?.examples ?? {}), `${operation.operationId} ${status}`).not.toEqual([])
      }
    }
  })

  it('refuses a body that it needs and cannot use', () => {
    const inNeed = operations.filter((operation) => requestOf(operation)?.required)
    for (const { operationId, responses } of inNeed) {
      expect.soft(Object.keys(responses), operationId).toEqual(expect.arrayContaining(['400', '415']))
    }
    expect(inNeed.length).toBeGreaterThan(5)
  })

  it('answers 404 where its path names something that may not be there', () => {
    const named = operations.filter(({ path }) => path.includes('{'))
    for (const { operationId, responses } of named) expect.soft(responses, operationId).toHaveProperty('404')
    expect(named.length).toBeGreaterThan(20)
  })

  it('has page parameters exactly if it answers in pages', () => {
    const inPages = operations.filter((operation) =>
      bodiesOf(operation).some(({ schema }) => 'results' in (resolve(description, schema).properties ?? {})),
    )
    const withParameters = operations.filter(({ allParameters }) => {
      const names = allParameters.map(({ name }) => name)
      return names.includes('page') || names.includes('page_size')
    })
    expect(withParameters.map(idOf)).toEqual(inPages.map(idOf))
    for (const { allParameters, operationId } of withParameters) {
      const names = allParameters.map(({ name }) => name)
      expect.soft(names, operationId).toEqual(expect.arrayContaining(['page', 'page_size']))
    }
    expect(inPages.map(idOf)).toContain('listJobs')
  })

  it('has a path that begins with the version and ends in a slash, unless a file’s path ends it', () => {
    for (const { path, allParameters } of operations) {
      const takesTheRest = allParameters.some((one) => one['x-path-wildcard'])
      expect.soft(path).toMatch(takesTheRest ? /^\/api\/v2\/.*\}$/ : /^\/api\/v2\/(.+\/)?$/)
    }
  })
})

const idOf = ({ operationId }: OperationObject): string => operationId

describe('the schemas', () => {
  it('say of each what it is', () => {
    for (const [name, schema] of Object.entries(schemas)) {
      expect.soft(schema.description, name).toMatch(/^[A-Z].*\.$/s)
    }
  })

  it('require only what they describe', () => {
    for (const [name, { required = [], properties = {} }] of Object.entries(schemas)) {
      expect.soft(Object.keys(properties), name).toEqual(expect.arrayContaining(required))
    }
  })

  it('leave objects open, and keep requests apart from answers', () => {
    for (const keyword of ['additionalProperties', 'unevaluatedProperties']) {
      for (const [trail, value] of behind(keyword, schemas))
        expect.soft(value, trail.join('.')).not.toBe(false)
    }
    for (const keyword of ['readOnly', 'writeOnly']) {
      expect([...behind(keyword, description)], keyword).toEqual([])
    }
  })

  it('only narrow when they are closed: what fits the closed schema fits the open one', () => {
    for (const keyword of ['oneOf', 'not', 'if']) expect([...behind(keyword, schemas)], keyword).toEqual([])
  })

  it('have pages of four keys, all of which are always there', () => {
    const pages = Object.entries(schemas).filter(([name]) => name.endsWith('Page'))
    for (const [name, { required }] of pages) {
      expect.soft(required, name).toEqual(['count', 'next', 'previous', 'results'])
    }
    expect(pages.length).toBeGreaterThan(5)
  })
})
