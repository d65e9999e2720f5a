import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchOver } from '../fetch-over.ts'
import { type DescribedBodies, loadDescribedBodies } from '../naming/described-bodies.ts'
import { type Cassette, cassetteText } from '../recording/cassette.ts'
import { generatedBuffer } from '../recording/generated-bytes.ts'
import { INLINE_BYTES } from '../recording/limits.ts'
import { type LiveServer, startLiveServer } from '../second-server/live-server.ts'
import { recordRun, sealedRun } from '../testing/record-here.ts'
import { type UndiciTransport, undiciTransport } from '../undici-transport.ts'
import { MissError } from './misses.ts'
import { Replay } from './replay.ts'
import { replayTransport } from './replay-transport.ts'

type Fetch = typeof globalThis.fetch

let server: LiveServer
let wire: UndiciTransport
let bodies: DescribedBodies
beforeAll(async () => {
  server = await startLiveServer({ latencyMs: () => 0 })
  wire = await undiciTransport({ ca: server.ca, addresses: server.addresses })
  bodies = await loadDescribedBodies()
})
afterAll(async () => {
  await wire.close()
  await server.close()
})

const PLAYED = 'https://platform.rescale.com'
const MARKER = 'k3x9qa7bd2'
const SIZE = 300_000

const keyed =
  (fetch: Fetch, key: string): Fetch =>
  (input, init) =>
    fetch(input, { ...init, headers: { authorization: `Token ${key}`, ...init?.headers } })

async function recorded(tell: (fetch: Fetch, origin: string) => Promise<unknown>): Promise<Cassette> {
  const { url: origin, apiKey } = server
  const here = { origin, apiKey, transport: wire.transport, marker: MARKER }
  const run = await recordRun(here, async (transport) => {
    await tell(keyed(fetchOver(transport), apiKey), origin)
  })
  return sealedRun([run], bodies, MARKER)
}

function played(cassette: Cassette): { fetch: Fetch; finish: () => void } {
  const replay = new Replay(cassette, { bodies, origin: PLAYED })
  const transport = replayTransport(replay, PLAYED, () => 'owner')
  return { fetch: keyed(fetchOver(transport), 'any'), finish: () => replay.finish() }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Uploads bytes, and reads them back whole and in part. */
const story =
  (bytes: Uint8Array) =>
  async (fetch: Fetch, origin: string): Promise<string[]> => {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(bytes)]), `${MARKER}.bin`)
    const upload = await fetch(`${origin}/api/v2/files/contents/`, { method: 'POST', body: form })
    const { id } = (await upload.json()) as { id: string }
    const contents = `${origin}/api/v2/files/${id}/contents/`
    const whole = await fetch(contents)
    const part = await fetch(contents, { headers: { range: 'bytes=100000-269999' } })
    return [
      sha256(new Uint8Array(await whole.arrayBuffer())),
      sha256(new Uint8Array(await part.arrayBuffer())),
    ]
  }

const sumsOf = (bytes: Uint8Array): string[] => [sha256(bytes), sha256(bytes.subarray(100_000, 270_000))]

describe('bytes that are larger than what a recording holds', () => {
  it('are kept by how they are made, where the harness has made them, and come again byte by byte', async () => {
    const bytes = generatedBuffer(7, SIZE)
    const cassette = await recorded(story(bytes))
    const text = cassetteText(cassette)
    expect(text.length).toBeLessThan(20_000)
    expect(text).not.toContain('"base64"')
    expect(cassette.exchanges.at(-1)?.response).toMatchObject({
      body: { bytes: { size: 170_000, recipe: { seed: 7, length: SIZE, from: 100_000, to: 270_000 } } },
    })
    const { fetch, finish } = played(cassette)
    expect(await story(bytes)(fetch, PLAYED)).toEqual(sumsOf(bytes))
    finish()
  })

  it('are kept by their hash, where nobody can make them, and come again from who uploaded them', async () => {
    // Without the head by which they would be known; and somewhere among them is what looks like an address.
    const bytes = generatedBuffer(8, SIZE + 64).subarray(64)
    bytes.write('canary.person@company.test', 1_000)
    const whole = async (fetch: Fetch, origin: string) => {
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(bytes)]), `${MARKER}.bin`)
      const upload = await fetch(`${origin}/api/v2/files/contents/`, { method: 'POST', body: form })
      const { id } = (await upload.json()) as { id: string }
      const answer = await fetch(`${origin}/api/v2/files/${id}/contents/`)
      return sha256(new Uint8Array(await answer.arrayBuffer()))
    }
    const cassette = await recorded(whole)
    const text = cassetteText(cassette)
    expect(text.length).toBeLessThan(20_000)
    expect(text).toContain(sha256(bytes))
    expect(text).not.toContain(bytes.subarray(0, 60).toString('base64'))
    expect(text).not.toContain('canary')
    const { fetch, finish } = played(cassette)
    expect(await whole(fetch, PLAYED)).toBe(sha256(bytes))
    finish()
    await expect(story(bytes.map((byte) => byte ^ 1))(played(cassette).fetch, PLAYED)).rejects.toThrow(
      MissError,
    )
  })

  it('are kept whole up to a limit', async () => {
    const bytes = generatedBuffer(3, 100).subarray(40)
    expect(bytes.length).toBeLessThan(INLINE_BYTES)
    expect(cassetteText(await recorded(story(bytes)))).toContain(Buffer.from(bytes).toString('base64'))
  })
})
