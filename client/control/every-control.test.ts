import { expect, it } from 'vitest'
import { type ControlId, controlRoutes } from '../../openapi/generated/control-routes.ts'
import { Matcher } from '../../openapi/match.ts'
import { type Control, createControl } from './index.ts'

/** The method of the client for every control. One that is described and not here does not compile. */
const methods: { readonly [Id in ControlId]: (control: Control) => Promise<unknown> } = {
  addSshKey: ({ sshKeys }) => sshKeys.add('ssh-ed25519 AAAA'),
  advanceTime: ({ time }) => time.advance('5m'),
  changeSettings: ({ server }) => server.changeSettings({ pace: 'still' }),
  clearFaults: ({ faults }) => faults.clear(),
  clearJournal: ({ journal }) => journal.clear(),
  createTenant: ({ server }) => server.createTenant(),
  deleteTenant: ({ server }) => server.deleteTenant('some'),
  dropSnapshot: ({ world }) => world.dropSnapshot(),
  exportCurl: ({ journal }) => journal.curl(),
  exportHar: ({ journal }) => journal.har(),
  exportWorld: ({ world }) => world.export(),
  forkWorld: ({ world }) => world.fork(),
  importWorld: ({ world }) => world.import(new Uint8Array(1)),
  lintClient: ({ journal }) => journal.lint(),
  listEndings: ({ endings }) => endings.list(),
  listFaultPlans: ({ faults }) => faults.list(),
  listJournal: ({ journal }) => journal.list(),
  listSnapshots: ({ world }) => world.snapshots(),
  listSshKeys: ({ sshKeys }) => sshKeys.list(),
  listTenants: ({ server }) => server.tenants(),
  listUnclaimedRequests: ({ server }) => server.unclaimed(),
  planFaults: ({ faults }) => faults.plan([]),
  readFaultPlan: ({ faults }) => faults.read('some'),
  readFidelity: ({ fidelity }) => fidelity(),
  readJournalEntry: ({ journal }) => journal.entry(1),
  readSettings: ({ server }) => server.settings(),
  readThrottling: ({ throttling }) => throttling.read(),
  readTime: ({ time }) => time.read(),
  readWorld: ({ world }) => world.read(),
  removeFaultPlan: ({ faults }) => faults.remove('some'),
  removeSshKey: ({ sshKeys }) => sshKeys.remove('1'),
  resetWorld: ({ world }) => world.reset(),
  restoreSnapshot: ({ world }) => world.restore(),
  seedWorld: ({ world }) => world.seed({}),
  setJobOutcome: ({ endings }) => endings.ask('AbCdEf', 'success'),
  setPace: ({ time }) => time.setPace('still'),
  setThrottling: ({ throttling }) => throttling.turnOn(),
  shutDown: ({ server }) => server.shutDown(),
  streamJournal: async ({ journal }) => {
    for await (const entry of journal.watch()) return entry
  },
  switchJournal: ({ journal }) => journal.switch(true),
  takeSnapshot: ({ world }) => world.snapshot(),
  verifyJournal: ({ journal }) => journal.verify({}),
  waitFor: ({ time }) => time.wait('settled'),
}

const [apiKey, adminToken] = ['a'.repeat(40), 'localscale-admin-0']
const described = new Matcher(controlRoutes)

it.each(controlRoutes)('$operationId has a method, which asks with the key that it takes', async (route) => {
  const requests: Request[] = []
  const fetch = async (request: Request) => {
    requests.push(request)
    return new Response('{}', { headers: { 'content-type': 'application/json' } })
  }
  await methods[route.operationId](createControl({ baseUrl: 'http://mock.test', apiKey, adminToken, fetch }))
  expect(requests).toHaveLength(1)
  const [{ method, url, headers }] = requests as [Request]
  expect(described.match(method, new URL(url).pathname)).toMatchObject({
    kind: 'route',
    route: { operationId: route.operationId },
  })
  expect(headers.get('authorization')).toBe(`Token ${route.authority === 'server' ? adminToken : apiKey}`)
})
