import type * as fs from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { realClock } from '../harness-clock.ts'
import { jobRequest, uploadForm } from '../job-requests.ts'
import { runScenario } from '../run-scenario.ts'
import { scenario } from '../scenario.ts'
import { type LiveHere, liveHere } from '../second-server/live-here.ts'

/** What happened, in order: lines that were written, files that were brought to the disk, requests that went out. */
const happened = vi.hoisted(() => [] as string[])

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>()
  return {
    ...real,
    writeSync: (file: number, text: string) => {
      happened.push(`write ${file} ${text.trim()}`)
      return real.writeSync(file, text)
    },
    fsyncSync: (file: number) => {
      happened.push(`sync ${file}`)
      real.fsyncSync(file)
    },
  }
})

let here: LiveHere
beforeEach(async () => {
  here = await liveHere({
    latencyMs: () => 0,
    beforeAnswer: (method, target) => void happened.push(`platform ${method} ${target}`),
  })
  happened.length = 0
})
afterEach(() => here[Symbol.asyncDispose]())

const story = scenario({
  id: 'synced/story',
  title: 'makes, submits and deletes',
  needs: [],
  covers: [],
  cost: 'submits',
  async run(t) {
    const json = jobRequest({ name: t.unique('job'), command: 'sleep 600' })
    const { body: job } = await t.call('createJob', { json, expect: 201 })
    happened.push('answered createJob')
    await t.call('submitJob', { path: { jobId: job.id }, expect: 200 })
    happened.push('answered submitJob')
    const form = uploadForm(`${t.unique('file')}.txt`, new Uint8Array([1]))
    const { body: file } = await t.call('uploadFile', { form, expect: 201 })
    happened.push('answered uploadFile')
    await t.call('deleteFile', { path: { fileId: file.id }, expect: 204 })
    happened.push('answered deleteFile')
  },
})

/** The last line before that was written and fits, and whether it was brought to the disk by then. */
function onDiskBefore(at: number, line: RegExp): boolean {
  const written = happened.findLastIndex((one, index) => index < at && line.test(one))
  const file = /^write (\d+) /.exec(happened[written] ?? '')?.[1]
  const synced = happened.indexOf(`sync ${file}`, written)
  return written >= 0 && synced > written && synced < at
}

const at = (what: RegExp | string): number => {
  const index = happened.findIndex((one) => (typeof what === 'string' ? one === what : what.test(one)))
  expect(index, String(what)).toBeGreaterThanOrEqual(0)
  return index
}

it('what will be made, spent and deleted is on the disk before the platform hears of it, and what was answered before anybody sees it', async () => {
  const target = await here.target({ recordTo: join(here.home, 'recordings'), runs: 1 })
  const { outcome, failure } = await runScenario(story, target, { clock: realClock, check: () => [] })
  await target.close()
  expect([outcome, failure]).toEqual(['passed', undefined])
  const ledger = [
    [/"type":"intent".*"kind":"job"/, /^platform POST \/api\/v2\/jobs\/$/],
    [/"type":"created".*"kind":"job"/, 'answered createJob'],
    [/"type":"submit"/, /^platform POST \/api\/v2\/jobs\/\w+\/submit\/$/],
    [/"type":"intent".*"kind":"file"/, /^platform POST \/api\/v2\/files\/contents\/$/],
    [/"type":"deleting".*"kind":"file"/, /^platform DELETE \/api\/v2\/files\//],
    [/"type":"deleted".*"kind":"file"/, 'answered deleteFile'],
  ] as const
  for (const [line, before] of ledger) expect([line, onDiskBefore(at(before), line)]).toEqual([line, true])
  for (const operationId of ['createJob', 'submitJob', 'uploadFile', 'deleteFile']) {
    const line = new RegExp(`"exchange":.*"operationId":"${operationId}"`)
    expect([line, onDiskBefore(at(`answered ${operationId}`), line)]).toEqual([line, true])
  }
})
