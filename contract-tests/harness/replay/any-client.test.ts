import { createServer } from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import axios from 'axios'
import got from 'got'
import { Agent, Client, interceptors, Pool, fetch as undiciFetch, request as undiciRequest } from 'undici'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Cassette } from '../recording/cassette.ts'
import { JOB_NAME, recordStory, type Say, STORY_STATUSES, tellStory } from '../testing/story-of-a-job.ts'
import { MissError } from './misses.ts'
import { NetworkLockError } from './network-lock.ts'
import { replayServer } from './replay-server.ts'

const PLATFORM = 'https://platform.rescale.com'

let cassette: Cassette
beforeAll(async () => {
  cassette = await recordStory()
})

type Dispatching = NonNullable<Parameters<typeof undiciRequest>[1]>['dispatcher']

const overUndici =
  (dispatcher?: Dispatching): Say =>
  async (method, url, headers, body) => {
    const answer = await undiciRequest(url, {
      method,
      headers,
      body: body ?? null,
      ...(dispatcher && { dispatcher }),
    })
    return { status: answer.statusCode, text: await answer.body.text() }
  }

const overFetch =
  (
    fetch: (
      url: string,
      init: { method: string; headers: Record<string, string>; body?: string },
    ) => Promise<Pick<Response, 'status' | 'text'>>,
  ): Say =>
  async (method, url, headers, body) => {
    const answer = await fetch(url, { method, headers, ...(body !== undefined && { body }) })
    return { status: answer.status, text: await answer.text() }
  }

const overHttps: Say = (method, url, headers, body) =>
  new Promise((resolve, reject) => {
    const request = https.request(url, { method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    request.on('error', reject).end(body)
  })

const overAxios =
  (adapter: 'http' | 'fetch'): Say =>
  async (method, url, headers, data) => {
    const plain = { transformResponse: asText, validateStatus: null }
    const answer = await axios.request<string>({ adapter, method, url, headers, data, ...plain })
    return { status: answer.status, text: answer.data }
  }

const asText = (data: unknown): unknown => data

/** A client, and what it needs to be ended. */
interface ClientUnderTest {
  readonly say: Say
  readonly end?: () => Promise<void>
}

const clients: Readonly<Record<string, () => ClientUnderTest>> = {
  fetch: () => ({ say: overFetch(globalThis.fetch) }),
  'node:https': () => ({ say: overHttps }),
  axios: () => ({ say: overAxios('http') }),
  'axios over fetch': () => ({ say: overAxios('fetch') }),
  got: () => ({
    async say(method, url, headers, body) {
      const answer = await got(url, {
        method,
        headers,
        throwHttpErrors: false,
        retry: { limit: 0 },
        ...(body !== undefined && { body }),
      })
      return { status: answer.statusCode, text: answer.body }
    },
  }),
  'undici.request': () => ({ say: overUndici() }),
  'undici.fetch': () => ({ say: overFetch((url, init) => undiciFetch(url, init)) }),
  'undici.fetch with an Agent of its own': () => {
    const agent = new Agent()
    return {
      say: overFetch((url, init) => undiciFetch(url, { ...init, dispatcher: agent })),
      end: () => agent.close(),
    }
  },
  'undici.request with a Pool': () => {
    const pool = new Pool(PLATFORM)
    return { say: overUndici(pool), end: () => pool.close() }
  },
  'an undici Client that would speak HTTP/2, with an interceptor': () => {
    const client = new Client(PLATFORM, { allowH2: true }).compose(
      interceptors.redirect({ maxRedirections: 0 }),
    )
    return { say: overUndici(client), end: () => client.close() }
  },
}

describe.each(Object.entries(clients))('%s', (_, create) => {
  it('is told what was recorded', async () => {
    using replay = await replayServer(cassette)
    replay.listen()
    const { say, end } = create()
    const story = await tellStory(say, PLATFORM, 'any-key')
    await end?.()
    expect(story).toMatchObject({ statuses: STORY_STATUSES, name: JOB_NAME })
    expect(story.id).toMatch(/^[A-Za-z]+$/)
    expect(story.next).toMatch(/^https:\/\/platform\.rescale\.com\/api\/v2\/coretypes\//)
    replay.finish()
  })

  it('gets nothing that was not recorded, and the end tells', async () => {
    using replay = await replayServer(cassette)
    replay.listen()
    const { say, end } = create()
    await expect(say('GET', `${PLATFORM}/api/v2/files/`, { authorization: 'Token any' })).rejects.toThrow()
    await end?.()
    expect(() => replay.finish()).toThrow(MissError)
  })
})

describe('nothing leaves the process', () => {
  const leaving: Readonly<Record<string, () => Promise<unknown>>> = {
    ...Object.fromEntries(
      Object.entries(clients)
        .filter(([name]) => !/Pool|Client/.test(name))
        .map(([name, create]) => [name, async () => create().say('GET', 'https://elsewhere.test/x', {})]),
    ),
    'HTTP/2': () =>
      new Promise((_, reject) => {
        http2.connect('https://elsewhere.test').on('error', reject)
      }),
    'another port of the platform': () => overUndici()('GET', `${PLATFORM}:8443/api/v2/`, {}),
    'the platform in the clear': () => overUndici()('GET', 'http://platform.rescale.com/api/v2/', {}),
  }

  it.each(Object.entries(leaving))('by %s', async (_, leave) => {
    using replay = await replayServer(cassette)
    replay.listen()
    await expect(leave()).rejects.toThrow()
    expect(() => replay.finish()).toThrow(NetworkLockError)
  })

  it('but to this machine, as to a database', async () => {
    const database = net.createServer((socket) => socket.end('hello'))
    await new Promise<void>((resolve) => database.listen(0, '127.0.0.1', resolve))
    using replay = await replayServer(cassette)
    replay.listen()
    let said = ''
    for await (const chunk of net.connect((database.address() as AddressInfo).port, '127.0.0.1'))
      said += chunk
    expect(said).toBe('hello')
    database.close()
  })
})

it('answers to a platform in the clear, too', async () => {
  const baseUrl = 'http://rescale.test:8484'
  using replay = await replayServer(cassette, { baseUrl })
  replay.listen()
  const { statuses, next } = await tellStory(overUndici(), baseUrl, 'any-key')
  expect(statuses).toEqual(STORY_STATUSES)
  expect(next).toContain(`${baseUrl}/api/v2/coretypes/`)
  replay.finish()
})

it('lets hosts be reached that are allowed, by every kind of client', async () => {
  await using here = await ownServer()
  using replay = await replayServer(cassette, { allowHosts: [here.host] })
  replay.listen()
  for (const say of [overFetch(globalThis.fetch), overUndici()])
    expect(await say('GET', here.url, {})).toEqual({ status: 200, text: 'mine' })
})

it('sends nothing over a connection that was open before', async () => {
  await using here = await ownServer()
  const agent = new Agent({ connections: 1 })
  expect(await overUndici(agent)('GET', here.url, {})).toMatchObject({ text: 'mine' })
  using replay = await replayServer(cassette, { baseUrl: here.url })
  replay.listen()
  await expect(overUndici(agent)('POST', here.url, {}, '{}')).rejects.toThrow()
  expect(here.asked).toBe(1)
  expect(() => replay.finish()).toThrow(/not sent over the connection to .* that was open before/)
  await agent.close()
})

it('holds the network until it is closed, and not longer', async () => {
  await using here = await ownServer()
  const replay = await replayServer(cassette, { baseUrl: here.url })
  replay.listen()
  await expect(overUndici()('GET', here.url, {})).rejects.toThrow()
  replay.close()
  expect(await overUndici()('GET', here.url, {})).toEqual({ status: 200, text: 'mine' })
})

/** A server of the consumer's own. */
async function ownServer() {
  let asked = 0
  const server = createServer((_, response) => {
    asked += 1
    response.end('mine')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = async () => {
    server.closeAllConnections()
    server.close()
  }
  return {
    host,
    url: `http://${host}/`,
    get asked() {
      return asked
    },
    [Symbol.asyncDispose]: close,
  }
}
