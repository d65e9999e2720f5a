import https from 'node:https'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchOver } from '../fetch-over.ts'
import { type DescribedBodies, loadDescribedBodies } from '../naming/described-bodies.ts'
import { type Cassette, cassetteText, sealed } from '../recording/cassette.ts'
import { type LiveServer, startLiveServer } from '../second-server/live-server.ts'
import { recordRun, sealedRun } from '../testing/record-here.ts'
import { type UndiciTransport, undiciTransport } from '../undici-transport.ts'
import { LeftoversError, MissError } from './misses.ts'
import { Replay } from './replay.ts'
import { replayServer } from './replay-server.ts'
import { replayTransport } from './replay-transport.ts'

type Fetch = typeof globalThis.fetch

let server: LiveServer
let wire: UndiciTransport
let bodies: DescribedBodies
beforeAll(async () => {
  server = await startLiveServer()
  wire = await undiciTransport({ ca: server.ca, addresses: server.addresses })
  bodies = await loadDescribedBodies()
})
afterAll(async () => {
  await wire.close()
  await server.close()
})

const MARKER = 'k3x9qa7bd2'

const recorded = async (
  tell: (fetch: Fetch, origin: string) => Promise<unknown>,
  marker = MARKER,
): Promise<Cassette> => {
  const { url: origin, apiKey } = server
  const run = await recordRun({ origin, apiKey, transport: wire.transport, marker }, async (transport) => {
    await tell(authorised(fetchOver(transport), apiKey), origin)
  })
  return sealedRun([run], bodies, marker)
}

const authorised =
  (fetch: Fetch, apiKey: string): Fetch =>
  (input, init) =>
    fetch(input, { ...init, headers: { authorization: `Token ${apiKey}`, ...init?.headers } })

const PLAYED = 'https://platform.rescale.com'

function played(cassette: Cassette): { fetch: Fetch; replay: Replay } {
  const replay = new Replay(cassette, { bodies, origin: PLAYED })
  const transport = replayTransport(replay, PLAYED, (authorization) => (authorization ? 'owner' : 'nobody'))
  return { fetch: authorised(fetchOver(transport), 'any key at all'), replay }
}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const aJob = (name: string) => ({
  name,
  jobanalyses: [
    {
      analysis: { code: 'user_included', version: '0' },
      command: 'echo done',
      hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1 },
    },
  ],
})

/** Saves a job and reads it; gives the ids of both answers. */
async function saveAndRead(fetch: Fetch, origin: string, name = `localscale-ct ${MARKER} pi`) {
  const saved = (await (await fetch(`${origin}/api/v2/jobs/`, json(aJob(name)))).json()) as {
    id: string
    name: string
  }
  const read = (await (await fetch(`${origin}/api/v2/jobs/${saved.id}/`)).json()) as {
    id: string
    name: string
  }
  return { saved, read }
}

describe('a recording', () => {
  it('keeps that the id of create is the id of get, and neither id', async () => {
    let real = ''
    const cassette = await recorded(async (fetch, origin) => {
      real = (await saveAndRead(fetch, origin)).saved.id
    })
    const [created, got] = cassette.exchanges
    expect(created?.response).toMatchObject({ body: { json: { id: { $name: 'job#1' } } } })
    expect(got?.request.url).toBe('{base}/api/v2/jobs/{job#1}/')
    expect(got?.response).toMatchObject({ body: { json: { id: { $name: 'job#1' } } } })
    expect(cassetteText(cassette)).not.toContain(real)
  })

  it('names neither host, nor key, nor user', async () => {
    const cassette = await recorded((fetch, origin) =>
      fetch(`${origin}/api/v2/users/me/`).then((answer) => answer.text()),
    )
    const text = cassetteText(cassette)
    const { email, fullName } = server.rescale.world().platform.user
    for (const secret of [server.apiKey, 'platform.second.test', email, fullName])
      expect(text).not.toContain(secret)
  })

  it('keeps numbers, keys and statuses that only look like an id', async () => {
    const cassette = await recorded(async (fetch, origin) => {
      await (await fetch(`${origin}/api/v2/jobs/200/`)).text()
      await (await fetch(`${origin}/api/v2/jobs/?page_size=200`)).text()
    })
    expect(cassette.exchanges[0]?.request.url).toBe('{base}/api/v2/jobs/{job#1}/')
    expect(cassette.exchanges[1]?.request.url).toBe('{base}/api/v2/jobs/?page_size=200')
    expect(cassette.exchanges[1]?.response).toMatchObject({ status: 200 })
  })
})

it('is refused while an answer was not read to its end: it would have a hole that nobody sees', async () => {
  await expect(recorded((fetch, origin) => fetch(`${origin}/api/v2/users/me/`))).rejects.toThrow(
    /GET \{base\}\/api\/v2\/users\/me\/ was not read/,
  )
})

describe('a replay', () => {
  it('tells the same story again, to a client with another key, at another host', async () => {
    const cassette = await recorded(saveAndRead)
    const { fetch, replay } = played(cassette)
    const { saved, read } = await saveAndRead(fetch, PLAYED)
    expect(saved.id).toMatch(/^[A-Za-z]{5,6}$/)
    expect(read).toEqual(saved)
    expect(saved.name).toBe(`localscale-ct ${MARKER} pi`)
    replay.finish()
  })

  it('names the nearest recorded exchange, what differs, and one thing to do', async () => {
    const { fetch, replay } = played(await recorded(saveAndRead))
    const other = aJob(`localscale-ct ${MARKER} pi`)
    const [analysis] = other.jobanalyses
    if (analysis) analysis.hardware.coresPerSlot = 8
    const miss = await fetch(`${PLAYED}/api/v2/jobs/`, json(other)).catch((error: unknown) => error)
    expect(miss).toBeInstanceOf(MissError)
    const { message, suggestion } = miss as MissError
    expect(message).toContain('1. exchange 1: POST {base}/api/v2/jobs/ → 201')
    expect(message).toContain('✗ body /jobanalyses/0/hardware/coresPerSlot: recorded number 2, sent number 8')
    expect(message).toContain('✓ method, path')
    expect(suggestion).toContain('localscale contract run --target live --record --only test/here')
    expect(() => replay.finish()).toThrow(MissError)
  })

  it('suggests one thing, which is another one for each reason', async () => {
    const { digest: _, ...cassette } = await recorded(saveAndRead)
    const missOf = (changes: Partial<Cassette>): Promise<MissError> =>
      played(sealed({ ...cassette, ...changes }))
        .fetch(`${PLAYED}/api/v2/jobs/`, json(aJob(`${MARKER} other`)))
        .then(
          () => Promise.reject(new Error('it was answered')),
          (error: unknown) => error as MissError,
        )
    const again = 'localscale contract run --target live --record --only test/here'
    const recordedWith = (changes: Partial<Cassette['recorded']>) => ({
      recorded: { ...cassette.recorded, ...changes },
    })
    const empty = await missOf({ exchanges: [] })
    expect([empty.nearest, empty.suggestion]).toEqual([
      [],
      `The recording is empty. Record it again: ${again}`,
    ])
    expect((await missOf(recordedWith({ runs: 1 }))).suggestion).toBe(
      `If that value is another one each time, let the recorder learn it by recording twice: ${again}`,
    )
    expect((await missOf(recordedWith({ runs: 2 }))).suggestion).toBe(`Record it again: ${again}`)
    expect((await missOf(recordedWith({ description: 'another one' }))).suggestion).toBe(
      `The description has changed since it was recorded, and may name leaves differently now. Record it again: ${again}`,
    )
    for (const { message, suggestion } of [empty, await missOf({})])
      expect(message.split('\n').filter((line) => line.startsWith('→'))).toEqual([`→ ${suggestion}`])
  })

  it('names three at most, the nearest first, each with what is the same and what is not', async () => {
    const { fetch } = played(
      await recorded(async (fetch, origin) => {
        for (const size of [1, 2, 3, 4])
          await (await fetch(`${origin}/api/v2/jobs/?page_size=${size}&search=pi`)).text()
        await (await fetch(`${origin}/api/v2/users/me/`)).text()
      }),
    )
    const miss = await fetch(`${PLAYED}/api/v2/jobs/?page_size=3&search=pie`).catch((error: unknown) => error)
    const { nearest, message } = miss as MissError
    expect(nearest.map(({ exchange }) => exchange.seq)).toEqual([3, 1, 2])
    expect(message).toMatch(
      /1\. exchange 3: GET .*\n +✓ method, path.*\n +✗ query search: recorded .*pi.*, sent .*pie/,
    )
  })

  it('says that a request was already used', async () => {
    const { fetch } = played(
      await recorded((fetch, origin) => fetch(`${origin}/api/v2/users/me/`).then((a) => a.text())),
    )
    await fetch(`${PLAYED}/api/v2/users/me/`)
    await expect(fetch(`${PLAYED}/api/v2/users/me/`)).rejects.toThrow(/already used[\s\S]*fewer times/)
  })

  it('fails for what was never asked', async () => {
    const { replay } = played(await recorded(saveAndRead))
    expect(() => replay.finish()).toThrow(LeftoversError)
    expect(() => replay.finish()).toThrow(/GET \{base\}\/api\/v2\/jobs\/\{job#1\}\/ → 200/)
  })

  it('gives what was seen after a change only once the change was made', async () => {
    const story = async (fetch: Fetch, origin: string) => {
      const { saved } = await saveAndRead(fetch, origin)
      await fetch(`${origin}/api/v2/jobs/${saved.id}/`, { method: 'DELETE' })
      return fetch(`${origin}/api/v2/jobs/${saved.id}/`).then(async (gone) => {
        await gone.text()
        return gone.status
      })
    }
    const cassette = await recorded(story)
    expect(await story(played(cassette).fetch, PLAYED)).toBe(404)
    const { fetch } = played(cassette)
    const { saved } = await saveAndRead(fetch, PLAYED)
    await expect(fetch(`${PLAYED}/api/v2/jobs/${saved.id}/`)).rejects.toThrow(/exchange 3 comes first/)
  })

  it('repeats only what clients poll', async () => {
    const cassette = await recorded(async (fetch, origin) => {
      const { saved } = await saveAndRead(fetch, origin)
      await (await fetch(`${origin}/api/v2/jobs/${saved.id}/statuses/`)).text()
    })
    const { fetch } = played(cassette)
    const { saved } = await saveAndRead(fetch, PLAYED)
    for (const _ of [1, 2, 3]) {
      expect((await fetch(`${PLAYED}/api/v2/jobs/${saved.id}/statuses/`)).status).toBe(200)
    }
  })

  it('takes an upload by its parts, whatever the boundary, and gives its bytes back', async () => {
    const upload = async (fetch: Fetch, origin: string) => {
      const form = new FormData()
      form.append('file', new Blob([Buffer.from([0, 255, 1, 254])]), `${MARKER}.bin`)
      const { id } = (await (
        await fetch(`${origin}/api/v2/files/contents/`, { method: 'POST', body: form })
      ).json()) as { id: string }
      return Buffer.from(await (await fetch(`${origin}/api/v2/files/${id}/contents/`)).arrayBuffer())
    }
    const { fetch, replay } = played(await recorded(upload))
    expect([...(await upload(fetch, PLAYED))]).toEqual([0, 255, 1, 254])
    replay.finish()
  })

  it('takes whatever is sent where the recorded request had something of its own, and stays with it', async () => {
    const story = async (fetch: Fetch, origin: string, id: string) => {
      await (await fetch(`${origin}/api/v2/jobs/${id}/`)).text()
      const answer = await fetch(`${origin}/api/v2/jobs/${id}/statuses/`)
      await answer.text()
      return answer.status
    }
    const cassette = await recorded((fetch, origin) => story(fetch, origin, 'nOsuch'))
    expect(await story(played(cassette).fetch, PLAYED, 'Qwerty')).toBe(404)
    const { fetch } = played(cassette)
    await (await fetch(`${PLAYED}/api/v2/jobs/Qwerty/`)).text()
    await expect(fetch(`${PLAYED}/api/v2/jobs/Asdfgh/statuses/`)).rejects.toThrow(MissError)
  })
})

describe('what two runs teach', () => {
  it('that a name which is another one each time does not decide, and nothing else', async () => {
    const { url: origin, apiKey } = server
    let count = 0
    const once = () =>
      recordRun({ origin, apiKey, transport: wire.transport }, async (transport) => {
        count += 1
        await saveAndRead(authorised(fetchOver(transport), apiKey), origin, `random ${count}`)
      })
    const cassette = sealedRun([await once(), await once()], bodies)
    expect(cassette.volatile).toContainEqual({
      operationId: 'createJob',
      side: 'request',
      status: null,
      place: 'body /name',
      differs: 'value',
    })
    expect(
      cassette.volatile.every(({ place }) => place === 'body /name' || place === 'header content-length'),
    ).toBe(true)
    const { saved } = await saveAndRead(played(cassette).fetch, PLAYED, 'yet another')
    expect(saved.id).toMatch(/^[A-Za-z]+$/)
  })
})

describe('through msw', () => {
  it('any client of the process is replayed: fetch and node:https', async () => {
    const cassette = await recorded(async (fetch, origin) => {
      const { saved } = await saveAndRead(fetch, origin)
      await (await fetch(`${origin}/api/v2/jobs/${saved.id}/statuses/`)).text()
    })
    using replay = await replayServer(cassette)
    replay.listen()
    const headers = { authorization: 'Token of-nobody' }
    const { saved } = await saveAndRead(authorised(globalThis.fetch, 'of-nobody'), PLAYED)
    const status = await new Promise((resolve, reject) => {
      const request = https.request(
        `${PLAYED}/api/v2/jobs/${saved.id}/statuses/`,
        { headers },
        (response) => {
          response.resume()
          resolve(response.statusCode)
        },
      )
      request.on('error', reject).end()
    })
    expect(status).toBe(200)
    replay.finish()
  })

  it('nothing else leaves the process, and swallowing the error does not help', async () => {
    const cassette = await recorded((fetch, origin) =>
      fetch(`${origin}/api/v2/users/me/`).then((a) => a.text()),
    )
    using replay = await replayServer(cassette)
    replay.listen()
    await globalThis.fetch('https://elsewhere.test/secret?key=1').catch(() => undefined)
    expect(() => replay.finish()).toThrow(/GET https:\/\/elsewhere\.test\/secret was not sent/)
  })

  it('a miss is told at the end even when the client took it for a lost connection', async () => {
    const cassette = await recorded((fetch, origin) =>
      fetch(`${origin}/api/v2/users/me/`).then((a) => a.text()),
    )
    using replay = await replayServer(cassette)
    replay.listen()
    await globalThis.fetch(`${PLAYED}/api/v2/jobs/`).catch(() => undefined)
    expect(() => replay.finish()).toThrow(MissError)
  })
})
