// The traps in the tutorial's own code (client.md §0), each with a test that this client is free of it.
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { apiconfigPaths } from './apiconfig-file.ts'
import { parseDate } from './dates.ts'
import { ConnectError, IntegrityError, NotFoundError, UnexpectedAnswerError } from './errors.ts'
import { aClient, failureOf } from './test-support/client.ts'
import { aClock } from './test-support/clock.ts'
import { aFile, askedRange, serveBytes, someBytes } from './test-support/files.ts'
import { aFolder } from './test-support/folder.ts'
import { receiveForm } from './test-support/multipart.ts'
import { aPage, aServer, sendJson } from './test-support/server.ts'
import type { JobCreate } from './types.ts'

const BYTES = someBytes(1_000_003)
const TEN = { connections: 10, minRangeBytes: 20_000 }

const at = (second: number, status: string, statusReason: string | null = null) => ({
  status,
  statusReason,
  statusDate: `2023-09-01T12:00:0${second}.000000+00:00`,
})

it('trap 1: sends each range once, and a Range with nothing else, uploads and lists included', async () => {
  await using folder = await aFolder()
  await using server = await aServer(async (request, response) => {
    if (request.method === 'POST') {
      const [part] = await receiveForm(request)
      sendJson(response, 201, aFile(part?.body ?? Buffer.alloc(0)))
    } else if (request.url?.endsWith('/contents/')) serveBytes(BYTES, request, response)
    else sendJson(response, 200, aPage([]))
  })
  const client = aClient(server.url)
  const downloads = ['onefile', 'another'].map((id) =>
    client.files.download(aFile(BYTES, id, id), { to: folder.in(id), ...TEN }),
  )
  const others = Array.from({ length: 10 }, () => [
    client.jobs.list().toArray(),
    client.files.upload(BYTES, { name: 'x' }),
  ]).flat()
  await Promise.all([...downloads, ...others])
  await client.jobs.list().toArray()
  const ranged = server.seen.filter(({ headers }) => headers.range !== undefined)
  expect(ranged.every(({ method, url }) => method === 'GET' && url.endsWith('/contents/'))).toBe(true)
  const asked = ranged.map(({ url, headers }) => `${url} ${headers.range}`)
  expect(new Set(asked).size).toBe(asked.length)
  for (const id of ['onefile', 'another'])
    expect(asked.filter((text) => text.includes(id)).length).toBeGreaterThanOrEqual(10)
})

it('trap 2: puts parts where the file goes, whatever the current folder is', async () => {
  await using folder = await aFolder()
  await mkdir(folder.in('deep', 'er'), { recursive: true })
  const seen = new Set<string>()
  await using server = await aServer(async (request, response) => {
    for (const name of await readdir(folder.in('deep', 'er'))) seen.add(name)
    serveBytes(BYTES, request, response)
  })
  const here = await readdir('.')
  await aClient(server.url).files.download(aFile(BYTES), { folder: folder.in('deep', 'er'), ...TEN })
  expect([...seen].every((name) => /^testfile\.abcdef-[0-9a-f]{8}\.part$/.test(name))).toBe(true)
  expect(seen.size).toBe(1)
  expect(await readdir(folder.in('deep', 'er'))).toEqual(['testfile'])
  expect(await readdir('.')).toEqual(here)
})

it('trap 3: asks for no byte beyond the last, and takes no range but the one it asked for', async () => {
  await using folder = await aFolder()
  await using server = await aServer((request, response) => serveBytes(BYTES, request, response))
  await aClient(server.url).files.download(aFile(BYTES), { to: folder.in('x'), ...TEN })
  const ends = server.seen.map(({ headers }) => Number(/-(\d+)$/.exec(headers.range ?? '')?.[1]))
  expect(Math.max(...ends)).toBe(BYTES.byteLength - 1)
  await using liar = await aServer((request, response) => {
    const { start, end } = askedRange(request) ?? { start: 0, end: 0 }
    // The right number of bytes, from the wrong place.
    const from = start === 0 ? 0 : start - 1
    const to = start === 0 ? end : end - 1
    response.writeHead(206, { 'Content-Range': `bytes ${from}-${to}/${BYTES.byteLength}` })
    response.end(BYTES.subarray(from, to + 1))
  })
  const failure = await failureOf(
    aClient(liar.url).files.download(aFile(BYTES), { to: folder.in('y'), ...TEN }),
  )
  expect(failure).toBeInstanceOf(UnexpectedAnswerError)
})

it('trap 4: saves no error page as a result, and joins no copies of a file whose ranges are ignored', async () => {
  await using folder = await aFolder()
  await using failing = await aServer((_, response) => sendJson(response, 404, { detail: 'Not found.' }))
  const missing = await failureOf(
    aClient(failing.url).files.download(aFile(BYTES), { to: folder.in('x'), ...TEN }),
  )
  expect(missing).toBeInstanceOf(NotFoundError)
  await using html = await aServer((_, response) => response.end('<html>Log in</html>'))
  const page = await failureOf(
    aClient(html.url, { clock: aClock() }).files.download(aFile(BYTES), { to: folder.in('x'), ...TEN }),
  )
  expect([ConnectError, IntegrityError].some((kind) => page instanceof kind)).toBe(true)
  expect(await readdir(folder.path)).toEqual([])
  await using ignoring = await aServer((_, response) => response.end(BYTES))
  await aClient(ignoring.url).files.download(aFile(BYTES), { to: folder.in('x'), ...TEN })
  expect((await readFile(folder.in('x'))).equals(BYTES)).toBe(true)
})

it('trap 5: waits without being watched, and not for what cannot come any more', async () => {
  await using server = await aServer((_, response) =>
    sendJson(response, 200, aPage([at(3, 'Force Stop'), at(2, 'Queued'), at(1, 'Pending')])),
  )
  const { jobs } = aClient(server.url, { clock: aClock() })
  expect(await jobs.waitFor('abc', 'Queued')).toMatchObject({ reached: true })
  expect(await jobs.waitFor('abc', 'Completed')).toMatchObject({ reached: false, why: 'ended' })
})

it('trap 6: takes Completed alone for no success', async () => {
  const log = [
    'Launching x, Working dir: /w.  Process output follows:',
    "can't open file",
    'Exited with code 2',
    '',
  ]
  await using server = await aServer((request, response) => {
    if (request.url?.includes('/statuses/')) sendJson(response, 200, aPage([at(1, 'Completed')]))
    else if (request.url?.includes('/jobs/abc/files/'))
      sendJson(response, 200, aPage([{ id: 'f', name: 'process_output.log' }]))
    else if (request.url?.includes('/lines/')) {
      sendJson(response, 200, { lines: log.map((line) => `[2023-09-01T12:00:00Z]: ${line}\n`) })
    } else sendJson(response, 200, { id: 'abc', jobanalyses: [{}] })
  })
  const outcome = await aClient(server.url).jobs.outcome('abc')
  expect(outcome).toMatchObject({ verdict: 'failed', exitCode: 2, reason: 'a command exited with code 2' })
})

// Shown by `npm run typecheck`: without an error where one is expected it ends with one.
it('trap 7: does not compile with a key that the API ignores', () => {
  const job: JobCreate = { name: 'x', jobanalyses: [], projectId: null }
  // @ts-expect-error The key is `projectId`; this one would be accepted, and do nothing.
  const misspelt: JobCreate = { ...job, project_id: null }
  // @ts-expect-error `slots` belong to the hardware of an analysis.
  const misplaced: JobCreate = { ...job, slots: 2 }
  expect([misspelt, misplaced]).toHaveLength(2)
})

it('trap 8: opens no SSH connection to a host it does not know', async () => {
  // That unknown and changed host keys are refused: contract-tests/clusters/client-clusters.test.ts.
  for (const name of await readdir(import.meta.dirname, { recursive: true })) {
    if (!name.endsWith('.ts') || name.includes('test')) continue
    const source = await readFile(join(import.meta.dirname, name), 'utf8')
    if (!name.startsWith('clusters')) expect(source, name).not.toMatch(/from 'ssh2'|import\('ssh2'\)/)
    for (const [call] of source.matchAll(/client\.connect\(.*/g)) expect(call, name).toContain('hostVerifier')
  }
})

it('trap 9: looks in all the places that Windows users were told of', () => {
  const env = { USERPROFILE: 'C:\\Users\\me', APPDATA: 'C:\\Users\\me\\AppData\\Roaming' }
  expect(apiconfigPaths({ platform: 'win32', env, homedir: '' }).map((path) => path.slice(12))).toEqual([
    '.config\\rescale\\apiconfig',
    'config\\rescale\\apiconfig',
    'AppData\\Roaming\\Rescale\\Interlink\\apiconfig',
  ])
})

it('trap 10: reads both forms of dates, and one without a zone as UTC', () => {
  const forms = [
    '2023-09-01T12:00:00.123456Z',
    '2023-09-01T12:00:00.123456+00:00',
    '2023-09-01T12:00:00.123456',
  ]
  expect(forms.map((form) => parseDate(form)?.getTime())).toEqual(
    Array(3).fill(Date.UTC(2023, 8, 1, 12, 0, 0, 123)),
  )
})

it('trap 11: has a method for each way to stop, and no switch', async () => {
  await using server = await aServer((_, response) => response.writeHead(202).end())
  const { jobs } = aClient(server.url)
  await jobs.stop('abc')
  await jobs.forceStop('abc')
  await jobs.runs.stop('abc', '1')
  expect(server.seen.map(({ url }) => url)).toEqual([
    '/api/v2/jobs/abc/stop/',
    '/api/v2/jobs/abc/force_stop/',
    '/api/v2/jobs/abc/runs/1/stop/',
  ])
})

it('trap 12: ends every path with a slash, and follows no redirect of a POST', async () => {
  await using server = await aServer((request, response) => {
    if (request.method === 'POST') response.writeHead(301, { Location: `${request.url}x/` }).end()
    else if (request.url?.includes('/jobs/abc/')) sendJson(response, 200, { id: 'abc' })
    else serveBytes(BYTES, request, response)
  })
  await using folder = await aFolder()
  const client = aClient(server.url)
  await client.jobs.get('abc')
  await client.files.download(aFile(BYTES), { to: folder.in('x') })
  const refused = await failureOf(client.jobs.stop('abc'))
  expect(refused).toBeInstanceOf(UnexpectedAnswerError)
  expect(refused).toMatchObject({ hint: 'Every path of this API ends with a slash.' })
  for (const { url } of server.seen) expect(url).toMatch(/\/$/)
  expect(server.seen).toHaveLength(3)
})
