import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRescale, type Rescale } from '../../mock-server/index.ts'
import { type JsonBodyOperationId, requestSchemas } from '../../openapi/generated/request-schemas.ts'
import { routes } from '../../openapi/generated/routes.ts'
import { inProcessTarget, type Target } from '../targets.ts'
import { formViolations, uploads } from './form-violations.ts'
import { type Subject, subjects } from './subjects.ts'
import { broken, neverBroken, violationsOf } from './violations.ts'

/** So many values are tried for each constraint, always the same ones. */
const VALUES = { numRuns: 3, seed: 20261128 }

/** All that a world holds: jobs, files and their bytes, devices, tags, what is random, and what time it is. */
async function stateOf({ world }: Target): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of world.export()) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Requests after which it is looked whether all is as it was: looking takes as long as ten of them. */
const ASKED_AT_ONCE = 25

/** Sends bodies that have to be refused, each with 400, and says which were not, or among which one changed something. */
async function expectRefusals(
  target: Target,
  wrong: readonly { readonly what: string; send(): Promise<{ status: number; text: string }> }[],
): Promise<void> {
  const before = await stateOf(target)
  const taken: string[] = []
  for (let at = 0; at < wrong.length; at += ASKED_AT_ONCE) {
    const some = wrong.slice(at, at + ASKED_AT_ONCE)
    for (const { what, send } of some) {
      const { status, text } = await send()
      if (status !== 400) taken.push(`${what}: ${status} ${text.slice(0, 80)}`)
    }
    if (!before.equals(await stateOf(target)))
      taken.push(`something was changed by one of: ${some.map(({ what }) => what).join('; ')}`)
  }
  expect(taken).toEqual([])
  // Every answer is as described, bodies and headers too.
  expect(target.conformance.findings).toEqual([])
  expect(target.conformance.seen.filter(({ status }) => status === 400).length).toBeGreaterThanOrEqual(
    wrong.length,
  )
}

/** Time stands still, so that whatever changes in a world was changed by a request. */
const still = async (): Promise<{ rescale: Rescale; target: Target }> => {
  const rescale = createRescale({ pace: 'still' })
  return { rescale, target: await inProcessTarget(rescale) }
}

const send = async ({ fetch }: Target, { method, path }: Subject, body: unknown) => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(path, { method, headers, body: JSON.stringify(body) })
  return { status: response.status, text: await response.text() }
}

const operationIds = (Object.keys(requestSchemas) as JsonBodyOperationId[]).filter(
  (id) => requestSchemas[id].type !== undefined,
)

it('knows a valid request for every operation whose body is looked at', () => {
  expect(Object.keys(subjects).sort()).toEqual([...operationIds].sort())
})

it.each(operationIds)(
  'takes the request of %s that is broken below, as long as it is whole',
  async (operationId) => {
    await using rescale = createRescale()
    const target = await inProcessTarget(rescale)
    const subject = await subjects[operationId]?.(target)
    if (!subject) throw new Error(`nobody knows what ${operationId} takes`)
    const { status, text } = await send(target, subject, subject.body)
    expect(status, text).toBeLessThan(300)
  },
)

it.each(operationIds)(
  '%s refuses a body that breaks one constraint by a described answer, and changes nothing',
  async (operationId) => {
    const { rescale, target } = await still()
    await using _ = rescale
    const subject = await subjects[operationId]?.(target)
    if (!subject) throw new Error(`nobody knows what ${operationId} takes`)
    const wrong = violationsOf(requestSchemas[operationId]).flatMap(({ constraint, pointer, bad, trail }) =>
      fc.sample(bad, VALUES).map((value) => ({
        what: `${constraint} at ${pointer} broken by ${shown(value)}`,
        send: () => send(target, subject, broken(subject.body, trail, value)),
      })),
    )
    await expectRefusals(target, wrong)
  },
)

const shown = (value: unknown): string =>
  typeof value === 'symbol' ? 'leaving it out' : JSON.stringify(value).slice(0, 40)

it.each(operationIds)('breaks every constraint of every schema in the request of %s', (operationId) => {
  expect(neverBroken(requestSchemas[operationId])).toEqual([])
})

it('leaves out only operations whose body is not looked at, whatever it is', () => {
  const others = (Object.keys(requestSchemas) as JsonBodyOperationId[]).filter(
    (id) => !operationIds.includes(id),
  )
  expect(others.map((id) => [id, requestSchemas[id]])).toEqual(others.map((id) => [id, {}]))
  const multipart = routes.filter(({ requestBody }) => requestBody?.kind === 'multipart')
  expect(multipart.map(({ operationId }) => operationId).sort()).toEqual([...uploads].sort())
  const withBody = routes.filter(({ requestBody }) => requestBody !== null)
  expect(withBody).toHaveLength(operationIds.length + others.length + uploads.length)
})

it.each(uploads)(
  '%s refuses a form that breaks one constraint by a described answer, and changes nothing',
  async (operationId) => {
    const { rescale, target } = await still()
    await using _ = rescale
    const route = routes.find((one) => one.operationId === operationId)
    if (!route) throw new Error(`${operationId} is described nowhere`)
    const post = async (form: FormData) => {
      const response = await target.fetch(route.path, { method: route.method, body: form })
      return { status: response.status, text: await response.text() }
    }
    await expectRefusals(
      target,
      formViolations().map(({ what, form }) => ({ what, send: () => post(form) })),
    )
    const whole = new FormData()
    whole.append('file', new Blob(['1']), 'one.txt')
    expect((await post(whole)).status).toBe(201)
  },
)
