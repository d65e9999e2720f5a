import { saveDevice } from '../harness/conduct.ts'
import { type Scenario, scenario } from '../harness/scenario.ts'
import { expectEqual } from '../harness/scenario-context.ts'

/** What the platform has said it will change (tutorial; api-facts §12.1; seen for submitting again on eu.rescale.com in 2026). */
export const announcedScenarios: readonly Scenario[] = [
  scenario({
    id: 'announced/no-second-time',
    title: 'as announced, what was submitted is neither submitted again nor changed',
    needs: ['the announced changes', 'a completed job'],
    covers: [
      ['submitJob', 400],
      ['updateJob', 400],
      ['submitStorageDevice', 400],
    ],
    cost: 'submits',
    notOnLive: {
      kind: 'cannot-be-provoked',
      text: 'When it makes these changes, the platform decides; and storage devices are never made there, since nothing takes them away again.',
    },
    async run(t) {
      const path = t.given['a completed job']
      const { body: before } = await t.call('getJob', { path, expect: 200 })
      await t.call('submitJob', { path, expect: 400 })
      await t.call('updateJob', { path, json: { name: t.unique('other') }, expect: 400 })
      const { body: after } = await t.call('getJob', { path, expect: 200 })
      expectEqual(after.name, before.name, 'the name')
      const device = { deviceId: await saveDevice(t) }
      await t.call('submitStorageDevice', { path: device, expect: 200 })
      await t.call('submitStorageDevice', { path: device, expect: 400 })
    },
  }),
]
