import { expect, it } from 'vitest'
import { describeRescale } from '../targets.ts'

const device = (name: string) => ({ name, storageSize: 10, hardware: { walltime: 1 } })

describeRescale('a seeded file', (target) => {
  it('has the text to its last blank, whoever seeds it', async () => {
    const text = ' \n first\n\tlast \n'
    await target().control.world.seed({ files: [{ name: 'ends.inp', text }] })
    await target().control.world.seed({ files: [{ name: 'empty.inp', text: '' }] })
    await target().world.seed({ files: [{ name: 'direct.inp', text }] })
    for (const [name, expected] of [
      ['ends.inp', text],
      ['direct.inp', text],
      ['empty.inp', ''],
    ] as const) {
      const { data } = await target().client.GET('/api/v2/files/', { params: { query: { search: name } } })
      const [{ id = '' } = {}] = data?.results ?? []
      const answer = await target().fetch(`/api/v2/files/${id}/contents/`)
      expect([name, await answer.text()]).toEqual([name, expected])
    }
  })
})

describeRescale('a seeded storage device', (target) => {
  it('is saved, and as one that was posted', async () => {
    await target().control.world.seed({ storageDevices: [device('one'), device('two')] })
    const { data } = await target().client.GET('/api/v2/storage-devices/')
    expect(data?.results.map(({ name }) => name)).toEqual(['two', 'one'])
    const { data: posted } = await target().client.POST('/api/v2/storage-devices/', { body: device('three') })
    const [{ id = '' } = {}] = data?.results ?? []
    const { data: seeded } = await target().client.GET('/api/v2/storage-devices/{deviceId}/', {
      params: { path: { deviceId: id } },
    })
    expect(Object.keys(seeded ?? {})).toEqual(Object.keys(posted ?? {}))
    expect(seeded).toMatchObject({ name: 'two', storageSize: posted?.storageSize, region: posted?.region })
    const { data: history } = await target().client.GET('/api/v2/storage-devices/{deviceId}/statuses/', {
      params: { path: { deviceId: id } },
    })
    expect(history?.results.map(({ status }) => status)).toEqual(['Not Started'])
  })

  it('is refused with all that is seeded with it where the API would refuse it', async () => {
    const wrong = { ...device('two'), storageSize: 'much' }
    const seed = { files: [{ name: 'range.inp', text: '1000' }], storageDevices: [device('one'), wrong] }
    await expect(target().world.seed(seed)).rejects.toThrow(/^storageDevices\[1\]: .*storageSize/)
    expect(target().world.platform.storage.list({}).count).toBe(0)
    expect(target().world.platform.files({ search: 'range.inp' }).count).toBe(0)
  })
})
