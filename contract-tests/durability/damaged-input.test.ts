import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createClient, type RescaleClient } from '../../client/index.ts'
import { createRescale, openDataFolder, type Rescale } from '../../mock-server/index.ts'
import { aJob } from '../fixtures.ts'

let folder: string
let rescale: Rescale
let client: RescaleClient

/** Opens the folder, and tells what of it is lost. */
async function start(): Promise<string[]> {
  const data = await openDataFolder(folder)
  rescale = createRescale({ data })
  const { apiKey, fetch } = rescale
  client = createClient({ baseUrl: 'http://rescale.test', apiKey, fetch, env: {} })
  return (data.damage?.losses ?? []).map(({ what }) => what)
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-damaged-input-'))
})
afterEach(async () => {
  await rescale.close()
  await rm(folder, { recursive: true })
})

/** Of the file whose content it is. */
async function flipFirstByteOf(content: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path)
    if (bytes.toString() === content) return writeFile(path, `?${content.slice(1)}`)
  }
  throw new Error('no file has this content')
}

it('begins a run again whose input is damaged, without that input', async () => {
  await start()
  const { id: fileId } = await client.files.upload(Buffer.from('the only one'), { name: 'range.inp' })
  const { id } = await client.jobs.create(
    aJob({ command: 'cat range.inp; sleep 600', inputs: [{ id: fileId }] }),
  )
  await client.jobs.submit(id)
  rescale.world().advance('10m')
  expect(rescale.world().platform.job(id).status).toBe('Executing')
  await rescale.close()
  await flipFirstByteOf('the only one')

  const losses = await start()
  expect(losses.join('\n')).toContain(`file ${fileId} ("range.inp")`)
  expect(losses.join('\n')).toContain(`run 1 of job ${id}`)
  expect(rescale.world().platform.job(id).status).toBe('Executing')
  rescale.world().settle()
  const log = (await client.jobs.log(id))?.lines.join('\n')
  expect(log).toContain('cat: range.inp: No such file or directory')
  expect(log).not.toContain('he only one')
  await rescale.close()
  expect(await start()).toEqual([])
})
