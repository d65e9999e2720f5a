import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createControl } from '../../client/control/index.ts'
import { ClusterError, createClient, type RescaleClient } from '../../client/index.ts'
import { aTlsFront } from '../../client/test-support/tls-front.ts'
import { until } from '../process/api.ts'
import { projectFolder } from '../programs/built-cli.ts'
import { type BuiltServer, startBuiltServer } from '../programs/built-server.ts'

let folder: string
let server: BuiltServer
let client: RescaleClient

const small = { coreType: 'granite', coresPerSlot: 2, walltime: 1, intervalMs: 20 } as const

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-clusters-test-'))
  server = await startBuiltServer([
    '--executor',
    'shell',
    '--pace',
    '3000x',
    '--data-dir',
    join(folder, 'data'),
  ])
  client = createClient({ baseUrl: server.url, apiKey: server.apiKey, env: {} })
})

afterAll(async () => {
  await client?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

const newest = async (jobId: string) => (await client.jobs.statuses(jobId).first())?.status

it('runs commands with their output as it comes, and is stopped with its block', async () => {
  let jobId = ''
  {
    await using cluster = await client.clusters.start(small)
    jobId = cluster.jobId
    expect(await newest(jobId)).toBe('Executing')
    const seen: string[] = []
    const chunks = cluster.exec('echo one; read line; echo "got $line"; echo bad >&2; exit 7', {
      stdin: Readable.from(
        (async function* () {
          // Only what has been heard of is answered: the output does not wait for the command's end.
          await until('the first line', () => seen.length > 0)
          yield 'two\n'
        })(),
      ),
      onStdout: (chunk) => void seen.push(String(Buffer.from(chunk))),
    })
    expect(await chunks).toEqual({ exitCode: 7, exitSignal: null, stdout: 'one\ngot two\n', stderr: 'bad\n' })
    expect(seen[0]).toBe('one\n')
  }
  const { verdict } = await client.jobs
    .waitFor(jobId, 'Completed', { intervalMs: 20 })
    .then(() => client.jobs.outcome(jobId))
  expect(verdict).toBe('stopped')
})

it('reaches a cluster whose platform only an authority of the environment vouches for', async () => {
  await using front = await aTlsFront()
  front.to(Number(new URL(server.url).port))
  await using behind = createClient({ baseUrl: front.url, apiKey: server.apiKey, env: {} })
  await using cluster = await behind.clusters.start(small)
  const [sent, back] = [join(folder, 'sent'), join(folder, 'back-by-tls')]
  await writeFile(sent, 'two words')
  await cluster.put(sent, 'there')
  expect(await cluster.exec('wc -w < there > words && cat words')).toMatchObject({
    exitCode: 0,
    stdout: '2\n',
  })
  await cluster.get('words', back)
  expect(await readFile(back, 'utf8')).toBe('2\n')
})

it('hears the exit code of commands that are over at once', async () => {
  await using cluster = await client.clusters.start(small)
  for (let time = 0; time < 20; time++) expect((await cluster.exec('true')).exitCode).toBe(0)
  expect(await Promise.all([1, 2, 3].map((code) => cluster.exec(`exit ${code}`)))).toMatchObject([
    { exitCode: 1 },
    { exitCode: 2 },
    { exitCode: 3 },
  ])
})

it('copies files and folders both ways, and leaves what it computed among the outputs', async () => {
  const local = join(folder, 'case')
  await mkdir(join(local, 'deep/er'), { recursive: true })
  await writeFile(join(local, 'deep/er/a.txt'), 'a'.repeat(100_000))
  await writeFile(join(local, 'empty'), '')
  await using cluster = await client.clusters.start(small)
  const progress: number[] = []
  const onProgress = ({ transferred }: { transferred: number }) => void progress.push(transferred)
  expect(await cluster.put(local, 'work/case', { onProgress })).toEqual({ files: 2, bytes: 100_000 })
  expect(progress.at(-1)).toBe(100_000)
  const { stdout } = await cluster.exec(
    'cd work/case && sha512sum deep/er/a.txt > sum && mkdir new && cp sum new && wc -c < empty',
  )
  expect(stdout.trim()).toBe('0')
  expect(await cluster.get('work/case', join(folder, 'back'))).toMatchObject({ files: 4 })
  expect(await readFile(join(folder, 'back/deep/er/a.txt'), 'utf8')).toHaveLength(100_000)
  expect((await readdir(join(folder, 'back'), { recursive: true })).sort()).toEqual(
    ['deep', 'deep/er', 'deep/er/a.txt', 'empty', 'new', 'new/sum', 'sum'].sort(),
  )
  await cluster.put(join(local, 'empty'), 'work/new/folder/name')
  await cluster.get('work/case/sum', join(folder, 'one'))
  expect(await readFile(join(folder, 'one'), 'utf8')).toMatch(/^[0-9a-f]{128} {2}deep/)
  await expect(cluster.get('work/nothing', join(folder, 'none'))).rejects.toThrow(ClusterError)
  await cluster.stop()
  await client.jobs.waitFor(cluster.jobId, 'Completed', { intervalMs: 20 })
  const names = (await client.jobs.files(cluster.jobId).toArray()).map((file) => file.relativePath)
  expect(names).toContain('case/sum')
})

it('brings files back whose names are like those of copies in the making, and follows no link out', async () => {
  await using cluster = await client.clusters.start(small)
  await cluster.exec('mkdir -p tree/sub && for n in x x.part x.part.part sub/y; do echo $n > tree/$n; done')
  const there = join(folder, 'brought')
  expect(await cluster.get('tree', there)).toMatchObject({ files: 4 })
  const names = ['x', 'x.part', 'x.part.part', 'sub/y']
  for (const name of names) expect(await readFile(join(there, name), 'utf8')).toBe(`${name}\n`)
  expect((await readdir(there, { recursive: true })).sort()).toEqual(['sub', ...names].sort())
  const [outside, linked] = [join(folder, 'outside'), join(folder, 'linked')]
  await mkdir(outside)
  await mkdir(linked)
  await symlink(outside, join(linked, 'sub'))
  await expect(cluster.get('tree', linked)).rejects.toThrow('a link leads out of it')
  expect(await readdir(outside)).toEqual([])
})

it('trusts no host key but those of the job’s log', async () => {
  await using cluster = await client.clusters.start(small)
  expect(cluster.fingerprints.length).toBeGreaterThan(0)
  const credentials = { privateKey: 'none' }
  const fingerprints = [`SHA256:${'A'.repeat(43)}`]
  await using other = await client.clusters.attach(cluster.jobId, { credentials, fingerprints })
  // A key that cannot be read is told before anybody is reached, so a good one is needed to get that far.
  const { makeKeyPair } = await import('../../client/clusters/key-pair.ts')
  const { privateKey } = await makeKeyPair('test')
  await using stranger = await client.clusters.attach(cluster.jobId, {
    credentials: { privateKey },
    fingerprints,
  })
  await expect(other.exec('true')).rejects.toMatchObject({ kind: 'login' })
  await expect(stranger.exec('true')).rejects.toMatchObject({ kind: 'host-key' })
  await using known = await client.clusters.attach(cluster.jobId, { credentials: { privateKey } })
  await expect(known.exec('true')).rejects.toMatchObject({
    kind: 'login',
    hint: expect.stringContaining('publicKey'),
  })
})

it('logs in with a key where the agent that is named is gone, and tells of the agent where there is no key', async () => {
  const { makeKeyPair } = await import('../../client/clusters/key-pair.ts')
  const keyPair = await makeKeyPair('test')
  await using cluster = await client.clusters.start({ ...small, keyPair })
  const agent = join(folder, 'no-agent.sock')
  await using known = await client.clusters.attach(cluster.jobId, {
    credentials: { agent, privateKey: keyPair.privateKey },
  })
  expect(await known.exec('echo in')).toMatchObject({ stdout: 'in\n' })
  await using other = await client.clusters.attach(cluster.jobId, { credentials: { agent } })
  await expect(other.exec('true')).rejects.toMatchObject({
    kind: 'login',
    hint: expect.stringContaining(agent),
  })
})

it('stops the job when it cannot be used, or nobody wants it any more', async () => {
  const seen: string[] = []
  const controller = new AbortController()
  const start = client.clusters.start({
    ...small,
    signal: controller.signal,
    onStatus: ({ status, jobId }) => {
      if (jobId) seen.push(jobId)
      if (status === 'Queued') controller.abort('enough')
    },
  })
  await expect(start).rejects.toMatchObject({ name: 'AbortedError', cause: 'enough' })
  const [job] = await client.jobs.list().toArray({ maxItems: 1 })
  await client.jobs.waitFor(job?.id ?? '', 'Completed', { intervalMs: 20 })
  const failed = client.clusters.start({ ...small, name: '[mock:no-capacity] cluster' })
  await expect(failed).rejects.toMatchObject({ name: 'ClusterError', kind: 'start' })
})

it('is stopped when its block throws, and lets the error through', async () => {
  let jobId = ''
  const block = async () => {
    await using cluster = await client.clusters.start(small)
    jobId = cluster.jobId
    throw new Error('of the program')
  }
  await expect(block()).rejects.toThrow('of the program')
  await client.jobs.waitFor(jobId, 'Completed', { intervalMs: 20 })
  expect((await client.jobs.outcome(jobId)).verdict).toBe('stopped')
})

it('is left in peace when it was over already', async () => {
  await using cluster = await client.clusters.start(small)
  await client.jobs.stop(cluster.jobId)
  await client.jobs.waitFor(cluster.jobId, 'Completed', { intervalMs: 20 })
})

it('gets no sign of life any more once it could not be stopped, and so ends by itself', async () => {
  const { faults } = createControl({ baseUrl: server.url, apiKey: server.apiKey })
  const cluster = await client.clusters.start({ ...small, deadAfterMs: 1_000 })
  await faults.plan([{ operation: 'stopJob', kind: 'status', status: 403 }])
  await expect(cluster.stop()).rejects.toMatchObject({ name: 'ForbiddenError' })
  const result = await client.jobs.waitFor(cluster.jobId, 'Completed', { intervalMs: 50 })
  expect(result.reached).toBe(true)
  const log = await client.jobs.log(cluster.jobId)
  expect(log?.lines.join('')).toMatch(/Nobody has been heard of for \d+ s: this cluster ends\./)
})

it('ends a command that is aborted, and goes on with others', async () => {
  await using cluster = await client.clusters.start(small)
  const controller = new AbortController()
  const running = cluster.exec('echo started; sleep 60', {
    signal: controller.signal,
    onStdout: () => controller.abort('enough'),
  })
  await expect(running).rejects.toMatchObject({ name: 'AbortedError', cause: 'enough' })
  expect((await cluster.exec('echo on')).stdout).toBe('on\n')
})

it('ends a command whose input cannot be read, with the error of that', async () => {
  await using cluster = await client.clusters.start(small)
  const broken = Readable.from(
    (async function* () {
      yield 'the first half'
      throw new Error('the disk is gone')
    })(),
  )
  const running = cluster.exec('cat > half; echo "as if it were whole"', { stdin: broken })
  await expect(running).rejects.toThrow('the disk is gone')
  const missing = createReadStream(join(tmpdir(), 'localscale-is-not-there'))
  await once(missing, 'error')
  await expect(cluster.exec('cat', { stdin: missing })).rejects.toMatchObject({ code: 'ENOENT' })
  expect((await cluster.exec('head -c 5 /dev/zero | wc -c', { stdin: 'unread' })).stdout.trim()).toBe('5')
})

it.each(['onStdout', 'onStderr'] as const)('ends a command whose output %s cannot take', async (taker) => {
  await using cluster = await client.clusters.start(small)
  const command = 'echo $$ > pid; echo out; echo err >&2; exec sleep 60'
  const running = cluster.exec(command, {
    [taker]: async () => {
      throw new Error('the disk is full')
    },
  })
  await expect(running).rejects.toThrow('the disk is full')
  await until('the end of the command', async () => {
    const { exitCode } = await cluster.exec('kill -0 $(cat pid)')
    return exitCode !== 0
  })
})

describe.each(['put', 'get'] as const)('an aborted %s', (way) => {
  const MANY = 16 * 1024 * 1024

  it('leaves no file, neither here nor there, and the cluster as it is', async () => {
    await using cluster = await client.clusters.start(small)
    const here = join(folder, `aborted-${way}`)
    await mkdir(here)
    await writeFile(join(here, 'there'), Buffer.alloc(MANY, way))
    await cluster.put(join(here, 'there'), 'copies/large')
    await rm(join(here, 'there'))
    await writeFile(join(here, 'local'), Buffer.alloc(MANY, 1))
    const controller = new AbortController()
    const stopping = { signal: controller.signal, onProgress: () => controller.abort('enough') }
    const copying =
      way === 'put'
        ? cluster.put(join(here, 'local'), 'copies/new', stopping)
        : cluster.get('copies/large', join(here, 'new'), stopping)
    await expect(copying).rejects.toMatchObject({ name: 'AbortedError', cause: 'enough' })
    expect(await readdir(here)).toEqual(['local'])
    expect((await cluster.exec('ls copies')).stdout).toBe('large\n')
    const again =
      way === 'put'
        ? cluster.put(join(here, 'local'), 'copies/new', stopping)
        : cluster.get('copies/large', join(here, 'new'), stopping)
    await expect(again).rejects.toMatchObject({ name: 'AbortedError', cause: 'enough' })
    expect((await cluster.exec('ls copies')).stdout).toBe('large\n')
  })

  it('leaves the file that was to be replaced as it was', async () => {
    await using cluster = await client.clusters.start(small)
    const here = join(folder, `kept-${way}`)
    await mkdir(here)
    await writeFile(join(here, 'new'), Buffer.alloc(MANY, 1))
    await writeFile(join(here, 'old'), 'as it was')
    await cluster.put(join(here, way === 'put' ? 'old' : 'new'), 'copies/target')
    await cluster.exec('cd copies && chmod 750 target && ln -s target link')
    const controller = new AbortController()
    const stopping = { signal: controller.signal, onProgress: () => controller.abort('enough') }
    const copying =
      way === 'put'
        ? cluster.put(join(here, 'new'), 'copies/link', stopping)
        : cluster.get('copies/link', join(here, 'old'), stopping)
    await expect(copying).rejects.toMatchObject({ name: 'AbortedError', cause: 'enough' })
    const there =
      way === 'put'
        ? (await cluster.exec('cat copies/target')).stdout
        : await readFile(join(here, 'old'), 'utf8')
    expect(there).toBe('as it was')
    expect((await readdir(here)).sort()).toEqual(['new', 'old'])
    await cluster.put(join(here, 'old'), 'copies/link')
    expect(
      (await cluster.exec('cd copies && ls && cat target; stat -c %a target; readlink link')).stdout,
    ).toBe('link\ntarget\nas it was750\ntarget\n')
  })
})

const PROGRAM = `
import { createClient } from ${JSON.stringify(join(projectFolder, 'dist/lib/client/index.js'))}
const client = createClient()
const cluster = await client.clusters.start({
  coreType: 'granite', coresPerSlot: 2, walltime: 1, intervalMs: 20, deadAfterMs: Number(process.argv[2]),
})
console.log(cluster.jobId)
if (process.argv[3] === 'wait') setInterval(() => {}, 1e6)
`

/** A program of its own that starts a cluster; resolves when it has told the job's id. */
async function aProgram(deadAfterMs: number, ending: 'wait' | 'leave') {
  const path = join(folder, 'program.mjs')
  await writeFile(path, PROGRAM)
  const child = spawn(process.execPath, [path, String(deadAfterMs), ending], {
    env: { ...process.env, RESCALE_API_URL: server.url, RESCALE_API_KEY: server.apiKey },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit') as Promise<[number | null, string | null]>
  const [jobId] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return { child, gone, jobId }
}

it('ends by itself when its client is killed, and not before', { timeout: 30_000 }, async () => {
  const { child, gone, jobId } = await aProgram(3_000, 'wait')
  const began = Date.now()
  // Longer than it would live without a heartbeat.
  await until('five seconds of life', async () => {
    expect(await newest(jobId)).toBe('Executing')
    return Date.now() - began > 5_000
  })
  child.kill('SIGKILL')
  await gone
  await until('the end of the job', async () => (await newest(jobId)) === 'Completed')
  const log = await client.jobs.log(jobId)
  expect(log?.lines.join('')).toMatch(/Nobody has been heard of for \d+ s: this cluster ends\./)
})

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('is stopped when its program gets %s', async (signal) => {
  const { child, gone, jobId } = await aProgram(300_000, 'wait')
  child.kill(signal)
  expect(await gone).toEqual([null, signal])
  await until('the end of the job', async () => (await newest(jobId)) === 'Completed')
  expect((await client.jobs.outcome(jobId)).verdict).toBe('stopped')
})

it('is stopped when its program just ends', async () => {
  const { gone, jobId } = await aProgram(300_000, 'leave')
  expect(await gone).toEqual([0, null])
  await until('the end of the job', async () => (await newest(jobId)) === 'Completed')
  expect((await client.jobs.outcome(jobId)).verdict).toBe('stopped')
})
