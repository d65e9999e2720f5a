import { collectPages } from '../harness/collect-pages.ts'
import { saveDevice, saveJob, untilDeviceWas } from '../harness/conduct.ts'
import { type Scenario, scenario } from '../harness/scenario.ts'
import { expectEqual, expectThat } from '../harness/scenario-context.ts'
import { refused, requestFor } from './every-operation.ts'

const staysForGood = {
  kind: 'cannot-be-undone',
  text: 'The API has no operation that takes a storage device away again.',
} as const

/** Storage devices. */
export const storageScenarios: readonly Scenario[] = [
  scenario({
    id: 'storage/list',
    title: 'storage devices, and the regions where there may be some, are listed',
    needs: [],
    covers: [
      ['listStorageRegions', 200],
      ['listStorageDevices', 200],
      ['listStorageDevices', 404],
    ],
    cost: 'free',
    async run(t) {
      await t.call('listStorageRegions', { expect: 200 })
      const { body } = await t.call('listStorageDevices', { query: { page_size: 100 }, expect: 200 })
      expectEqual((await collectPages(t, body)).length, body.count, 'the number of devices')
      await t.call('listStorageDevices', { query: { page: 10_000 }, expect: 404 })
    },
  }),
  scenario({
    id: 'storage/save',
    title: 'a storage device is saved for a region, and listed',
    needs: [],
    covers: [
      ['createStorageDevice', 201],
      ['createStorageDevice', 400],
      ['createStorageDevice', 415],
      ['getStorageDevice', 200],
      ['listStorageDevices', 200],
      ['listStorageDeviceStatuses', 200],
      ['shutDownStorageDevice', 400],
    ],
    cost: 'creates',
    notOnLive: staysForGood,
    async run(t) {
      const deviceId = await saveDevice(t)
      const path = { deviceId }
      const { body: device } = await t.call('getStorageDevice', { path, expect: 200 })
      expectEqual(device.id, deviceId, 'the id')
      const { body: list } = await t.call('listStorageDevices', { query: { page_size: 100 }, expect: 200 })
      expectThat(
        list.results.some(({ id }) => id === deviceId),
        'the device is listed',
      )
      await saveDevice(t)
      const { body: first } = await t.call('listStorageDevices', { query: { page_size: 1 }, expect: 200 })
      expectThat(
        (await collectPages(t, first)).some(({ id }) => id === deviceId),
        'the device is on one of the pages',
      )
      const { body: history } = await t.call('listStorageDeviceStatuses', { path, expect: 200 })
      expectEqual(
        history.results.map(({ status }) => status),
        ['Not Started'],
        'the history',
      )
      await t.call('shutDownStorageDevice', { path, expect: 400 })
      await t.call('createStorageDevice', { wrongJson: {}, expect: 400 })
      await refused(
        t,
        { ...requestFor('createStorageDevice'), headers: { 'content-type': 'text/csv' }, body: 'a' },
        415,
        'takes no CSV',
      )
    },
  }),
  scenario({
    id: 'storage/use',
    title: 'a storage device is started, attached to a job, filled with files, and shut down',
    needs: ['a saved storage device', 'an uploaded text file'],
    covers: [
      ['submitStorageDevice', 200],
      ['attachStorageDevice', 201],
      ['attachStorageDevice', 400],
      ['downloadFilesToStorageDevice', 201],
      ['downloadFilesToStorageDevice', 400],
      ['downloadFilesToStorageDevice', 415],
      ['shutDownStorageDevice', 200],
    ],
    cost: 'submits',
    notOnLive: {
      kind: 'costs-money',
      text: 'No price of storage devices is published, so nobody can say what it costs at worst.',
    },
    async run(t) {
      const { deviceId } = t.given['a saved storage device']
      const { fileId } = t.given['an uploaded text file']
      const path = { deviceId }
      const json = { files: [{ id: fileId }] }
      await t.call('downloadFilesToStorageDevice', { path, wrongJson: json, expect: 400 })
      await t.call('submitStorageDevice', { path, expect: 200 })
      await untilDeviceWas(t, deviceId, 'Started')
      const jobId = await saveJob(t)
      await t.call('attachStorageDevice', {
        path: { jobId },
        json: { storageDevice: { id: deviceId } },
        expect: 201,
      })
      await t.call('attachStorageDevice', {
        path: { jobId },
        wrongJson: { storageDevice: { id: 'zzzzzz' } },
        expect: 400,
      })
      await t.call('downloadFilesToStorageDevice', { path, wrongJson: json, expect: 201 })
      const request = requestFor('downloadFilesToStorageDevice', path)
      await refused(
        t,
        { ...request, headers: { 'content-type': 'text/csv' }, body: 'a' },
        415,
        'takes no CSV',
      )
      await t.call('shutDownStorageDevice', { path, expect: 200 })
      const history = await untilDeviceWas(t, deviceId, 'Stopped')
      expectEqual(await untilDeviceWas(t, deviceId, 'Stopped'), history, 'the history, read again')
      const { body: first } = await t.call('listStorageDeviceStatuses', {
        path,
        query: { page_size: 2 },
        expect: 200,
      })
      expectEqual(
        (await collectPages(t, first)).map(({ status }) => status),
        history,
        'the history, two on each page',
      )
    },
  }),
  scenario({
    id: 'storage/another-key-sees-nothing',
    title: 'a storage device of one key, another neither sees nor finds listed',
    needs: ['a saved storage device', 'a second key'],
    covers: [
      ['getStorageDevice', 404],
      ['listStorageDeviceStatuses', 404],
      ['listStorageDevices', 200],
    ],
    cost: 'creates',
    notOnLive: staysForGood,
    async run(t) {
      const path = t.given['a saved storage device']
      await t.call('getStorageDevice', { path, expect: 200 })
      for (const operationId of ['getStorageDevice', 'listStorageDeviceStatuses'] as const)
        await refused(t, { ...requestFor(operationId, path), as: 'other' }, 404, 'as another')
      await t.call('listStorageDevices', { query: { page_size: 100 }, as: 'other', expect: 200 })
    },
  }),
]
