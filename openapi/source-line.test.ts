import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { describedOperations } from './openapi-document.ts'
import type { ExchangePlace } from './schema-walk.ts'
import { type SourceLines, sourceLineOf } from './source-line.ts'
import { description } from './testing/description.ts'

const root = new URL('../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const lines = JSON.parse(read('openapi/generated/source-lines.json')) as SourceLines

/** The text of the line that a place is described at. */
function textAt(place: Partial<ExchangePlace>): string {
  const found = sourceLineOf(
    { operationId: null, status: null, side: 'response', pointer: '', ...place },
    description,
    lines,
  )
  if (!found) return 'nowhere'
  return `${found.file}: ${read(found.file).split('\n')[found.line - 1]?.trim()}`
}

it('finds the line of a property, also within a list and a schema of its own', () => {
  const place = { operationId: 'listJobs', status: 200, pointer: '/results/0/jobStatus/content' }
  expect(textAt(place)).toMatch(/^openapi\/schemas\/\w+\.yaml: content:/)
  expect(
    textAt({ operationId: 'getJob', status: 200, pointer: '/jobanalyses/0/hardware/coresPerSlot' }),
  ).toMatch(/^openapi\/schemas\/hardware\.yaml: coresPerSlot:/)
  expect(textAt({ operationId: 'createJob', side: 'request', pointer: '/name' })).toMatch(
    /^openapi\/schemas\/job-request\.yaml: name:/,
  )
})

it('names the object where a property is not described', () => {
  expect(textAt({ operationId: 'getJob', status: 200, pointer: '/neverSeen' })).toBe(
    'openapi/schemas/job.yaml: Job:',
  )
})

it('names the answer where there is no pointer, and the operation where the answer is not described', () => {
  expect(textAt({ operationId: 'createJob', status: 400 })).toBe("openapi/paths/jobs.yaml: '400':")
  expect(textAt({ operationId: 'createJob', status: 418 })).toBe('openapi/paths/jobs.yaml: post:')
})

it('knows nothing of what is outside the description', () => {
  expect(textAt({ operationId: null, status: 404 })).toBe('nowhere')
})

it('has a line for every operation and every answer', () => {
  const missing = describedOperations(description).flatMap(({ operation }) =>
    [
      operation.operationId,
      ...Object.keys(operation.responses).map((status) => `${operation.operationId} ${status}`),
    ].filter((place) => !(place in lines.places)),
  )
  expect(missing).toEqual([])
})
