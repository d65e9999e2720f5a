import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readJournal } from '../recording/journal.ts'
import { type LiveHere, liveHere } from '../second-server/live-here.ts'
import { ledgerPath } from './account.ts'
import { readLedger } from './ledger.ts'

const main = new URL('../../../mock-server/main.ts', import.meta.url).pathname
const stories = new URL('./crash.fixture.ts', import.meta.url).pathname

let here: LiveHere
let children: ChildProcess[]
let created: number
let unanswered: () => void
let whenUnanswered: Promise<void>
let stopped: string[]
beforeEach(async () => {
  children = []
  created = 0
  stopped = []
  whenUnanswered = new Promise((resolve) => {
    unanswered = resolve
  })
  here = await liveHere({
    pace: 'still',
    beforeAnswer(method, target) {
      if (method === 'POST' && target.endsWith('/stop/')) stopped.push(target)
      if (method !== 'POST' || target !== '/api/v2/jobs/' || ++created < 2) return undefined
      unanswered()
      return new Promise(() => undefined)
    },
  })
  writeFileSync(join(here.home, 'ca.pem'), here.server.ca)
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await here[Symbol.asyncDispose]()
})

function contract(...args: string[]): { child: ChildProcess; output: () => string } {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', main, 'contract', ...args, '--resolve', 'platform.second.test=127.0.0.1'],
    {
      env: {
        PATH: process.env.PATH,
        HOME: here.home,
        XDG_STATE_HOME: join(here.home, 'xdg'),
        NODE_EXTRA_CA_CERTS: join(here.home, 'ca.pem'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  children.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text += chunk))
  return { child, output: () => text }
}

const namesOnServer = async (what: 'jobs' | 'files'): Promise<string[]> => {
  const answer = await here.server.rescale.fetch(`${here.server.url}/api/v2/${what}/?page_size=100`, {
    headers: { authorization: here.profile.authorization },
  })
  return ((await answer.json()) as { results: { name: string }[] }).results.map(({ name }) => name)
}

const ours = { PATH: process.env.PATH }

async function allowSecond(): Promise<void> {
  const allowed = spawn(process.execPath, ['--import', 'tsx', main, 'contract', 'allow', 'second'], {
    env: { ...ours, HOME: here.home, XDG_STATE_HOME: join(here.home, 'xdg') },
  })
  children.push(allowed)
  expect((await once(allowed, 'exit'))[0]).toBe(0)
}

/** Runs until the answer to its second job is held back. */
async function untilUnanswered(...more: string[]): Promise<ReturnType<typeof contract>> {
  const run = contract(
    'run',
    '--target',
    'live',
    '--profile',
    'second',
    '--allow-create',
    '--max-cost',
    '5',
    '--poll',
    '1',
    '--scenarios',
    stories,
    '--only',
    'crash/*',
    ...more,
  )
  const early = once(run.child, 'exit').then(() => {
    throw new Error(`it ended by itself:\n${run.output()}`)
  })
  await Promise.race([whenUnanswered, early])
  early.catch(() => undefined)
  return run
}

it('a live run that is asked to end takes everything away first, though an answer never comes', {
  timeout: 60_000,
}, async () => {
  const before = [await namesOnServer('jobs'), await namesOnServer('files')]
  await allowSecond()
  const run = await untilUnanswered()
  here.server.rescale.world().setPace('settled')
  run.child.kill('SIGTERM')
  expect((await once(run.child, 'exit'))[0]).toBe(2)
  expect(run.output()).toContain('SIGTERM: cleaning up first')
  expect([await namesOnServer('jobs'), await namesOnServer('files')]).toEqual(before)
})

it('a live run that is killed leaves nothing running, and nothing at all once it is reaped', {
  timeout: 60_000,
}, async () => {
  const before = [await namesOnServer('jobs'), await namesOnServer('files')]
  const allowed = spawn(process.execPath, ['--import', 'tsx', main, 'contract', 'allow', 'second'], {
    env: { PATH: process.env.PATH, HOME: here.home, XDG_STATE_HOME: join(here.home, 'xdg') },
  })
  children.push(allowed)
  expect((await once(allowed, 'exit'))[0]).toBe(0)

  const recordings = join(here.home, 'recordings')
  const run = contract(
    'run',
    '--target',
    'live',
    '--profile',
    'second',
    '--allow-create',
    '--max-cost',
    '5',
    '--poll',
    '1',
    '--scenarios',
    stories,
    '--only',
    'crash/*',
    '--record',
    '--recordings',
    recordings,
  )
  await Promise.race([
    whenUnanswered,
    once(run.child, 'exit').then(() => {
      throw new Error(`it ended by itself:\n${run.output()}`)
    }),
  ])
  run.child.kill('SIGKILL')
  await once(run.child, 'exit')
  expect((await namesOnServer('jobs')).length).toBe((before[0]?.length ?? 0) + 2)

  // The process that outlives it stops the job; the walltime would only do so an hour later.
  await vi.waitFor(() => expect(stopped).toHaveLength(1), { timeout: 20_000 })
  const ledger = ledgerPath(join(here.home, 'xdg', 'localscale', 'contract'), here.profile)
  await vi.waitFor(
    () =>
      expect(readLedger(ledger)).toContainEqual(expect.objectContaining({ type: 'stopped', by: 'dead-man' })),
    { timeout: 5_000 },
  )

  // Every exchange that was answered is on the disk, and nothing of the key.
  const [journal] = readdirSync(join(recordings, 'crash'))
  const journalPath = join(recordings, 'crash', journal ?? '')
  expect(readJournal(journalPath).entries.map(({ exchange }) => exchange.operationId)).toEqual([
    'createJob',
    'submitJob',
    'uploadFile',
  ])
  for (const path of [journalPath, ledger])
    expect(readFileSync(path, 'utf8')).not.toContain(here.server.apiKey)

  here.server.rescale.world().setPace('settled')
  const reaping = contract('reap', '--profile', 'second')
  const [code] = await once(reaping.child, 'exit')
  expect(reaping.output()).toMatch(/1 unfinished runs; 3 things taken away, 0 left/)
  expect(code).toBe(0)
  expect([await namesOnServer('jobs'), await namesOnServer('files')]).toEqual(before)

  const again = contract('reap', '--profile', 'second')
  expect((await once(again.child, 'exit'))[0]).toBe(0)
  expect(again.output()).toMatch(/^0 unfinished runs/)
})
