import { Agent, request } from 'undici'
import { afterEach, expect, it } from 'vitest'
import { createRescale, DEFAULT_API_KEY, type Rescale } from '../../../mock-server/rescale.ts'
import { jobRequest } from '../job-requests.ts'
import { LIVE_HOST, type LiveServer, startLiveServer } from './live-server.ts'

let server: LiveServer | undefined
const agents: Agent[] = []
afterEach(async () => {
  for (const agent of agents.splice(0)) await agent.close()
  await server?.close()
  server = undefined
})

function get(path: string, trusted: boolean): Promise<{ status: number; body: unknown }> {
  const { ca = '' } = server ?? {}
  const agent = new Agent({
    connect: {
      ...(trusted && { ca }),
      lookup: (_name, _options, found) => found(null, [{ address: '127.0.0.1', family: 4 }]),
    },
  })
  agents.push(agent)
  return request(`${server?.url}${path}`, {
    dispatcher: agent,
    headers: { authorization: `Token ${server?.apiKey}` },
  }).then(async ({ statusCode, body }) => ({ status: statusCode, body: await body.json() }))
}

it('answers over TLS by its own name, and puts that name into its links', async () => {
  server = await startLiveServer()
  const { status, body } = await get('/api/v2/coretypes/?page_size=1', true)
  expect(status).toBe(200)
  expect(body).toMatchObject({ next: expect.stringContaining(`https://${LIVE_HOST}:${server.port}/api/v2/`) })
})

it('is not believed by a client that does not know its authority', async () => {
  server = await startLiveServer()
  await expect(get('/api/v2/', false)).rejects.toThrow(/certificate/)
})

it('is another world than the default one', async () => {
  server = await startLiveServer()
  const { body } = await get('/api/v2/users/me/', true)
  expect(body).not.toMatchObject({ email: 'demouser@example.com' })
})

/** A job that is submitted, and what its history says in the end, oldest first. */
async function historyOf(
  { apiKey, rescale }: { readonly apiKey: string; readonly rescale: Rescale },
  command: string,
  meanwhile: (post: (path: string) => Promise<Response>) => Promise<unknown> = async () => undefined,
): Promise<string[]> {
  const send = (method: string, path: string, body?: unknown): Promise<Response> =>
    rescale.fetch(`http://127.0.0.1/api/v2/jobs/${path}`, {
      method,
      headers: { authorization: `Token ${apiKey}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const { id } = (await (await send('POST', '', jobRequest({ name: 'a', command }))).json()) as { id: string }
  expect((await send('POST', `${id}/submit/`)).status).toBe(200)
  await meanwhile((path) => send('POST', `${id}/${path}`))
  rescale.world().settle()
  const { results } = (await (await send('GET', `${id}/statuses/`)).json()) as {
    results: { status: string }[]
  }
  return results.map(({ status }) => status).reverse()
}

it('takes a job whose command failed through Stopping, where the mock goes straight to Completed', async () => {
  server = await startLiveServer()
  await using rescale = createRescale()
  expect((await historyOf(server, 'exit 3')).slice(-3)).toEqual(['Executing', 'Stopping', 'Completed'])
  const mock = { apiKey: DEFAULT_API_KEY, rescale }
  expect((await historyOf(mock, 'exit 3')).slice(-2)).toEqual(['Executing', 'Completed'])
})

it('tells of a stop before validation, which the mock passes over in silence', async () => {
  server = await startLiveServer({ pace: 'still' })
  await using rescale = createRescale({ pace: 'still' })
  const stopped = async (post: (path: string) => Promise<Response>) =>
    expect((await post('stop/')).status).toBe(202)
  const told = await historyOf(server, 'sleep 600', stopped)
  expect(told.slice(-2)).toEqual(['Stopping', 'Completed'])
  expect(told).not.toContain('Validated')
  const silent = await historyOf({ apiKey: DEFAULT_API_KEY, rescale }, 'sleep 600', stopped)
  expect(silent).toEqual(told.slice(0, -2))
})

it('takes its time for each answer, and never the same twice running', async () => {
  const slept: number[] = []
  server = await startLiveServer({ sleep: async (ms) => void slept.push(ms) })
  for (let count = 0; count < 12; count += 1) await get('/api/v2/', true)
  expect(slept).toHaveLength(12)
  expect(slept.filter((ms, index) => ms <= 0 || ms === slept[index - 1])).toEqual([])
  expect(new Set(slept).size).toBeGreaterThan(3)
})
