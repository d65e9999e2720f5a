import { createHash, randomUUID } from 'node:crypto'
import {
  announcedQuirks,
  createRescale,
  type Listening,
  listen,
  type RescaleOptions,
} from '../../../mock-server/index.ts'
import { CannotRunError, type Reason } from '../not-run.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage, StageKeys, Target } from '../target.ts'
import { bytesOf, type Transport } from '../transport.ts'
import { undiciTransport } from '../undici-transport.ts'
import { uniqueNames } from '../unique-names.ts'
import { type MockMeans, seededStage, wantsAnnounced } from './mock-target.ts'

export interface MockHttpOptions {
  /** A LocalScale that is served already and accepts any key; without it, one is served for as long as the target lives. */
  readonly url?: string | undefined
}

/** A mock behind a URL. Every scenario comes with keys of its own, and so to worlds of its own, one server for all. */
export async function mockHttpTarget(options: MockHttpOptions = {}): Promise<Target> {
  const served = options.url === undefined ? await serveOne() : null
  let announced: ReturnType<typeof serveOne> | undefined
  const { transport, close } = await undiciTransport()
  const origin = served?.listening.url ?? new URL(options.url ?? '').origin
  const run = randomUUID()
  return {
    kind: 'mock-http',
    name: `mock at ${origin}`,
    redact: (text) => text,
    refuses: ({ needs }) => (!served && wantsAnnounced(needs) ? begunOtherwise : null),
    async enter(scenario) {
      if (!wantsAnnounced(scenario.needs)) return enter({ origin, transport, run, scenario })
      announced ??= serveOne({ quirks: announcedQuirks })
      return enter({ origin: (await announced).listening.url, transport, run, scenario })
    },
    async close() {
      await close()
      for (const one of [served, await announced]) await one?.close()
    },
  }
}

async function serveOne(options: RescaleOptions = {}): Promise<Served> {
  const rescale = createRescale(options)
  const listening = await listen(rescale)
  const close = async () => {
    await listening.close()
    await rescale.close()
  }
  return { listening, close }
}

interface Served {
  readonly listening: Listening
  close(): Promise<void>
}

const begunOtherwise: Reason = {
  kind: 'no-such-state',
  text: 'A served mock takes its quirks when it is started; without --url, one is started that has them.',
  leftOut: true,
}

interface Entry {
  readonly origin: string
  readonly transport: Transport
  readonly run: string
  readonly scenario: Scenario
}

async function enter({ origin, transport, run, scenario }: Entry): Promise<Stage> {
  const keys = { owner: keyFor(run, scenario.id, 'owner'), other: keyFor(run, scenario.id, 'other') }
  const control = controls({ origin, transport, keys })
  await control('PUT', '/_mock/time/', { pace: 'still' })
  const means: MockMeans = {
    seed: async (seed) => void (await control('POST', '/_mock/world/seed/', seed)),
    plan: async (faults) => void (await control('POST', '/_mock/faults/', { faults })),
  }
  return seededStage(means, {
    origin,
    transport,
    keys,
    unique: uniqueNames('mock'),
    async wait() {
      const answer = await control('POST', '/_mock/time/advance/', { until: 'next' })
      return answer.reached === true
    },
    leave: async () => undefined,
  })
}

const keyFor = (...parts: readonly string[]): string =>
  createHash('sha1').update(parts.join('\n')).digest('hex')

/** Calls the controls of the owner's world. */
function controls({ origin, transport, keys }: { origin: string; transport: Transport; keys: StageKeys }) {
  return async (method: string, path: string, body: unknown): Promise<Record<string, unknown>> => {
    const headers = [
      ['authorization', `Token ${keys.owner}`],
      ['content-type', 'application/json'],
    ] as const
    const bytes = new TextEncoder().encode(JSON.stringify(body))
    try {
      const answer = await transport({ method, url: origin + path, headers, body: bytes })
      const text = new TextDecoder().decode(await bytesOf(answer.body))
      if (answer.status === 200 || answer.status === 201) return JSON.parse(text)
      throw unreachable(
        `${origin} answered ${answer.status} to ${path}: is that a LocalScale that accepts any key?`,
      )
    } catch (error) {
      if (error instanceof CannotRunError) throw error
      throw unreachable(`${origin} cannot be reached: start it with \`localscale serve\`.`, error)
    }
  }
}

const unreachable = (text: string, cause?: unknown): CannotRunError =>
  new CannotRunError({ kind: 'unreachable', text }, { cause })
