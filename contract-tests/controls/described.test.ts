import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, it } from 'vitest'
import { controlRoutes } from '../../mock-server/control/routes.ts'
import { createRescale } from '../../mock-server/index.ts'
import { describedOperations, type ResponseObject, resolve } from '../../openapi/openapi-document.ts'
import { bundle } from '../../scripts/generate/bundle.ts'

const description = await bundle(fileURLToPath(new URL('../../openapi/mock-control.yaml', import.meta.url)))
const operations = describedOperations(description)

/** What differs from the description of an answer, fields that it does not know included. */
function differences(operationId: string, status: number, body: unknown): unknown {
  const { operation } = operations.find((one) => one.operation.operationId === operationId) ?? {}
  const answer = operation?.responses[status]
  if (!answer) return `${operationId} ${status} is not described`
  const { content } = resolve<ResponseObject>(description, answer)
  const schema = content?.['application/json']?.schema
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  const valid = ajv.compile({ ...description, ...closed(schema) })
  return valid(body) ? null : valid.errors
}

const closed = (schema: unknown): object =>
  JSON.parse(JSON.stringify(schema ?? {}), (_, value) =>
    value?.properties && value.additionalProperties === undefined
      ? { ...value, additionalProperties: false }
      : value,
  ) as object

it('are those that are described', () => {
  const known = controlRoutes.map(({ method, path }) => `${method} ${path}`)
  expect(known.toSorted()).toEqual(
    operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).toSorted(),
  )
})

it('answer as they are described', async () => {
  await using rescale = createRescale()
  const { platform } = rescale.world()
  const job = platform.jobs().slice(0, 1)[0]
  const asked = async (method: string, path: string, body?: unknown, key = rescale.apiKey) => {
    const response = await rescale.fetch(`http://rescale.test${path}`, {
      method,
      headers: { authorization: `Token ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return [response.status, await response.json()] as const
  }
  const saved = await rescale.fetch('http://rescale.test/api/v2/jobs/', {
    method: 'POST',
    headers: { authorization: `Token ${rescale.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'wing',
      jobanalyses: [
        {
          analysis: { code: 'user_included', version: '0' },
          command: 'true',
          hardware: { coreType: 'granite', coresPerSlot: 2 },
        },
      ],
    }),
  })
  const { id } = (await saved.json()) as { id: string }
  const outcome = `/_mock/jobs/${id}/outcome/`
  for (const [operationId, answer] of [
    ['listEndings', await asked('GET', '/_mock/endings/')],
    ['listEndings', await asked('GET', '/_mock/endings/', undefined, 'unknown')],
    ['setJobOutcome', await asked('POST', outcome, { ending: 'walltime after 5m' })],
    ['setJobOutcome', await asked('POST', outcome, { ending: 'walltime' })],
    ['setJobOutcome', await asked('POST', outcome, { ending: 'explodes' })],
    ['setJobOutcome', await asked('POST', `/_mock/jobs/${job?.id}/outcome/`, { ending: 'walltime' })],
    ['setJobOutcome', await asked('POST', '/_mock/jobs/ABCDEF/outcome/', { ending: 'walltime' })],
    ['listSshKeys', await asked('GET', '/_mock/ssh-keys/')],
  ] as const) {
    const [status, body] = answer
    expect(differences(operationId, status, body), `${operationId} ${status}`).toBeNull()
  }
  const [status, body] = await asked('GET', '/_mock/endings/')
  expect([status, (body as unknown[]).length]).toEqual([200, 18])
})
