import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Worker } from 'node:worker_threads'
import { expect, it, vi } from 'vitest'
import { IntegrityError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aFile, askedRange, serveBytes, sha512, someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { aServer } from '../test-support/server.ts'
import { HashWorker } from './file-hasher.ts'

const MiB = 1024 * 1024
const LARGE = someBytes(40 * MiB)

interface Told {
  readonly id: number
  readonly path: string
  readonly frontier?: number
  readonly last?: boolean
}

/** The workers that this process starts while the test runs, and what they are told. */
function watchWorkers() {
  const workers: Worker[] = []
  const told: Told[] = []
  const heard: (() => void)[] = []
  const watch = (worker: Worker) => {
    workers.push(worker)
    const tell = worker.postMessage.bind(worker)
    vi.spyOn(worker, 'postMessage').mockImplementation((message: Told) => {
      tell(message)
      told.push(message)
      for (const hear of heard.splice(0)) hear()
    })
  }
  process.on('worker', watch)
  return {
    workers,
    told,
    /** Once a worker has hashed so many bytes of a file: it does what it is told in order, and has answered a later order. */
    async hashed(bytes: number): Promise<void> {
      const isTold = () => told.find(({ frontier = 0 }) => frontier >= bytes)
      while (!isTold()) await new Promise<void>((resolve) => heard.push(resolve))
      const [worker] = workers
      worker?.postMessage({ id: -1, path: isTold()?.path, frontier: 0, last: true })
      if (worker) expect(await once(worker, 'message')).toEqual([{ id: -1, digest: sha512(Buffer.of()) }])
    },
    [Symbol.dispose]: () => void process.off('worker', watch),
  }
}

it('hashes a large file in a worker while it comes, and is nearly done when the last byte does', async () => {
  await using folder = await aFolder()
  using watched = watchWorkers()
  const order: string[] = []
  await using server = await aServer(async (request, response) => {
    const { start = 0, end = LARGE.length - 1 } = askedRange(request) ?? {}
    if (end < LARGE.length - 1) return serveBytes(LARGE, request, response)
    const contentRange = `bytes ${start}-${end}/${LARGE.length}`
    response.writeHead(206, { 'Content-Length': end + 1 - start, 'Content-Range': contentRange })
    response.write(LARGE.subarray(start, -1))
    await watched.hashed(32 * MiB)
    order.push('hashed')
    response.end(LARGE.subarray(-1))
    order.push('last byte')
  })
  const to = folder.in('x')
  expect(await aClient(server.url).files.download(aFile(LARGE), { to })).toMatchObject({ verified: true })
  expect((await readFile(to)).equals(LARGE)).toBe(true)
  expect(order).toEqual(['hashed', 'last byte'])
  expect(watched.workers).toHaveLength(1)
  const whole = watched.told.filter(({ id, last }) => id >= 0 && last)
  expect(whole).toMatchObject([{ frontier: LARGE.length }])
})

it('starts no worker for a file that is hashed faster than one starts', async () => {
  const small = someBytes(9 * MiB)
  await using folder = await aFolder()
  using watched = watchWorkers()
  await using server = await aServer((request, response) => serveBytes(small, request, response))
  const done = await aClient(server.url).files.download(aFile(small), { to: folder.in('x') })
  expect(done).toMatchObject({ verified: true, sha512: sha512(small) })
  expect(watched.workers).toEqual([])
})

it('keeps the process alive until the last of several files is hashed', async () => {
  await using folder = await aFolder()
  const [short, long] = [folder.in('short'), folder.in('long')]
  await writeFile(short, '')
  await truncate(short, MiB)
  await writeFile(long, '')
  await truncate(long, 120 * MiB)
  // Nothing else keeps this program alive.
  const program = `
    import { HashWorker } from ${JSON.stringify(new URL('file-hasher.ts', import.meta.url).href)}
    const worker = new HashWorker()
    const hash = (path, size) => worker.file(path).finish(size)
    const both = Promise.all([hash(${JSON.stringify(short)}, ${MiB}), hash(${JSON.stringify(long)}, ${120 * MiB})])
    void both.then((digests) => console.log(digests.map(({ length }) => length).join()))
  `
  const args = ['--import', 'tsx', '--input-type=module', '-e', program]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  expect(stdout).toBe('128,128\n')
})

it('keeps nothing of a large file whose hash in the worker is another', async () => {
  await using folder = await aFolder()
  using watched = watchWorkers()
  await using server = await aServer((request, response) => serveBytes(LARGE, request, response))
  const fileChecksums = [{ hashFunction: 'sha512', fileHash: sha512(Buffer.from('another')) }]
  const download = aClient(server.url).files.download(
    { ...aFile(LARGE), fileChecksums },
    { to: folder.in('x') },
  )
  expect(await failureOf(download)).toBeInstanceOf(IntegrityError)
  expect(watched.workers).toHaveLength(1)
  expect(await readdir(folder.path)).toEqual([])
})

it('tells what the disk says as it is, and only a short file as a wrong one', async () => {
  await using folder = await aFolder()
  const worker = new HashWorker()
  await writeFile(folder.in('short'), 'abc')
  const failures = ['missing', 'short'].map((name) => failureOf(worker.file(folder.in(name)).finish(9)))
  const [missing, short] = await Promise.all(failures)
  expect(missing).toMatchObject({ code: 'ENOENT' })
  expect(missing).not.toBeInstanceOf(IntegrityError)
  expect(short).toBeInstanceOf(IntegrityError)
  expect(short?.message).toContain('became shorter: it ends after 3 of 9 bytes')
})
