import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JournalEntry } from '../../../mock-server/journal/entry.ts'
import { logOf } from '../conduct.ts'
import { realClock } from '../harness-clock.ts'
import { readCassettes } from '../recording/read-cassettes.ts'
import { runScenario } from '../run-scenario.ts'
import { type Scenario, scenario } from '../scenario.ts'
import { expectEqual, expectThat, type Speaker } from '../scenario-context.ts'
import type { ScenarioResult } from '../scenario-result.ts'
import { type LiveHere, liveHere, OTHER_LIVE_API_KEY } from '../second-server/live-here.ts'
import { hasAnswer } from '../seen-exchange.ts'
import { binaryBytes, SEVERAL, type StateName, type StateValues } from '../states.ts'
import type { Target } from '../target.ts'
import { mockHttpTarget } from './mock-http-target.ts'
import { mockTarget } from './mock-target.ts'
import { replayTarget } from './replay-target.ts'

interface Means<Name extends StateName> {
  /** What a client asks for to have it; null for what no client of the API can bring about. */
  readonly driven: readonly string[] | null
  /** Fails where it is not there; only reads. */
  look(t: Speaker, given: StateValues[Name]): Promise<void>
}

/** Of each precondition there is. */
const states: { readonly [Name in StateName]: Means<Name> } = {
  'a saved job': {
    driven: ['createJob'],
    look: (t, { jobId }) => historyIs(t, jobId, []),
  },
  'a completed job': {
    driven: ['createJob', 'submitJob'],
    async look(t, { jobId }) {
      await historyIs(t, jobId, ['Completed', 'Executing', 'Validated', 'Started', 'Queued', 'Pending'])
      expectThat((await logOf(t, jobId)).length > 0, 'its log is there')
    },
  },
  'a completed job whose cluster is stopped': {
    driven: ['createJob', 'submitJob'],
    async look(t, { jobId }) {
      const { body } = await t.call('listClusterStatuses', { path: { jobId }, expect: 200 })
      expectEqual(body.results[0]?.status, 'Stopped', 'its cluster')
    },
  },
  'a running job': {
    driven: ['createJob', 'submitJob'],
    look: (t, { jobId }) => historyIs(t, jobId, ['Executing', 'Validated', 'Started', 'Queued', 'Pending']),
  },
  'several saved jobs': {
    driven: SEVERAL.map(() => 'createJob'),
    async look(t, { jobIds, nameContains }) {
      const { body } = await t.call('listJobs', { query: { search: nameContains }, expect: 200 })
      newestFirst(body.results, jobIds)
    },
  },
  'an uploaded text file': {
    driven: ['uploadFile'],
    async look(t, { fileId, name, text }) {
      const { body } = await t.call('getFile', { path: { fileId }, expect: 200 })
      expectEqual(body.name, name, 'its name')
      const answer = await t.call('downloadFile', { path: { fileId }, expect: 200 })
      expectEqual(new TextDecoder().decode(answer.bytes), text, 'its text')
    },
  },
  'an uploaded binary file': {
    driven: ['uploadFile'],
    async look(t, { fileId }) {
      const { bytes } = await t.call('downloadFile', { path: { fileId }, expect: 200 })
      expectEqual([...bytes], [...binaryBytes()], 'its bytes')
    },
  },
  'several uploaded files': {
    driven: SEVERAL.map(() => 'uploadFile'),
    async look(t, { fileIds, nameContains }) {
      const { body } = await t.call('listFiles', { query: { search: nameContains }, expect: 200 })
      newestFirst(body.results, fileIds)
    },
  },
  'a saved storage device': {
    driven: null,
    async look(t, { deviceId }) {
      const { body } = await t.call('listStorageDeviceStatuses', { path: { deviceId }, expect: 200 })
      expectEqual(
        body.results.map(({ status }) => status),
        ['Not Started'],
        'its history',
      )
    },
  },
  'a second key': {
    driven: [],
    async look(t) {
      const me = await t.call('getCurrentUser', { expect: 200 })
      const other = await t.call('getCurrentUser', { as: 'other', expect: 200 })
      expectThat(me.body.email !== other.body.email, 'it is of somebody else')
    },
  },
  'a rate limit that is used up': {
    driven: null,
    look: async (t) => void (await t.call('getCurrentUser', { expect: 429 })),
  },
  'the announced changes': {
    driven: null,
    look: async (t) => void (await t.call('getCurrentUser', { expect: 200 })),
  },
}

function newestFirst(listed: readonly { readonly id: string }[], made: readonly string[]): void {
  expectEqual(
    listed.map(({ id }) => id),
    made.toReversed(),
    'what was made, newest first',
  )
}

async function historyIs(t: Speaker, jobId: string, history: readonly string[]): Promise<void> {
  const { body } = await t.call('listJobStatuses', { path: { jobId }, expect: 200 })
  expectEqual(
    body.results.map(({ status }) => status),
    history,
    'its history',
  )
}

const names = Object.keys(states) as StateName[]
const drivable = names.filter((name) => states[name].driven !== null)
const beyondClients = names.filter((name) => states[name].driven === null)

function lookingAt<Name extends StateName>(
  name: Name,
  afterwards: (t: Speaker) => Promise<unknown> = async () => undefined,
): Scenario {
  return scenario({
    id: `given/${name.replaceAll(' ', '-')}`,
    title: `finds ${name}`,
    needs: [name],
    covers: [],
    cost: 'submits',
    harmlessOutput: true,
    async run(t) {
      await states[name].look(t, t.given[name])
      await afterwards(t)
    },
  })
}

const told = (one: Scenario, target: Target): Promise<ScenarioResult> =>
  runScenario(one, target, { clock: realClock, check: () => [] })

const operationsIn = ({ exchanges }: ScenarioResult, phase: string): string[] =>
  exchanges
    .filter((exchange) => exchange.phase === phase && hasAnswer(exchange))
    .map(({ operationId }) => String(operationId))

const endOf = ({ outcome, failure, reason }: ScenarioResult) => [outcome, failure ?? reason?.text]

const passed = ['passed', undefined]

describe.each([
  { name: 'a mock in this process', open: async () => mockTarget() },
  { name: 'a mock behind a URL', open: () => mockHttpTarget() },
])('on $name', ({ open }) => {
  let target: Target
  beforeAll(async () => {
    target = await open()
  })
  afterAll(() => target.close())

  it.each(names)('"%s" is seeded: its own journal has heard of nobody who made anything', async (name) => {
    const entries: JournalEntry[] = []
    const journal = { method: 'GET', path: '/_mock/journal/?order=oldest&limit=2000' }
    const result = await told(
      lookingAt(name, async (t) => {
        const { json } = await t.send(journal)
        entries.push(...(json() as { entries: JournalEntry[] }).entries)
      }),
      target,
    )
    expect(endOf(result)).toEqual(passed)
    expect(operationsIn(result, 'setup')).toEqual([])
    expect(entries.length).toBeGreaterThan(0)
    expect(new Set(entries.map(({ request }) => request.method))).toEqual(new Set(['GET']))
  })
})

describe('on a real account', () => {
  let here: LiveHere
  let recordings: string
  let target: Target
  beforeAll(async () => {
    here = await liveHere({ otherApiKey: OTHER_LIVE_API_KEY, latencyMs: () => 0, pace: 'per-request:30s' })
    recordings = join(here.home, 'recordings')
    target = await here.target({ other: OTHER_LIVE_API_KEY, recordTo: recordings, runs: 1 })
  })
  afterAll(async () => {
    await target.close()
    await here[Symbol.asyncDispose]()
  })

  const heard = (): number => here.server.rescale.world().journal.summary().lastNumber

  /** What the platform was asked to change since, but for what takes it away again. */
  const changesSince = (number: number): string[] =>
    here.server.rescale
      .world()
      .journal.entries({ after: number, order: 'oldest' })
      .filter(({ request }) => request.method !== 'GET' && request.method !== 'DELETE')
      .map(({ operationId }) => String(operationId))
      .filter((operationId) => operationId !== 'stopJob')

  it.each(drivable)(
    '"%s" is driven by way of the API, as the platform heard, and given on replay',
    async (name) => {
      const { driven } = states[name]
      const before = heard()
      const live = await told(lookingAt(name), target)
      expect(endOf(live)).toEqual(passed)
      expect(changesSince(before)).toEqual(driven)
      expect(operationsIn(live, 'setup').filter((operationId) => driven?.includes(operationId))).toEqual(
        driven,
      )
      const cassettes = await readCassettes(recordings)
      const afterwards = heard()
      const replay = replayTarget({
        cassettes,
        bodies: here.bodies,
        now: () => new Date(),
        folder: recordings,
      })
      // It passes only when everything that was recorded was asked for, and nothing else.
      const replayed = await told(lookingAt(name), replay)
      expect(endOf(replayed)).toEqual(passed)
      expect(operationsIn(replayed, 'setup')).toEqual(operationsIn(live, 'setup'))
      expect(heard()).toBe(afterwards)
    },
  )

  it.each(beyondClients)('"%s" cannot be had, and nothing is sent for it', async (name) => {
    const before = heard()
    const result = await told(lookingAt(name), target)
    expect([result.outcome, result.reason?.kind]).toEqual(['not-run', expect.any(String)])
    expect(result.exchanges).toEqual([])
    expect(heard()).toBe(before)
  })
})
