import { createServer } from 'node:net'
import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import {
  AbortedError,
  ConnectError,
  HttpError,
  NotFoundError,
  RateLimitedError,
  RescaleError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
  UnexpectedAnswerError,
  ValidationError,
} from './errors.ts'
import { aClient, failureOf } from './test-support/client.ts'
import { aClock } from './test-support/clock.ts'
import { A_KEY, aJsonServer, aPage, aServer, bodyOf, sendJson } from './test-support/server.ts'

const ME = '/api/v2/users/me/'

it('sends the key, and an id of the request', async () => {
  await using server = await aJsonServer({ [ME]: { email: 'me@example.org' } })
  expect(await aClient(server.url).user.get()).toEqual({ email: 'me@example.org' })
  const headers = server.seen[0]?.headers
  expect(headers?.authorization).toBe(`Token ${A_KEY}`)
  expect(headers?.['x-client-request-id']).toMatch(/^[0-9a-f-]{36}$/)
})

it('lists over all pages, with the filters on each', async () => {
  await using server = await aServer((request, response) => {
    const url = new URL(request.url ?? '', `http://${request.headers.host}`)
    const page = Number(url.searchParams.get('page') ?? 1)
    // As some lists do, this one forgets the filters in its links.
    const next = page < 3 ? `http://${request.headers.host}/api/v2/jobs/?page=${page + 1}` : null
    sendJson(response, 200, { count: 3, next, previous: null, results: [{ id: `job${page}` }] })
  })
  const jobs = await aClient(server.url).jobs.list({ state: 'completed', page_size: 1 }).toArray()
  expect(jobs.map(({ id }) => id)).toEqual(['job1', 'job2', 'job3'])
  for (const { url } of server.seen) expect(url).toContain('state=completed')
})

it('explains a refused job by the positions of its mistakes', async () => {
  await using server = await aServer((_, response) => {
    sendJson(response, 400, { jobanalyses: [{ hardware: { coresPerSlot: ['Invalid number of cores.'] } }] })
  })
  const hardware = { coreType: 'granite', coresPerSlot: 1, walltime: 1 }
  const analysis = { code: 'user_included', version: '0' }
  const job = { name: 'pi', jobanalyses: [{ analysis, command: 'ls', hardware }] }
  const failure = await failureOf(aClient(server.url).jobs.create(job))
  expect(failure).toBeInstanceOf(ValidationError)
  expect(failure).toMatchObject({
    message: 'POST /api/v2/jobs/ answered 400: jobanalyses.0.hardware.coresPerSlot: Invalid number of cores.',
    method: 'POST',
    url: `${server.url}/api/v2/jobs/`,
    status: 400,
    fieldErrors: { 'jobanalyses.0.hardware.coresPerSlot': ['Invalid number of cores.'] },
    requestId: server.seen[0]?.headers['x-client-request-id'],
  })
})

it.each([
  [401, UnauthorizedError],
  [404, NotFoundError],
  [418, HttpError],
  [500, ServerError],
  [504, ServerError],
])('throws its own error for status %i', async (status, kind) => {
  await using server = await aServer((_, response) => sendJson(response, status, { detail: 'Because.' }))
  const failure = await failureOf(aClient(server.url).user.get())
  expect(failure).toBeInstanceOf(kind)
  expect(failure).toMatchObject({ status, detail: 'Because.' })
})

it.each([
  ['an HTML page', '<html><head><title>502 Bad\n Gateway</title></head></html>', ': 502 Bad Gateway'],
  ['HTML without a title', '<h1>Server Error</h1>', ''],
  ['plain words', 'upstream request timeout', ': upstream request timeout'],
  ['nothing', '', ''],
  ['broken JSON', '{"detail": ', ': {"detail":'],
])('makes sense of a 502 with %s', async (_, body, said) => {
  await using server = await aServer((_request, response) => response.writeHead(502).end(body))
  const failure = await failureOf(aClient(server.url).user.get())
  expect(failure).toBeInstanceOf(ServerError)
  expect(failure.message).toBe(`GET ${ME} answered 502${said}`)
})

it('tells how long to wait after a 429', async () => {
  await using server = await aServer((request, response) => {
    if (request.url === ME) response.setHeader('Retry-After', '42')
    sendJson(response, 429, { detail: 'Request was throttled. Expected available in 7 seconds.' })
  })
  const client = aClient(server.url)
  const failure = await failureOf(client.user.get())
  expect(failure).toBeInstanceOf(RateLimitedError)
  expect(failure).toMatchObject({ retryAfterMs: 42_000 })
  expect(await failureOf(client.projects.list().toArray())).toMatchObject({ retryAfterMs: 7_000 })
})

it.each([
  ['HTML', 'text/html', '<html>Log in</html>'],
  ['half a JSON', 'application/json', '{"email": "me'],
])('does not take %s with status 200 for an answer', async (_, type, body) => {
  await using server = await aServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': type }).end(body)
  })
  const client = aClient(server.url)
  for (const call of [client.user.get(), client.projects.list().toArray(), client.jobs.submit('abc')]) {
    const failure = await failureOf(call)
    expect(failure).toBeInstanceOf(UnexpectedAnswerError)
    expect(failure.message).toContain(`answered 200 with ${type} instead of JSON`)
  }
})

it('does not take a JSON that is no page for a list', async () => {
  await using server = await aJsonServer({ '/api/v2/jobs/': { detail: 'hm' } })
  const failure = await failureOf(aClient(server.url).jobs.list().toArray())
  expect(failure.message).toBe('GET /api/v2/jobs/ answered something that is no page of a list')
})

it('takes an answer without a body only where none belongs', async () => {
  await using server = await aServer((_, response) => response.writeHead(200).end())
  const client = aClient(server.url)
  await client.jobs.stop('abc')
  expect((await failureOf(client.jobs.get('abc'))).message).toBe(
    'GET /api/v2/jobs/abc/ answered without a body',
  )
})

it('follows a GET to the slashed path, on the same origin', async () => {
  await using server = await aServer((request, response) => {
    if (request.url === ME) response.writeHead(301, { Location: '/api/v2/users/me/?again=1' }).end()
    else sendJson(response, 200, { email: 'me@example.org' })
  })
  expect(await aClient(server.url).user.get()).toEqual({ email: 'me@example.org' })
  expect(server.seen).toHaveLength(2)
})

it('does not follow redirects for ever', async () => {
  await using server = await aServer((request, response) => {
    response.writeHead(302, { Location: `${request.url}x/` }).end()
  })
  expect((await failureOf(aClient(server.url).user.get())).message).toContain('redirected more than 3 times')
  expect(server.seen).toHaveLength(4)
})

it('takes the key to no other origin, neither by a redirect nor by a next link', async () => {
  await using thief = await aServer((_, response) => sendJson(response, 200, aPage([])))
  await using server = await aServer((request, response) => {
    if (request.url === ME) response.writeHead(302, { Location: `${thief.url}/api/v2/users/me/` }).end()
    else
      sendJson(response, 200, {
        count: 2,
        next: `${thief.url}/api/v2/jobs/?page=2`,
        previous: null,
        results: [],
      })
  })
  const client = aClient(server.url)
  for (const call of [client.user.get(), client.jobs.list().toArray()]) {
    const failure = await failureOf(call)
    expect(failure).toBeInstanceOf(UnexpectedAnswerError)
    expect(failure.message).toContain('another origin')
  }
  expect(thief.seen).toEqual([])
})

it('has a key in no error, not even where the server repeats it', async () => {
  await using server = await aServer((request, response) => {
    sendJson(response, 500, { detail: `Crashed with ${request.headers.authorization}`, env: [A_KEY] })
  })
  const failure = await failureOf(aClient(server.url).user.get())
  for (const print of [
    inspect(failure, { depth: 9, showHidden: true }),
    JSON.stringify(failure),
    failure.stack,
  ]) {
    expect(print).not.toContain(A_KEY)
  }
  expect(failure.message).toContain('***2489')
})

it('has a key in no error of a connection either', async () => {
  await using server = await aServer((request) => request.socket.destroy())
  const client = aClient(server.url, { clock: aClock() })
  const file = { id: 'abcdef', name: 'x', decryptedSize: 5, fileChecksums: [] }
  for (const call of [
    () => client.user.get(),
    () => client.files.upload(Buffer.from('x'), { name: 'x' }),
    () => client.files.download(file, { sink: () => {} }),
    () => aClient('http://127.0.0.1:1').user.get(),
    () => aClient('http://127.0.0.1:1').files.upload(Buffer.from('x'), { name: 'x' }),
  ]) {
    const failure = await failureOf(call())
    expect(failure).toBeInstanceOf(ConnectError)
    expect(inspect(failure, { depth: 12, showHidden: true })).not.toContain(A_KEY)
  }
  expect(inspect(client, { depth: 12, showHidden: true })).not.toContain(A_KEY)
})

it('tells as JSON what an error knows, but no cookies', async () => {
  await using server = await aServer((_, response) => {
    response.setHeader('Set-Cookie', 'sessionid=secret')
    sendJson(response, 404, { detail: 'Not found.' })
  })
  const told = JSON.parse(JSON.stringify(await failureOf(aClient(server.url).user.get())))
  expect(told).toMatchObject({
    name: 'NotFoundError',
    message: `GET ${ME} answered 404: Not found.`,
    status: 404,
  })
  expect(JSON.stringify(told)).not.toContain('secret')
})

it('tells a server that is not there', async () => {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  const failure = await failureOf(aClient(`http://127.0.0.1:${port}`).user.get())
  expect(failure).toBeInstanceOf(ConnectError)
  expect(failure).toMatchObject({ code: 'ECONNREFUSED', maybeSent: false })
})

it('tells a connection that broke after the request was sent', async () => {
  await using server = await aServer((request) => request.socket.destroy())
  const failure = await failureOf(aClient(server.url).user.get())
  expect(failure).toBeInstanceOf(ConnectError)
  expect(failure).toMatchObject({ maybeSent: true })
})

it('tells in which phase the time ran out', async () => {
  await using server = await aServer((request, response) => {
    if (request.url === ME) return
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.write('{')
  })
  expect(await failureOf(aClient(server.url, { timeouts: { headersMs: 60 } }).user.get())).toMatchObject({
    name: 'TimeoutError',
    phase: 'headers',
    timeoutMs: 60,
  })
  const client = aClient(server.url, { timeouts: { bodyMs: 40 } })
  expect(await failureOf(client.prices.list())).toMatchObject({
    name: 'TimeoutError',
    phase: 'body',
    timeoutMs: 40,
  })
  expect(await failureOf(client.prices.list())).toBeInstanceOf(TimeoutError)
})

it('keeps its time limits though what sends requests is deaf to signals', async () => {
  const silent = aClient('http://127.0.0.1:1', {
    fetch: () => new Promise<Response>(() => {}),
    timeouts: { headersMs: 20 },
    retries: { attempts: 1 },
  })
  expect(await failureOf(silent.user.get())).toMatchObject({ name: 'TimeoutError', phase: 'headers' })
  const endless = aClient('http://127.0.0.1:1', {
    fetch: async () =>
      new Response(new ReadableStream(), { headers: { 'Content-Type': 'application/json' } }),
    timeouts: { bodyMs: 20 },
    retries: { attempts: 1 },
  })
  expect(await failureOf(endless.user.get())).toMatchObject({ name: 'TimeoutError', phase: 'body' })
})

it('is aborted before, during and after the answer’s head', async () => {
  const controller = new AbortController()
  await using server = await aServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.write('{')
    controller.abort('enough')
  })
  const client = aClient(server.url)
  const failure = await failureOf(client.user.get({ signal: controller.signal }))
  expect(failure).toBeInstanceOf(AbortedError)
  expect(failure).toMatchObject({ cause: 'enough' })
  const early = await failureOf(client.jobs.list({}, { signal: controller.signal }).toArray())
  expect(early).toBeInstanceOf(AbortedError)
  expect(server.seen).toHaveLength(1)
})

it.each(['', '.', '..', '../users/me'])('makes no other path of the id %j', async (id) => {
  await using server = await aJsonServer({})
  const client = aClient(server.url)
  const failure = await failureOf(Promise.resolve().then(() => client.files.delete(id)))
  if (id.includes('/')) expect(server.seen[0]?.url).toBe('/api/v2/files/..%2Fusers%2Fme/')
  else expect(server.seen).toEqual([])
  expect(failure).toBeInstanceOf(RescaleError)
})

it('keeps the slashes of a path in the work directory', async () => {
  await using server = await aJsonServer({
    '/api/v2/jobs/abc/runs/1/tail/shared/out%20put.log?lines=5': { fileType: 'text', lines: ['x'] },
  })
  const tail = await aClient(server.url).jobs.runs.tail('abc', '1', 'shared/out put.log', { lines: 5 })
  expect(tail.lines).toEqual(['x'])
})

it('gives the raw operations as openapi-fetch does', async () => {
  await using server = await aServer(async (request, response) => {
    if (request.method === 'POST') sendJson(response, 400, JSON.parse(String(await bodyOf(request))))
    else sendJson(response, 200, { count: 0, next: null, previous: null, results: [] })
  })
  const { api } = aClient(server.url)
  const { data } = await api.GET('/api/v2/files/', { params: { query: { search: 'testfile' } } })
  expect(data?.count).toBe(0)
  const { error, response } = await api.POST('/api/v2/jobs/{jobId}/tags/', {
    params: { path: { jobId: 'abc' } },
    body: { name: 'x' },
  })
  expect([response.status, error]).toEqual([400, { name: 'x' }])
})

it('sends through a fetch of its own', async () => {
  const client = aClient('http://rescale.invalid', {
    fetch: async (request) => Response.json({ email: request.headers.get('authorization') }),
  })
  expect((await client.user.get()).email).toBe(`Token ${A_KEY}`)
})

/** What a call needs besides ids, and a signal wherever it may stand. */
const NEEDED_BY: Readonly<Record<string, readonly unknown[]>> = {
  'jobs.create': [{ name: 'x', jobanalyses: [] }],
  'jobs.preflight': [{ name: 'x', jobanalyses: [] }],
  'files.uploadAll': [['package.json']],
  'files.uploadFolder': ['client/test-support'],
  'files.splitUpload': ['package.json'],
  'files.upload': ['package.json'],
  'files.downloadAll': [['abc']],
  'clusters.start': [],
  'clusters.attach': ['abc'],
  'jobs.statuses': ['abc'],
  'jobs.clusterStatuses': ['abc'],
  'jobs.instances': ['abc'],
  'jobs.assignProject': ['abc', { organizationCode: 'acme', projectId: 'abc' }],
  'runs.files': ['abc', '1'],
  'storageDevices.statuses': ['abc'],
  'storageDevices.putFiles': ['abc', ['abc']],
}
const SIGNAL = AbortSignal.abort('enough')
const STARTED = { coreType: 'x', coresPerSlot: 1, walltime: 1, signal: SIGNAL }

it('sends nothing for a call whose signal is aborted, whichever it is', async () => {
  await using server = await aServer((_, response) => sendJson(response, 200, {}))
  await using client = aClient(server.url)
  const { user, projects, coreTypes, prices, analyses, jobs, files, storageDevices, clusters } = client
  const resources = { user, projects, coreTypes, prices, analyses, jobs, files, storageDevices, clusters }
  const all = { ...resources, runs: jobs.runs, tags: jobs.tags, customFields: jobs.customFields }
  const told: string[] = []
  for (const [resource, object] of Object.entries(all)) {
    for (const method of Object.getOwnPropertyNames(Object.getPrototypeOf(object))) {
      if (method === 'constructor') continue
      const call = (object as unknown as Record<string, (...args: unknown[]) => unknown>)[method]
      const name = `${resource}.${method}`
      const needed = NEEDED_BY[name] ?? Array(call?.length).fill('abc')
      const made = call?.apply(object, [...needed, STARTED, STARTED])
      const failure = await failureOf(
        (made as { toArray?(): Promise<unknown> }).toArray?.() ?? (made as never),
      )
      if (!(failure instanceof AbortedError) || failure.cause !== 'enough') told.push(`${name}: ${failure}`)
    }
  }
  expect(told).toEqual([])
  expect(server.seen).toEqual([])
})
