import { expect, it } from 'vitest'
import { readVolume, tellVolume } from '../../worlds/records/other-records.ts'
import { LONGEST_LINE } from '../../worlds/world-file-reader.ts'
import { SimulatedVolumes } from './simulated-volumes.ts'

const device = { tenantId: 'tenant', deviceId: 'device' }
const MiB = 1024 * 1024

it('is a line that a world file may have, whatever is put on it', () => {
  const volumes = new SimulatedVolumes()
  const seed = 'x'.repeat(100)
  volumes.put(device, 'large', { kind: 'bytes', bytes: new Uint8Array(16 * MiB) }, 0)
  // Each of the characters takes six when it is written down.
  for (let file = 0; file < 12_000; file += 1)
    volumes.put(
      device,
      `${'\u0001'.repeat(400)}${file}`,
      { kind: 'seeded', size: file, seed, isText: true },
      file,
    )
  const [saved] = volumes.save('tenant')
  if (!saved) throw new Error('nothing is on the device')
  const line = JSON.stringify(tellVolume(saved))
  expect(saved.files.length).toBeGreaterThan(1_000)
  expect(line.length).toBeGreaterThan(16 * MiB)
  expect(line.length).toBeLessThan(LONGEST_LINE)
  expect(readVolume(JSON.parse(line)).files).toHaveLength(saved.files.length)
})

it('leaves out files whose paths are too long together, and has room again when some are gone', () => {
  const volumes = new SimulatedVolumes()
  const path = (file: number) => `${'\u0001'.repeat(2_000)}${file}`
  const put = (file: number) => volumes.put(device, path(file), { kind: 'unkept', size: 1 }, 0)
  for (let file = 0; file < 1_000; file += 1) put(file)
  const kept = volumes.save('tenant')[0]?.files ?? []
  expect(kept.length).toBeGreaterThan(300)
  expect(kept.length).toBeLessThan(360)
  volumes.release(device)
  for (let file = 0; file < 1_000; file += 1) put(file % 300)
  put(999)
  expect(volumes.save('tenant')[0]?.files).toHaveLength(301)
})
