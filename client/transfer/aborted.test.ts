import { once } from 'node:events'
import { mkdir, readdir, readFile, truncate, watch, writeFile } from 'node:fs/promises'
import type { RequestListener, ServerResponse } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { AbortedError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aFile, someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { aPage, aServer, sendJson } from '../test-support/server.ts'

const outputs = [0, 1, 2].map((index) => {
  const name = `output${index}.res`
  return { ...aFile(someBytes(500_000 + index), name, `f${index}`), relativePath: name }
})
const RUNNING = [{ status: 'Executing', statusDate: '2026-01-01T00:00:00Z', statusReason: null }]
const OVER = [{ ...RUNNING[0], status: 'Completed', statusDate: '2026-01-01T01:00:00Z' }, ...RUNNING]

/** A platform with a job; of what `stalls` names only the beginning comes. `stalled` is called then. */
function aPlatform(
  statuses: readonly object[],
  stalls: RegExp,
  stalled: (open: Set<ServerResponse>) => void,
) {
  const open = new Set<ServerResponse>()
  const answer: RequestListener = (request, response) => {
    const url = request.url ?? ''
    if (stalls.test(url)) {
      open.add(response)
      response.once('close', () => open.delete(response))
      const { decryptedSize = 500_000 } = outputs.find(({ id }) => url.includes(`/${id}/`)) ?? {}
      response.writeHead(200, { 'Content-Length': decryptedSize }).write(someBytes(100_000))
      return stalled(open)
    }
    if (url.includes('/directory-contents/')) return sendJson(response, 200, [{ path: 'log.txt' }])
    if (url.includes('/tail/')) return sendJson(response, 200, { lines: ['one'] })
    if (url.includes('/statuses/')) return sendJson(response, 200, aPage(statuses))
    if (url.includes('/runs/')) return sendJson(response, 200, aPage([{ id: '1', dateCompleted: null }]))
    sendJson(response, 200, aPage(outputs))
  }
  return aServer(answer).then((server) => Object.assign(server, { open }))
}

const CONTENTS = /\/contents\//

describe('an aborted call', () => {
  it.each([
    ['files.downloadAll, amid its files', CONTENTS, 3],
    ['jobs.downloadFiles, amid its files', CONTENTS, 3],
    ['jobs.downloadFiles, amid the list of them', /jobs\/abc\/files\//, 1],
    ['jobs.sync, amid a copy of what a run writes', /tail\/log.txt(?!.*lines)/, 1],
    ['jobs.sync, amid the history', /statuses/, 1],
    ['jobs.sync, amid the files at the end', CONTENTS, 3],
  ])('%s, says so, and leaves neither a request nor a file', async (call, stalls, together) => {
    await using folder = await aFolder()
    const controller = new AbortController()
    const statuses = call.includes('copy') ? RUNNING : OVER
    await using server = await aPlatform(statuses, stalls, (open) => {
      if (open.size === together) controller.abort('enough')
    })
    await writeFile(folder.in('output1.res'), 'as it was')
    await using client = aClient(server.url)
    const options = { folder: folder.path, signal: controller.signal }
    const calls = {
      'files.downloadAll': () => client.files.downloadAll(outputs, options),
      'jobs.downloadFiles': () => client.jobs.downloadFiles('abc', options),
      'jobs.sync': () => client.jobs.sync('abc', options),
    }
    const failure = await failureOf(calls[call.split(',')[0] as keyof typeof calls]())
    expect(failure).toBeInstanceOf(AbortedError)
    expect(failure).toMatchObject({ name: 'AbortedError', cause: 'enough', attempts: [{ number: 1 }] })
    const ids = server.seen.map(({ headers }) => headers['x-client-request-id'])
    expect(ids).toContain((failure as AbortedError).requestId)
    // Of several files it says what became of each.
    if (together > 1) expect(failure).toMatchObject({ results: Array(3).fill({ outcome: 'failed' }) })
    await Promise.all([...server.open].map((response) => once(response, 'close')))
    expect(await readdir(folder.path)).toEqual(['output1.res'])
    expect(await readFile(folder.in('output1.res'), 'utf8')).toBe('as it was')
    const requests = server.seen.length
    await using later = aClient(server.url)
    await later.jobs.runs.list('abc').toArray()
    expect(server.seen.length).toBe(requests + 1)
  })

  it('files.downloadAll, amid the comparison with what is there, waits for no hash', async () => {
    await using folder = await aFolder()
    const controller = new AbortController()
    await using server = await aPlatform(OVER, CONTENTS, () => controller.abort('enough'))
    // Would take half a minute and more to hash.
    const decryptedSize = 16 * 1024 ** 3
    await writeFile(folder.in('large'), '')
    await truncate(folder.in('large'), decryptedSize)
    const large = { ...aFile(Buffer.from('x'), 'large', 'large'), decryptedSize }
    const options = { folder: folder.path, signal: controller.signal }
    const failure = await failureOf(aClient(server.url).files.downloadAll([large, ...outputs], options))
    expect(failure).toMatchObject({ name: 'AbortedError', cause: 'enough' })
    expect(await readdir(folder.path)).toEqual(['large'])
  })
})

describe('an aborted split upload with a 7-Zip', () => {
  afterEach(() => void vi.unstubAllEnvs())

  /** Packs a file with this program, and aborts once it has told its process. */
  async function packed(script: string, stalls: RegExp) {
    await using folder = await aFolder()
    for (const name of ['temporary', 'told']) await mkdir(folder.in(name))
    vi.stubEnv('TMPDIR', folder.in('temporary'))
    const tell = `echo $$ > ${folder.in('pid')}; mv ${folder.in('pid')} ${folder.in('told')}`
    await writeFile(folder.in('7za'), `#!/bin/sh\n${tell}\n${script}`, { mode: 0o755 })
    await writeFile(folder.in('x'), someBytes(3_000_000))
    const controller = new AbortController()
    await using server = await aPlatform([], stalls, () => controller.abort('enough'))
    const watcher = watch(folder.in('told'))[Symbol.asyncIterator]()
    const told = watcher.next()
    const failing = failureOf(
      aClient(server.url).files.splitUpload(folder.in('x'), {
        sevenZip: { program: folder.in('7za') },
        signal: controller.signal,
      }),
    )
    await told
    await watcher.return?.()
    const pid = Number(await readFile(folder.in('told', 'pid'), 'utf8'))
    if (script.includes('sleep')) controller.abort('enough')
    const failure = await failing
    return { failure, pid, left: await readdir(folder.in('temporary')), seen: server.seen }
  }

  it.each([
    ['while it packs', 'exec sleep 600\n', CONTENTS, []],
    ['while a volume is sent', 'cat > x.7z.001\n', CONTENTS, ['POST']],
  ])('%s, ends the program, and leaves no volume', async (_, script, stalls, sent) => {
    const { failure, pid, left, seen } = await packed(script, stalls)
    expect(failure).toMatchObject({ name: 'AbortedError', cause: 'enough' })
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    expect(left).toEqual([])
    expect(seen.map(({ method }) => method)).toEqual(sent)
    expect(failure).toMatchObject({ attempts: sent.map((_, index) => ({ number: index + 1 })) })
  })
})

it('shares its signal with as many other transfers as there are: Node takes it for no leak', async () => {
  await using folder = await aFolder()
  const warned = vi.fn()
  process.on('warning', warned)
  // Together: nobody is answered before all are there.
  const waiting: (() => void)[] = []
  await using server = await aServer(async (request, response) => {
    for await (const _piece of request);
    waiting.push(() => (request.method === 'POST' ? sendJson(response, 201, { id: 'x' }) : response.end('x')))
    if (waiting.length === 24) for (const answer of waiting) answer()
  })
  const { files } = aClient(server.url)
  const { signal } = new AbortController()
  const each = Array.from({ length: 12 }, (_, index) => aFile(Buffer.from('x'), `${index}`, `${index}`))
  await Promise.all([
    ...each.map(({ name }) => files.upload(Buffer.from('x'), { name, signal })),
    ...each.map((file) => files.download(file, { folder: folder.path, signal })),
  ])
  process.off('warning', warned)
  expect(warned.mock.calls).toEqual([])
})
