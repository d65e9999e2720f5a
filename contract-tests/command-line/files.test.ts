import { on, once } from 'node:events'
import { watch } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createControl, type PlannedFault } from '../../client/control/index.ts'
import { createClient, type RescaleClient } from '../../client/index.ts'
import { aJob } from '../fixtures.ts'
import { ended } from '../programs/built-cli.ts'
import { type BuiltServer, startBuiltServer } from '../programs/built-server.ts'
import { aCommandLine } from './call.ts'
import { rescale, startRescale } from './rescale-process.ts'

const TEXT = 'eins\nzwei: ü ☃\nthree'

let server: BuiltServer
let client: RescaleClient
let home: string

beforeAll(async () => {
  server = await startBuiltServer(['--executor', 'shell', '--pace', '3000x'])
  client = createClient({ baseUrl: server.url, apiKey: server.apiKey, env: {} })
}, 120_000)

afterAll(async () => {
  await client?.close()
  await server?.stop()
})

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'localscale-files-test-'))
  return () => rm(home, { recursive: true, force: true })
})

const call = (args: readonly string[] | string, env: NodeJS.ProcessEnv = {}) =>
  rescale(typeof args === 'string' ? args.split(' ') : args, server, { home, env })

const aTextFile = async (text = TEXT, name = 'ü.txt') =>
  (await client.files.upload(Buffer.from(text), { name })).id

async function plan(...faults: PlannedFault[]): Promise<void> {
  await createControl({ baseUrl: server.url, apiKey: server.apiKey }).faults.plan(faults)
}

describe('rescale files upload', () => {
  it('tells the ids of those that arrived when others did not', async () => {
    await writeFile(join(home, 'one.txt'), '1')
    await writeFile(join(home, 'two.txt'), '22')
    await plan({ operation: 'uploadFile', kind: 'status', status: 400 })
    const done = await call('files upload one.txt two.txt -o json')
    expect(done.code).toBe(9)
    const uploaded = JSON.parse(done.stdout) as { id: string; name: string }[]
    expect(uploaded).toHaveLength(1)
    const [failed] = ['one.txt', 'two.txt'].filter((name) => name !== uploaded[0]?.name)
    expect(done.stderr).toContain(`{"warning":"${failed}: POST `)
    expect((await client.files.get(uploaded[0]?.id ?? '')).name).toBe(uploaded[0]?.name)
  })

  it('refuses a folder with nothing in it, and says what of a folder is not sent', async () => {
    await mkdir(join(home, 'case'))
    expect(await call('files upload case')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'error: There is nothing in the folder case\n',
    })
    await writeFile(join(home, 'case/a.inp'), 'a')
    await symlink('.', join(home, 'case/loop'))
    const done = await call('files upload case')
    expect(done).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\w{6} {2}case\.zip {2}/) })
    expect(done.stderr).toContain('warning: not in case.zip, being no plain files: loop')
  })
})

describe('rescale files download', () => {
  it.each([
    ['SIGINT', 130, 'interrupted'],
    ['SIGTERM', 143, 'terminated'],
  ] as const)('ends on %s with %i, and goes on from there when called again', async (signal, exit, word) => {
    const { id } = await client.files.upload(Buffer.alloc(20_000_000, 7), { name: 'large.bin' })
    await mkdir(join(home, 'out'))
    const control = createControl({ baseUrl: server.url, apiKey: server.apiKey })
    const holding = { operation: 'downloadFile', kind: 'delay', when: 'during', for: '10m' } as const
    await plan({ ...holding, afterBytes: 6_000_000, times: 9 })
    const watching = watch(join(home, 'out'))
    // From here on, and not only once it is asked: the program may be quicker than we are.
    const changes = on(watching, 'change')
    const child = await startRescale(
      ['files', 'download', id, '--to', 'out', '--connections', '1'],
      ...([server, { home }] as const),
    )
    const over = ended(child)
    const part = join(home, 'out', `large.bin.${id}.part`)
    const written = async () => ((await stat(part).catch(() => undefined))?.blocks ?? 0) * 512
    for await (const _ of changes) if ((await written()) >= 4_000_000) break
    watching.close()
    child.kill(signal)
    const done = await over
    expect([done.code, done.stdout]).toEqual([exit, ''])
    expect(done.stderr).toBe(
      `what has come of large files is kept: the same command goes on from there\nerror: ${word}\n`,
    )
    await control.faults.clear()
    await control.journal.clear()
    const again = await call(`files download ${id} --to out`)
    expect(again.stdout).toBe(`${join('out', 'large.bin')}  20.0 MB  SHA-512 verified\n`)
    expect(await readdir(join(home, 'out'))).toEqual(['large.bin'])
    const { entries } = await control.journal.list({ operation: 'downloadFile' })
    const requests = await Promise.all(entries.map(({ number }) => control.journal.entry(number)))
    const starts = requests.map(({ request }) =>
      Number(/^bytes=(\d+)-/.exec(String(request.headers.range))?.[1]),
    )
    expect(Math.min(...starts)).toBeGreaterThanOrEqual(4_000_000)
  })
})

describe('rescale files cat', () => {
  it('gives the bytes as they are', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index))
    const { id } = await client.files.upload(bytes, { name: 'all.bin' })
    const child = await startRescale(['files', 'cat', id], server, { home })
    const [stdout, [code]] = await Promise.all([buffer(child.stdout ?? process.stdin), once(child, 'close')])
    expect([stdout.equals(bytes), code]).toEqual([true, 0])
  })

  it('ends with a code of its own for each failure, and has nothing on stdout', async () => {
    const id = await aTextFile()
    expect(await call('files cat zzzzzz')).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringContaining('404'),
    })
    const other = { RESCALE_API_KEY: 'f'.repeat(40) }
    expect(await call(`files cat ${id}`, other)).toMatchObject({ code: 3, stdout: '' })
    expect(await call(`files cat ${id}`, { RESCALE_API_KEY: 'wrong' })).toMatchObject({ code: 4, stdout: '' })
    expect(await call('files cat')).toMatchObject({ code: 2, stdout: '' })
  })

  it('ends with 7 when the bytes are not those that were uploaded', async () => {
    const id = await aTextFile()
    await plan({ operation: 'downloadFile', kind: 'flip-byte', offset: 3 })
    expect(await call(`files cat ${id}`)).toMatchObject({
      code: 7,
      stderr: expect.stringContaining('SHA-512'),
    })
  })
})

describe('rescale files lines', () => {
  it('shows the lines, as one JSON document, or one a line', async () => {
    const id = await aTextFile()
    const lines = ['eins\n', 'zwei: ü ☃\n', 'three']
    expect(await call(`files lines ${id}`)).toEqual({ code: 0, stdout: TEXT, stderr: '' })
    const json = await call(`files lines ${id} -o json`)
    expect([json.code, JSON.parse(json.stdout)]).toEqual([0, { lines }])
    const ndjson = await call(`files lines ${id} -o ndjson`)
    const documents = lines.map((line) => `${JSON.stringify({ line })}\n`)
    expect(ndjson).toEqual({ code: 0, stdout: documents.join(''), stderr: '' })
    const field = await call(`files lines ${id} --field line`)
    expect(field.stdout.split('\n').filter(Boolean)).toEqual(['eins', 'zwei: ü ☃', 'three'])
  })

  it('ends with 3 for what is not there, its error as JSON where JSON is asked for', async () => {
    const missing = await call('files lines zzzzzz -o json')
    expect([missing.code, missing.stdout]).toEqual([3, ''])
    expect(JSON.parse(missing.stderr)).toMatchObject({ error: { exit: 'notFound', status: 404 } })
    const { id } = await client.files.upload(Buffer.alloc(40_000_000), { name: 'large.bin' })
    expect(await call(`files lines ${id}`)).toMatchObject({
      code: 12,
      stdout: '',
      stderr: expect.stringContaining('too large'),
    })
  })
})

describe('rescale files rm', () => {
  const isThere = async (id: string) =>
    client.files.get(id).then(
      () => true,
      () => false,
    )

  it('does nothing unless somebody confirms it', async () => {
    const id = await aTextFile()
    const unasked = await call(`files rm ${id}`)
    expect(unasked).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--yes') })
    expect(await isThere(id)).toBe(true)
    expect(await call(`files rm ${id} --yes`)).toEqual({ code: 0, stdout: `deleted ${id}\n`, stderr: '' })
    expect(await isThere(id)).toBe(false)
  })

  it('asks on a terminal, and takes only a yes for one', async () => {
    await using line = await aCommandLine()
    const { id } = (await line.json<{ id: string }[]>('files list --limit 1'))[0] ?? { id: '' }
    const answering = (answer: string) => ({
      isTerminal: true,
      answer: (text: string) => (text.endsWith('[y/N] ') ? answer : undefined),
    })
    for (const no of ['\n', 'n\n', 'yellow\n']) {
      const refused = await line.call(`files rm ${id}`, answering(no))
      expect(refused).toMatchObject({ code: 130, stdout: '' })
      expect(refused.stderr).toContain(`Delete file ${id}? [y/N]`)
    }
    expect((await line.call(`files list --field id --limit 0`)).stdout).toContain(id)
    expect(await line.call(`files rm ${id}`, answering('y\n'))).toMatchObject({ code: 0 })
    expect((await line.call(`files list --field id --limit 0`)).stdout).not.toContain(id)
  })

  it('goes on after one that cannot be deleted, and ends with 9, or with its code if none could', async () => {
    const [one, two] = [await aTextFile(), await aTextFile()]
    const some = await call(`files rm ${one} zzzzzz ${two} --yes`)
    expect(some).toMatchObject({ code: 9, stdout: `deleted ${one}\ndeleted ${two}\n` })
    expect(some.stderr).toMatch(/^warning: zzzzzz: .*404/)
    expect([await isThere(one), await isThere(two)]).toEqual([false, false])
    expect(await call('files rm zzzzzz yyyyyy --yes')).toMatchObject({ code: 3, stdout: '' })
  })

  it('tells what it deleted as JSON', async () => {
    const [one, two, three] = [await aTextFile(), await aTextFile(), await aTextFile()]
    const json = await call(`files rm ${one} ${two} --yes -o json`)
    expect(JSON.parse(json.stdout)).toEqual({ deleted: 2 })
    const ndjson = await call(`files rm ${three} --yes -o ndjson`)
    expect(JSON.parse(ndjson.stdout)).toEqual({ event: 'deleted', file: three })
  })
})

describe('rescale jobs outputs', () => {
  let jobId: string

  beforeAll(async () => {
    const command = `mkdir sub && printf 'ü' > sub/ü.dat && printf 'b,c' > b.csv`
    jobId = (await client.jobs.create(aJob({ command }))).id
    await client.jobs.submit(jobId)
    await client.jobs.waitFor(jobId, 'Completed', { intervalMs: 20 })
  })

  it('lists them with their folders, as one JSON document, or one a line', async () => {
    const human = await call(`jobs outputs ${jobId}`)
    expect([human.code, human.stderr]).toEqual([0, ''])
    expect(human.stdout).toMatch(/^ID +SIZE +UPLOADED +NAME\n/)
    expect(human.stdout).toMatch(/^\w{6} +3 B +\S+ \S+ +b\.csv$/m)
    expect(human.stdout).toMatch(/^\w{6} +2 B +\S+ \S+ +sub\/ü\.dat$/m)
    const json = await call(`jobs outputs ${jobId} -o json`)
    const paths = (documents: unknown) =>
      (documents as { relativePath: string }[]).map(({ relativePath }) => relativePath).sort()
    expect(paths(JSON.parse(json.stdout))).toEqual(['b.csv', 'process_output.log', 'sub/ü.dat'])
    const ndjson = await call(`jobs outputs ${jobId} -o ndjson --search csv`)
    expect(
      paths(
        ndjson.stdout
          .trim()
          .split('\n')
          .map((text) => JSON.parse(text)),
      ),
    ).toEqual(['b.csv'])
    expect((await call(`jobs outputs ${jobId} --search csv --field name`)).stdout).toBe('b.csv\n')
  })

  it('downloads those that match to their folders, verified', async () => {
    const done = await call(`jobs outputs ${jobId} --to out --exclude *.log -o json`)
    expect(done.code).toBe(0)
    expect(JSON.parse(done.stdout)).toMatchObject([
      { path: join('out', 'sub', 'ü.dat'), outcome: 'downloaded', verified: true, size: 2 },
      { path: join('out', 'b.csv'), outcome: 'downloaded', verified: true, size: 3 },
    ])
    expect(await readFile(join(home, 'out/sub/ü.dat'), 'utf8')).toBe('ü')
    expect(await readFile(join(home, 'out/b.csv'), 'utf8')).toBe('b,c')
    const again = await call(`jobs outputs ${jobId} --to out --match *.csv`)
    expect(again.stdout).toMatch(/^out.b\.csv {2}3 B {2}was there, SHA-512 verified\n$/)
    const none = await call(`jobs outputs ${jobId} --to out --match *.none`)
    expect(none).toEqual({ code: 0, stdout: '', stderr: 'nothing to download\n' })
  })

  it('fetches them as they come while the job runs, until it is over', async () => {
    const command = 'for i in 1 2 3; do echo $i >> grow.txt; sleep 0.3; done; echo end > late.txt'
    const { id } = await client.jobs.create(aJob({ command }))
    await client.jobs.submit(id)
    const child = await startRescale(['jobs', 'outputs', id, '--sync', '--to', 'work'], server, { home })
    const done = await ended(child)
    expect([done.code, done.stderr]).toEqual([0, ''])
    expect(done.stdout).toMatch(/^work.late\.txt {2}4 B {2}.*SHA-512 verified$/m)
    expect(await readFile(join(home, 'work/grow.txt'), 'utf8')).toBe('1\n2\n3\n')
  })

  it('ends with 9 when some do not come, the others told and there', async () => {
    await plan({ operation: 'downloadFile', kind: 'status', status: 404 })
    const done = await call(`jobs outputs ${jobId} --to some -o ndjson`)
    expect(done.code).toBe(9)
    expect(done.stdout.trim().split('\n')).toHaveLength(2)
    expect(done.stderr).toContain('"exit":"partial"')
    const left = await readdir(join(home, 'some'), { recursive: true })
    expect(left.filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('ends with 3 for a job that is not there, with 6 when nobody answers', async () => {
    expect(await call('jobs outputs zzzzzz')).toMatchObject({ code: 3, stdout: '' })
    const nobody = { RESCALE_API_URL: 'http://127.0.0.1:9' }
    expect(await call(`jobs outputs ${jobId}`, nobody)).toMatchObject({
      code: 6,
      stdout: '',
      stderr: expect.stringContaining('fetch refuses this port'),
    })
  })

  it('says so before it downloads what a folder stands in the way of', async () => {
    await mkdir(join(home, 'there'))
    const id = await aTextFile()
    expect(await call(`files download ${id} --as there`)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('there is a folder'),
    })
  })
})
