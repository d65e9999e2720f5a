import { buffer } from 'node:stream/consumers'
import { expect } from 'vitest'
import type { Control } from '../../client/control/index.ts'
import { second } from '../../mock-server/domain/instant.ts'
import type { Rescale } from '../../mock-server/index.ts'
import type { ControlId } from '../../openapi/generated/control-routes.ts'
import { aJob } from '../fixtures.ts'

/** What both are asked in: a world with a saved job and one under way, a snapshot, a key, a plan; and another tenant. */
export interface Place {
  readonly rescale: Rescale
  readonly control: Control
  readonly saved: string
  readonly running: string
  readonly other: string
  /** A world in a file. */
  readonly file: Uint8Array<ArrayBuffer>
}

/** The same by a method and over HTTP. What both give is compared where `method` gives something, and has what `gives` says. */
export interface Way {
  method(place: Place): unknown
  http(place: Place): unknown
  readonly gives?: object
}

export const otherKey = 'b'.repeat(40)
const thirdKey = 'c'.repeat(40)
export const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEbJQ9XFHMbJkvlHoRSl0J7FJB4ihXd6m1DZ0z4Ea8UC me'
const anotherKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEbJQ9XFHMbJkvlHoRSl0J7FJB4ihXd6m1DZ0z4Ea8UD me'
export const fault = { operation: 'getCurrentUser', kind: 'status', status: 503 } as const
const seed = { files: [{ name: 'seed.txt', text: 'x' }], jobs: [{ ...aJob(), status: 'Executing' }] }
const submits = { operation: 'submitJob' } as const

export const timeOf = (rescale: Rescale) => {
  const { pace, running, now, due } = rescale.world()
  return { now: now(), pace, running, due: due().map(({ at, event }) => ({ at, ...event })) }
}
const shownTime = ({ dueCount: _, ...time }: { dueCount: number }) => time
const worldOf = (rescale: Rescale) => {
  const { now, pace, platform } = rescale.world()
  return { now: now(), pace, jobs: platform.jobs().count, files: platform.files().count }
}
export const throttlingOf = ({ isOn, report }: ReturnType<Rescale['world']>['throttling']) => ({
  isOn,
  scopes: report(),
})

/** How long its commands ran, what is said of their end, and their log. */
async function endOf({ rescale, running }: Place) {
  rescale.world().settle()
  const ask = async (path: string) =>
    await rescale.fetch(`http://mock.test/api/v2/${path}`, {
      headers: { authorization: `Token ${rescale.apiKey}` },
    })
  const { statuses } = rescale.world().platform.job(running)
  const at = (wanted: string) => statuses.find(({ status }) => status === wanted)?.at ?? Number.NaN
  const files = (await (await ask(`jobs/${running}/files/`)).json()) as {
    results: { id: string; name: string }[]
  }
  const log = files.results.find(({ name }) => name === 'process_output.log')
  return {
    seconds: (at('Completed') - at('Executing')) / second,
    reason: statuses[0]?.reason,
    log: await (await ask(`files/${log?.id}/contents/`)).text(),
  }
}

/** Every control: one that is described and not here does not compile. */
export const ways: { readonly [Id in ControlId]: Way } = {
  addSshKey: {
    method: ({ rescale }) => rescale.world().authorizedKeys.add(anotherKey),
    http: ({ control }) => control.sshKeys.add(anotherKey),
  },
  advanceTime: {
    method: ({ rescale }) => {
      rescale.world().advance('3m')
      return timeOf(rescale)
    },
    http: async ({ control }) => shownTime(await control.time.advance('3m')),
  },
  changeSettings: {
    method: ({ rescale }) => {
      rescale.changeDefaults({ pace: '60x', throttling: true })
      return rescale.defaults
    },
    http: ({ control }) => control.server.changeSettings({ pace: '60x', throttling: true }),
  },
  clearFaults: {
    method: ({ rescale }) => rescale.world().faults.clear(),
    http: ({ control }) => control.faults.clear(),
  },
  clearJournal: {
    method: ({ rescale }) => rescale.world().journal.clear(),
    http: ({ control }) => control.journal.clear(),
  },
  createTenant: {
    method: ({ rescale }) => rescale.createTenant(thirdKey),
    http: ({ control }) => control.server.createTenant(thirdKey),
  },
  deleteTenant: {
    method: async ({ rescale, other }) => void (await rescale.deleteTenant(other)),
    http: ({ control, other }) => control.server.deleteTenant(other),
  },
  dropSnapshot: {
    method: ({ rescale }) => rescale.world().dropSnapshot('base'),
    http: ({ control }) => control.world.dropSnapshot('base'),
  },
  exportCurl: {
    method: ({ rescale }) => [...rescale.world().journal.curl(submits)].join(''),
    http: ({ control }) => control.journal.curl(submits),
  },
  exportHar: {
    method: ({ rescale }) => JSON.parse([...rescale.world().journal.har(submits)].join('')),
    http: ({ control }) => control.journal.har(submits),
  },
  exportWorld: {
    method: async ({ rescale }) => (await buffer(rescale.world().export())).toString('latin1'),
    http: async ({ control }) => (await buffer(await control.world.export())).toString('latin1'),
  },
  forkWorld: {
    method: ({ rescale }) => rescale.world().fork({ apiKey: thirdKey, snapshot: 'base' }),
    http: ({ control }) => control.world.fork({ apiKey: thirdKey, snapshot: 'base' }),
  },
  importWorld: {
    method: ({ rescale, file }) =>
      rescale
        .world()
        .import(pieces(file))
        .then(() => worldOf(rescale)),
    http: ({ control, file }) => control.world.import(file),
  },
  lintClient: {
    method: ({ rescale }) => rescale.world().journal.lint(),
    http: ({ control }) => control.journal.lint(),
  },
  listEndings: { method: ({ rescale }) => rescale.endings(), http: ({ control }) => control.endings.list() },
  listFaultPlans: {
    method: ({ rescale }) => rescale.world().faults.plans(),
    http: ({ control }) => control.faults.list(),
  },
  listJournal: {
    method: ({ rescale }) => {
      const { journal } = rescale.world()
      const { limits: _, ...summary } = journal.summary()
      return { ...summary, entries: journal.entries({ method: 'POST', limit: 2 }) }
    },
    http: ({ control }) => control.journal.list({ method: 'POST', limit: 2 }),
  },
  listSnapshots: {
    method: ({ rescale }) => rescale.world().snapshots(),
    http: ({ control }) => control.world.snapshots(),
  },
  listSshKeys: {
    method: ({ rescale }) => rescale.world().authorizedKeys.list(),
    http: ({ control }) => control.sshKeys.list(),
  },
  listTenants: {
    method: ({ rescale }) => rescale.tenants(),
    http: ({ control }) => control.server.tenants(),
  },
  listUnclaimedRequests: {
    method: ({ rescale }) => rescale.unclaimed.entries(),
    http: ({ control }) => control.server.unclaimed(),
  },
  planFaults: {
    method: ({ rescale }) => rescale.world().faults.plan([fault], { name: 'more', onlyByHeader: true }),
    http: ({ control }) => control.faults.plan([fault], { name: 'more', onlyByHeader: true }),
  },
  readFaultPlan: {
    method: ({ rescale }) => rescale.world().faults.report('planned'),
    http: ({ control }) => control.faults.read('planned'),
  },
  readFidelity: {
    method: ({ rescale }) => rescale.fidelity('submitJob'),
    http: ({ control }) => control.fidelity('submitJob'),
  },
  readJournalEntry: {
    method: ({ rescale }) => rescale.world().journal.entry(2),
    http: ({ control }) => control.journal.entry(2),
  },
  readSettings: {
    method: ({ rescale }) => rescale.defaults,
    http: ({ control }) => control.server.settings(),
  },
  readThrottling: {
    method: ({ rescale }) => throttlingOf(rescale.world().throttling),
    http: ({ control }) => control.throttling.read(),
  },
  readTime: {
    method: ({ rescale }) => timeOf(rescale),
    http: async ({ control }) => shownTime(await control.time.read()),
  },
  readWorld: { method: ({ rescale }) => worldOf(rescale), http: ({ control }) => control.world.read() },
  removeFaultPlan: {
    method: ({ rescale }) => void rescale.world().faults.remove('planned'),
    http: ({ control }) => control.faults.remove('planned'),
  },
  removeSshKey: {
    method: ({ rescale }) => void rescale.world().authorizedKeys.remove('1'),
    http: ({ control }) => control.sshKeys.remove('1'),
  },
  resetWorld: {
    method: ({ rescale }) =>
      rescale
        .world()
        .reset()
        .then(() => worldOf(rescale)),
    http: ({ control }) => control.world.reset(),
  },
  restoreSnapshot: {
    method: ({ rescale }) =>
      rescale
        .world()
        .restore('base')
        .then(() => worldOf(rescale)),
    http: ({ control }) => control.world.restore('base'),
  },
  seedWorld: {
    method: ({ rescale }) =>
      rescale
        .world()
        .seed(seed)
        .then(() => worldOf(rescale)),
    http: ({ control }) => control.world.seed(seed),
  },
  setJobOutcome: {
    method: (place) => {
      place.rescale.world().askEnding(place.running, 'out-of-memory after 1m')
      return endOf(place)
    },
    http: async (place) => {
      await place.control.endings.ask(place.running, 'out-of-memory after 1m')
      return endOf(place)
    },
    gives: { seconds: 60, reason: 'A run failed', log: expect.stringContaining('Killed') },
  },
  setPace: {
    method: ({ rescale }) => {
      rescale.world().setPace('settled')
      return timeOf(rescale)
    },
    http: async ({ control }) => shownTime(await control.time.setPace('settled')),
  },
  setThrottling: {
    method: ({ rescale }) => {
      const { throttling } = rescale.world()
      throttling.turnOff({ user: 1 })
      return throttlingOf(throttling)
    },
    http: ({ control }) => control.throttling.turnOff({ user: 1 }),
  },
  shutDown: {
    // In process there is nothing to tell: what ends is the object.
    method: ({ rescale }) => rescale.close(),
    http: async ({ control }) => void (await control.server.shutDown()),
  },
  streamJournal: {
    method: async ({ rescale }) => {
      const leaving = new AbortController()
      for await (const bytes of rescale.world().journal.events({ after: 0 }, leaving.signal)) {
        leaving.abort()
        const data = /^data: (.*)$/m.exec(Buffer.from(bytes).toString())?.[1]
        if (data !== undefined) return JSON.parse(data)
      }
    },
    http: async ({ control }) => {
      for await (const entry of control.journal.watch({ after: 0 })) return entry
    },
  },
  switchJournal: {
    method: ({ rescale }) => {
      rescale.world().journal.isOn = false
    },
    http: ({ control }) => control.journal.switch(false),
  },
  takeSnapshot: {
    method: ({ rescale }) => rescale.world().snapshot('second'),
    http: ({ control }) => control.world.snapshot('second'),
  },
  verifyJournal: {
    method: ({ rescale }) => rescale.world().journal.verify({ request: submits, times: { exactly: 2 } }),
    http: ({ control }) => control.journal.verify({ request: submits, exactly: 2 }),
  },
  waitFor: {
    method: ({ rescale, running }) =>
      rescale.world().wait({ job: running, status: 'Completed' }, { clock: 'virtual', timeout: '9h' }),
    http: ({ control, running }) =>
      control.time.wait({ job: running, status: 'Completed' }, { clock: 'virtual', timeout: '9h' }),
  },
}

async function* pieces(file: Uint8Array): AsyncGenerator<Uint8Array> {
  yield file
}
