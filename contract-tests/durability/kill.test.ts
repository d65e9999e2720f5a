import { once } from 'node:events'
import { watch as watchFolder } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { beforeAll, expect, it } from 'vitest'
import { RandomStream } from '../../mock-server/domain/random.ts'
import { aJob } from '../fixtures.ts'
import { ensureBuilt } from '../programs/built-cli.ts'
import { type BuiltServer, killWhileItStarts, startBuiltServer } from '../programs/built-server.ts'
import { ChangedWorld } from './changed-world.ts'
import { Promised, rowsOf } from './promised.ts'
import { uploadText } from './upload-text.ts'

/** Times that the server is killed. */
const KILLS = Number(process.env.KILLS ?? 200)
/** Requests that are under way at every moment. */
const AT_ONCE = 6
/** Every so many kills it is killed while it starts again, too; and one of so many is told to end before it is killed. */
const KILLS_PER_START = 12
const KILLS_PER_END = 4
/** So often a world is changed before anything else is under way. */
const KILLS_PER_DEED = 2
/** Reading what is there, and writing what is left, take about as long. Milliseconds. */
const LONGEST_DELAY = 60
/** The world begins anew after so many kills, so that looking through it stays quick. */
const KILLS_PER_WORLD = 20

beforeAll(() => ensureBuilt(), 120_000)

it('loses nothing that it acknowledged, though it is killed at any moment', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'localscale-kill-'))
  const seed = process.env.KILL_SEED ?? String(Date.now())
  const chance = new RandomStream(seed)
  const worlds = ['a', 'b'].map((letter) => new Promised(letter.repeat(40)))
  const changed = new ChangedWorld('c'.repeat(40))
  try {
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const options = ['--data-dir', folder, '--pace', '600x']
      if (kill % KILLS_PER_START === 0)
        expect(await killWhileItStarts(options, amidStart(folder, chance))).toBe('')
      const server = await startBuiltServer(options)
      for (const world of worlds) await world.check(server, kill % KILLS_PER_WORLD === 0)
      await changed.check(server)
      if (kill % KILLS_PER_WORLD === 0) for (const world of worlds) await beginAnew(server, world)
      // What takes longest would hardly ever come to its end.
      if (kill % KILLS_PER_DEED === 0) await changed.next(server, chance)
      await workUntilKilled(server, worlds, changed, chance)
      expect(server.said.stderr).toBe('')
    }
    const server = await startBuiltServer(['--data-dir', folder])
    for (const world of worlds) await world.check(server, true)
    await changed.check(server)
    await server.stop()
    expect(await readdir(folder)).not.toContain('set-aside')
    const promises = worlds.map(({ promises }) => promises)
    // Of fifteen things that are done, five are uploads or jobs; 15 are done before a kill on average.
    for (const kind of ['files', 'jobs', 'rows', 'seeds', 'snapshots', 'losses'] as const)
      expect(
        promises.reduce((sum, made) => sum + made[kind], 0),
        kind,
      ).toBeGreaterThan(KILLS / 4)
    for (const [kind, times] of Object.entries(changed.done)) expect(times, kind).toBeGreaterThan(0)
  } catch (error) {
    throw new Error(`with KILL_SEED=${seed}`, { cause: error })
  } finally {
    await rm(folder, { recursive: true })
  }
}, 900_000)

async function beginAnew(server: BuiltServer, world: Promised): Promise<void> {
  world.forgetAll()
  const answer = await ask(server, world, 'POST', '/_mock/world/reset/')
  expect(answer.status).toBe(200)
}

/** Does all sorts of things at once, until the server is killed amid them. */
async function workUntilKilled(
  server: BuiltServer,
  worlds: readonly Promised[],
  changed: ChangedWorld,
  chance: RandomStream,
): Promise<void> {
  let left = 1 + chance.integer(30)
  let killed: Promise<void> | undefined
  const work = async (act: () => Promise<void>): Promise<void> => {
    while (!killed) {
      try {
        await act()
      } catch (error) {
        // The connection is gone with the server: of what is wrong in here, Node tells no cause.
        if (!(error instanceof TypeError && error.cause)) throw error
      }
      left -= 1
      if (left <= 0) killed ??= kill(server, chance)
    }
  }
  const any = () => something(server, chance.pick(worlds as [Promised, ...Promised[]]), chance)
  const workers = Array.from({ length: AT_ONCE }, () => work(any))
  await Promise.all([...workers, work(() => changed.something(server, chance))])
  await killed
}

/** While it reads what is there: the database begins with its own log. */
async function amidStart(folder: string, chance: RandomStream): Promise<void> {
  const watching = watchFolder(join(folder, 'state'))
  await once(watching, 'change')
  watching.close()
  await delay(chance.integer(LONGEST_DELAY))
}

/** At this very moment, or while it ends in order. */
async function kill(server: BuiltServer, chance: RandomStream): Promise<void> {
  if (chance.integer(KILLS_PER_END) === 0) {
    process.kill(server.pid, 'SIGTERM')
    await delay(chance.integer(LONGEST_DELAY))
  }
  await server.kill()
}

const ask = (
  { url }: BuiltServer,
  { apiKey }: Pick<Promised, 'apiKey'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> =>
  fetch(url + path, {
    method,
    headers: { authorization: `Token ${apiKey}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

async function something(server: BuiltServer, world: Promised, chance: RandomStream): Promise<void> {
  const what = chance.integer(15)
  const job = chance.pick(['', ...world.jobs])
  const file = chance.pick(['', ...world.files])
  if (what <= 2) await upload(server, world, chance)
  else if (what <= 4 || (what <= 6 && job === '')) await create(server, world, chance, file)
  else if (what === 5) await stop(server, world, job)
  else if (what === 6) await tag(server, world, job)
  else if (what === 7) await ask(server, world, 'POST', '/_mock/time/advance/', { by: '3m' })
  else if (what === 12) await snapshot(server, world, `snapshot ${chance.integer(2)}`)
  else if (what === 14) await seed(server, world, `seed ${chance.uint32()}`)
  else if (what === 13) await plan(server, world, `plan-${chance.integer(30)}`)
  else if (what === 10) await comeAndGo(server, world, chance)
  else if (what === 8 && file) await remove(server, world, 'files', file)
  else if (what === 9 && job) await remove(server, world, 'jobs', job)
  else if (job) await watch(server, world, job)
}

async function upload(server: BuiltServer, world: Promised, chance: RandomStream): Promise<void> {
  const name = `file-${chance.uint32()}.txt`
  const content = name.repeat(chance.integer(20) === 0 ? 40_000 : 1 + chance.integer(500))
  world.hasFile(await uploadText(server, world.apiKey, name, content), name, content)
}

async function create(
  server: BuiltServer,
  world: Promised,
  chance: RandomStream,
  file: string,
): Promise<void> {
  const name = `job ${chance.uint32()}`
  const inputs = file ? [{ id: file }] : []
  const job = aJob({ name, inputs, command: 'cat *.txt > all.out; sleep 200; echo done' })
  const answer = await ask(server, world, 'POST', '/api/v2/jobs/', job)
  // Somebody else may have deleted the input meanwhile.
  if (answer.status === 400) return
  if (answer.status !== 201) throw new Error(`a new job was answered with ${answer.status}`)
  const { id } = (await answer.json()) as { id: string }
  world.hasJob(id, name)
  const submitted = await ask(server, world, 'POST', `/api/v2/jobs/${id}/submit/`)
  if (submitted.ok) world.hasOneOf(id, 'Pending')
  await watch(server, world, id)
}

async function stop(server: BuiltServer, world: Promised, job: string): Promise<void> {
  const answer = await ask(server, world, 'POST', `/api/v2/jobs/${job}/stop/`)
  if (answer.ok) world.hasStopped(job)
}

async function watch(server: BuiltServer, world: Promised, job: string): Promise<void> {
  const answer = await ask(server, world, 'GET', `/api/v2/jobs/${job}/`)
  if (answer.status !== 200) return
  const get = (path: string) => ask(server, world, 'GET', path)
  world.hasRows(job, await rowsOf(get, job).catch(ignoreGone))
}

const ignoreGone = (error: unknown): string[] => {
  if (error instanceof Error && error.message.includes('404')) return []
  throw error
}

async function tag(server: BuiltServer, world: Promised, job: string): Promise<void> {
  const answer = await ask(server, world, 'POST', `/api/v2/jobs/${job}/tags/`, { name: 'mine' })
  if (answer.ok) world.hasTag(job, 'mine')
}

async function snapshot(server: BuiltServer, world: Promised, name: string): Promise<void> {
  const answer = await ask(server, world, 'POST', '/_mock/world/snapshots/', { name })
  if (answer.status !== 201) throw new Error(`a snapshot answered ${answer.status}`)
  world.hasKept('snapshots', name)
}

/** All of it is there, or nothing. */
async function seed(server: BuiltServer, world: Promised, name: string): Promise<void> {
  const jobs = [null, 'Queued', 'Executing', 'Completed'].map((status) => ({
    ...aJob({ name, command: 'cat *.txt; sleep 300' }),
    status,
  }))
  world.maySeed(name, jobs.length)
  const files = [{ name: 'seeded.txt', text: name }]
  const answer = await ask(server, world, 'POST', '/_mock/world/seed/', { files, jobs })
  if (answer.status !== 200) throw new Error(`a seed answered ${answer.status}: ${await answer.text()}`)
  world.hasSeed(name)
}

async function plan(server: BuiltServer, world: Promised, name: string): Promise<void> {
  const faults = [{ operation: '*', kind: 'none' }]
  const answer = await ask(server, world, 'POST', '/_mock/faults/', { name, onlyByHeader: true, faults })
  if (answer.ok) world.hasKept('plans', name)
}

/** A world of its own, which ends at once. */
async function comeAndGo(server: BuiltServer, world: Promised, chance: RandomStream): Promise<void> {
  const apiKey = chance.uint32().toString(16).padStart(40, '0')
  const admin = (method: string, path: string, body?: unknown) =>
    ask(server, { apiKey: server.adminToken }, method, `/_mock/tenants/${path}`, body)
  const made = await admin('POST', '', { apiKey })
  if (made.status !== 201) throw new Error(`a new world was answered with ${made.status}`)
  const { tenantId } = (await made.json()) as { tenantId: string }
  if ((await admin('DELETE', `${tenantId}/`)).status === 204) world.hasEnded(tenantId)
}

async function remove(server: BuiltServer, world: Promised, kind: string, id: string): Promise<void> {
  world.mayLose(id)
  const answer = await ask(server, world, 'DELETE', `/api/v2/${kind}/${id}/`)
  if (answer.status === 204 || answer.status === 404) world.hasLost(id)
}
