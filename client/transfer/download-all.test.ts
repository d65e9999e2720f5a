import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { NotFoundError, UnexpectedAnswerError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aFile, serveBytes, someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { aPage, aServer, sendJson } from '../test-support/server.ts'
import { TransfersFailedError } from '../transfer-errors.ts'
import type { Downloadable } from './download.ts'
import type { DownloadResult } from './download-all.ts'
import type { TransferEvent } from './events.ts'

const outputs = Array.from({ length: 12 }, (_, index) => {
  const bytes = someBytes(20_000 + index * 7_001)
  const name = index < 6 ? `wall_${index}.res` : `log_${index}.txt`
  const path = `user/user_1/output/job_abc/run${1 + (index % 2)}/post/${name}`
  return { bytes, file: { ...aFile(bytes, name, `file${index}`), relativePath: `post/${name}`, path } }
})

/** A platform with a job and its outputs; some are not there. */
function aPlatform({ missing = [] as readonly string[], runs = 1 } = {}) {
  return aServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://x')
    if (pathname === '/api/v2/jobs/abc/runs/') {
      return sendJson(
        response,
        200,
        aPage(Array.from({ length: runs }, (_, run) => ({ id: String(run + 1) }))),
      )
    }
    if (pathname === '/api/v2/jobs/abc/files/') {
      return sendJson(response, 200, aPage(outputs.map(({ file }) => file)))
    }
    const [, id, contents] = /files\/(\w+)\/(contents)?/.exec(pathname) ?? []
    const found = outputs.find(({ file }) => file.id === id)
    if (!found || (id && missing.includes(id))) return sendJson(response, 404, { detail: 'Not found.' })
    if (contents) return serveBytes(found.bytes, request, response)
    sendJson(response, 200, found.file)
  })
}

async function below(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  return found.filter((entry) => entry.isFile()).map(({ name }) => name)
}

it('downloads the matching outputs of a job to their places, and tells how it goes', async () => {
  await using folder = await aFolder()
  await using server = await aPlatform()
  const events: TransferEvent[] = []
  const results = await aClient(server.url).jobs.downloadFiles('abc', {
    folder: folder.path,
    match: ['*.res', 'nothing/**'],
    exclude: 'wall_3.*',
    onEvent: (event) => events.push(event),
  })
  expect(results.map(({ path }) => path)).toEqual(
    [0, 1, 2, 4, 5].map((index) => folder.in('post', `wall_${index}.res`)),
  )
  for (const { path, verified, file } of results) {
    expect(verified).toBe(true)
    const bytes = outputs.find((output) => output.file.id === file.id)?.bytes
    expect(bytes?.equals(await readFile(path))).toBe(true)
  }
  expect((await below(folder.path)).toSorted()).toEqual(results.map(({ file }) => file.name).toSorted())
  expect(events.at(-1)?.all).toMatchObject({ files: 5, finished: 5, bytes: events.at(-1)?.all.total })
})

it('leaves alone what is there already and right, and replaces what is not', async () => {
  await using folder = await aFolder()
  await using server = await aPlatform()
  const { jobs } = aClient(server.url)
  await jobs.downloadFiles('abc', { folder: folder.path, match: '*.res' })
  const wrong = Buffer.from(outputs[1]?.bytes ?? [])
  wrong[5] = (wrong[5] ?? 0) ^ 1
  await writeFile(folder.in('post', 'wall_1.res'), wrong)
  await writeFile(folder.in('post', 'wall_2.res'), 'short')
  server.seen.splice(0)
  const again = await jobs.downloadFiles('abc', { folder: folder.path, match: '*.res' })
  expect(again.map(({ outcome }) => outcome)).toEqual([
    'skipped',
    'downloaded',
    'downloaded',
    'skipped',
    'skipped',
    'skipped',
  ])
  expect(again.every(({ verified }) => verified)).toBe(true)
  expect(server.seen.filter(({ url }) => url.includes('/contents/'))).toHaveLength(2)
  const replaced = await jobs.downloadFiles('abc', {
    folder: folder.path,
    match: '*.res',
    existing: 'replace',
  })
  expect(replaced.every(({ outcome }) => outcome === 'downloaded')).toBe(true)
  const failure = await failureOf(
    jobs.downloadFiles('abc', { folder: folder.path, match: '*.res', existing: 'fail' }),
  )
  expect(failure.message).toContain('6 of 6 files were not downloaded')
})

it('gives each run a folder of its own when there are several', async () => {
  await using folder = await aFolder()
  await using server = await aPlatform({ runs: 2 })
  const results = await aClient(server.url).jobs.downloadFiles('abc', { folder: folder.path })
  expect(results[0]?.path).toBe(folder.in('run1', 'post', 'wall_0.res'))
  expect(results[1]?.path).toBe(folder.in('run2', 'post', 'wall_1.res'))
})

it('downloads the others when one fails, and tells what came of each', async () => {
  await using folder = await aFolder()
  await using server = await aPlatform({ missing: ['file2'] })
  const { files } = aClient(server.url)
  const ids = outputs.map(({ file }) => file)
  const failure = await failureOf(files.downloadAll(ids, { folder: folder.path }))
  expect(failure).toBeInstanceOf(TransfersFailedError)
  const { results, errors } = failure as TransfersFailedError
  expect(results.filter(({ outcome }) => outcome === 'downloaded')).toHaveLength(11)
  expect(errors[0]).toBeInstanceOf(NotFoundError)
  expect(await below(folder.path)).toHaveLength(11)
})

it('takes ids, and keeps files of the same name apart', async () => {
  await using folder = await aFolder()
  await using server = await aPlatform()
  const { files } = aClient(server.url)
  const [byId] = await files.downloadAll(['file7'], { folder: folder.path })
  expect(byId?.path).toBe(folder.in('post', 'log_7.txt'))
  const same = outputs.slice(0, 2).map(({ file }) => ({ ...file, relativePath: 'same' }))
  const upper = { ...(outputs[2]?.file as Downloadable), relativePath: 'SAME' }
  const results = await files.downloadAll([...same, upper], { folder: folder.path })
  expect(results.map(({ path }) => path)).toEqual(
    ['same', 'same.file1', 'SAME.file2'].map((name) => folder.in(name)),
  )
})

it('leads no name out of the folder, asks for nothing then, and fetches the others', async () => {
  await using folder = await aFolder()
  await using server = await aPlatform()
  const hostile = ['../evil', '/etc/passwd', 'a/../../b', 'C:\\..\\..\\evil', 'a\0b', '..\\evil', '']
  const files = hostile.map((name, index) => ({
    ...(outputs[0]?.file as Downloadable),
    ...{ id: `evil${index}`, name, relativePath: name },
  }))
  const good = outputs[1]?.file as Downloadable
  const failure = await failureOf(
    aClient(server.url).files.downloadAll([...files, good], { folder: folder.path }),
  )
  const { errors, results } = failure as TransfersFailedError<DownloadResult>
  expect(errors).toHaveLength(files.length)
  for (const error of errors) expect(error).toBeInstanceOf(UnexpectedAnswerError)
  expect(results.at(-1)).toMatchObject({ outcome: 'downloaded', verified: true })
  expect(server.seen.map(({ url }) => url)).toEqual([expect.stringContaining('/file1/contents/')])
  expect(await below(folder.path)).toEqual(['wall_1.res'])
})

it('follows no link out of the folder', async () => {
  await using outside = await aFolder()
  await using folder = await aFolder()
  await using server = await aPlatform()
  await symlink(outside.path, folder.in('post'))
  const wanted = outputs.slice(0, 2).map(({ file }) => file)
  const { files } = aClient(server.url)
  const all = await failureOf(files.downloadAll(wanted, { folder: folder.path }))
  expect((all as TransfersFailedError).errors.map(({ message }) => message)).toEqual(
    wanted.map(() => expect.stringContaining('a link leads out of it')),
  )
  const one = { ...(wanted[0] as Downloadable), name: 'post/wall_0.res' }
  expect((await failureOf(files.download(one, { folder: folder.path }))).message).toContain('a link leads')
  expect([await readdir(outside.path), server.seen]).toEqual([[], []])
})

it('takes the place of a link, and leaves what it led to alone', async () => {
  await using outside = await aFolder()
  await using folder = await aFolder()
  await using server = await aPlatform()
  await writeFile(outside.in('precious'), 'precious')
  await mkdir(folder.in('post'))
  await symlink(outside.in('precious'), folder.in('post', 'wall_0.res'))
  const wanted = [outputs[0]?.file as Downloadable]
  await aClient(server.url).files.downloadAll(wanted, { folder: folder.path })
  expect(await readFile(outside.in('precious'), 'utf8')).toBe('precious')
  expect((await readFile(folder.in('post', 'wall_0.res'))).equals(outputs[0]?.bytes as Buffer)).toBe(true)
})
