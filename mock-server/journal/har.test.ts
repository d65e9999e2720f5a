import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { createRescale } from '../index.ts'

const object = (required: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
  // Whatever HAR does not know begins with an underscore.
  patternProperties: { '^_': {} },
  additionalProperties: false,
})
const list = (items: object) => ({ type: 'array', items })
const [string, number, integer] = [{ type: 'string' }, { type: 'number' }, { type: 'integer' }]
const pairs = list(object({ name: string, value: string }, { comment: string }))
const message = {
  httpVersion: string,
  cookies: list({}),
  headers: pairs,
  headersSize: integer,
  bodySize: integer,
}

/** HAR 1.2, as http://www.softwareishard.com/blog/har-12-spec/ has it. */
const schema = object({
  log: object({
    version: { const: '1.2' },
    creator: object({ name: string, version: string }),
    entries: list(
      object({
        startedDateTime: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' },
        time: number,
        request: object(
          { ...message, method: string, url: string, queryString: pairs },
          { postData: object({ mimeType: string, text: string }, { comment: string }) },
        ),
        response: object({
          ...message,
          status: integer,
          statusText: string,
          redirectURL: string,
          content: object(
            { size: integer, mimeType: string },
            { text: string, encoding: string, comment: string },
          ),
        }),
        cache: { type: 'object' },
        timings: object({ send: number, wait: number, receive: number }),
      }),
    ),
  }),
})

it('is a HAR 1.2 file, whatever happened', async () => {
  await using rescale = createRescale()
  const ask = (path: string, init: RequestInit = {}) =>
    rescale.fetch(`http://rescale.test${path}`, {
      ...init,
      headers: { authorization: `Token ${rescale.apiKey}`, ...init.headers },
      redirect: 'manual',
    })
  const { journal, faults } = rescale.world()
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array([0, 255])]), 'in.bin')
  const { id } = (await (await ask('/api/v2/files/contents/', { method: 'POST', body: form })).json()) as {
    id: string
  }
  await (await ask(`/api/v2/files/${id}/contents/`)).arrayBuffer()
  await ask(`/api/v2/files/${id}/`, { method: 'DELETE' })
  await ask('/api/v2/jobs')
  await ask('/api/v2/jobs/?search=a%20b')
  await ask('/api/v2/jobs/', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } })
  faults.plan([{ operation: 'getCurrentUser', kind: 'reset', when: 'before' }])
  await ask('/api/v2/users/me/').catch(() => undefined)
  const har = JSON.parse([...journal.har()].join(''))
  const valid = new Ajv2020({ strict: false, allErrors: true }).compile(schema)
  expect(valid(har) ? null : valid.errors).toBeNull()
  expect(har.log.entries).toHaveLength(7)
  expect(har.log.entries[6].response).toMatchObject({ status: 0, _error: expect.any(String) })
})
