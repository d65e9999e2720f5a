import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRescale } from '../../mock-server/index.ts'
import { type JsonBodyOperationId, requestSchemas } from '../../openapi/generated/request-schemas.ts'
import { inProcessTarget, type Target } from '../targets.ts'
import { type Subject, subjects } from './subjects.ts'
import { broken, violationsOf } from './violations.ts'

/** So many values are tried for each constraint, always the same ones. */
const VALUES = { numRuns: 3, seed: 20261128 }

/** Whatever a refused request might have changed, as a client sees it. */
async function stateOf({ fetch }: Target): Promise<string> {
  const read = async (path: string) => (await fetch(`/api/v2/${path}`)).text()
  const lists = await Promise.all(['jobs/', 'files/', 'storage-devices/'].map(read))
  const { results } = JSON.parse(lists[0] ?? '{}') as { results: { id: string }[] }
  const jobs = results
    .slice(0, 3)
    .map(({ id }) => Promise.all([read(`jobs/${id}/`), read(`jobs/${id}/tags/`)]))
  return JSON.stringify([lists, await Promise.all(jobs)])
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
  '%s refuses a body that breaks one constraint, and changes nothing',
  async (operationId) => {
    await using rescale = createRescale()
    const target = await inProcessTarget(rescale)
    const subject = await subjects[operationId]?.(target)
    if (!subject) throw new Error(`nobody knows what ${operationId} takes`)
    const before = await stateOf(target)
    const wrong: string[] = []
    for (const { constraint, pointer, bad, trail } of violationsOf(requestSchemas[operationId])) {
      for (const value of fc.sample(bad, VALUES)) {
        const { status, text } = await send(target, subject, broken(subject.body, trail, value))
        if (status === 400) continue
        const shown = typeof value === 'symbol' ? 'leaving it out' : JSON.stringify(value).slice(0, 40)
        wrong.push(`${constraint} at ${pointer} broken by ${shown}: ${status} ${text.slice(0, 80)}`)
      }
    }
    expect(wrong).toEqual([])
    expect(await stateOf(target)).toBe(before)
    expect(target.conformance.findings).toEqual([])
  },
)
