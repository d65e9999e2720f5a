import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { aClient } from '../test-support/client.ts'
import { aClock } from '../test-support/clock.ts'
import { aFile, askedRange, serveBytes, someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { aServer } from '../test-support/server.ts'
import { OVER, type Over } from '../test-support/tls-front.ts'

const MiB = 1024 * 1024

it.each([
  [4, 4],
  [undefined, 16],
])('shares its connections between all files of a call: %s asked for, %i at most', async (asked, allowed) => {
  const contents = [3, 2, 1, 1, 1, 1, 1, 1].map((size, index) => someBytes(size * MiB + index))
  await using folder = await aFolder()
  let [now, most] = [0, 0]
  let open = () => {}
  const hasFour = new Promise<void>((resolve) => {
    open = resolve
  })
  await using server = await aServer(async (request, response) => {
    const index = Number(/files\/f(\d)\//.exec(request.url ?? '')?.[1])
    most = Math.max(most, ++now)
    response.once('close', () => now--)
    if (now === 4) open()
    // Nobody is answered before four ask at the same time, and whoever else is about to ask has had time to.
    await hasFour
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
    serveBytes(contents[index] ?? Buffer.alloc(0), request, response)
  })
  const files = contents.map((bytes, index) => aFile(bytes, `file${index}`, `f${index}`))
  const connections = asked === undefined ? {} : { connections: asked }
  const options = { folder: folder.path, ...connections, minRangeBytes: 64 * 1024 }
  const results = await aClient(server.url).files.downloadAll(files, options)
  expect(results.every(({ verified }) => verified)).toBe(true)
  expect(most).toBeLessThanOrEqual(allowed)
  expect(most).toBeGreaterThanOrEqual(4)
  for (const id of files.map((file) => file.id)) {
    expect(server.seen.filter(({ url }) => url.includes(`/${id}/`)).length).toBeLessThanOrEqual(20)
  }
})

/** Serves a file by turns: in each, every connection that is open gets so many bytes more, and no more than that. */
function servedByTurns(bytes: Buffer, onCut: () => void) {
  const open = new Map<ServerResponse, { at: number; readonly end: number }>()
  const sockets = new Set<IncomingMessage['socket']>()
  const state = { most: 0, sent: 0 }
  return {
    state,
    answer(request: IncomingMessage, response: ServerResponse) {
      const { start, end } = askedRange(request) ?? { start: 0, end: bytes.length - 1 }
      const range = `bytes ${start}-${end}/${bytes.length}`
      response.writeHead(206, { 'Content-Length': end + 1 - start, 'Content-Range': range }).flushHeaders()
      open.set(response, { at: start, end })
      sockets.add(request.socket)
      state.most = Math.max(state.most, sockets.size)
      response.once('close', () => {
        sockets.delete(request.socket)
        // Its rest went to another connection, and so will what was sent of that rest already.
        if (open.delete(response)) onCut()
      })
    },
    turn(most: number) {
      for (const [response, part] of open) {
        const piece = bytes.subarray(part.at, Math.min(part.at + most, part.end + 1))
        part.at += piece.length
        state.sent += piece.length
        if (part.at > part.end) {
          open.delete(response)
          response.end(piece)
        } else response.write(piece)
      }
    },
  }
}

/** Of connections that are on their way, by what Node calls them. */
const OPENING = ['GetAddrInfoReqWrap', 'ConnectWrap']

/** Whoever is about to ask has had time to: names are looked up by threads, which may be busy. */
async function untilAllAsk(): Promise<void> {
  do for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
  while (process.getActiveResourcesInfo().some((name) => OPENING.includes(name)))
}

it.each(OVER)(
  'really opens 16 connections over %s, and no more, to a server that gives each so many bytes in a time',
  async (over) => {
    const bytes = someBytes(96 * MiB)
    await using folder = await aFolder()
    let [written, isOver] = [0, false]
    let wake = () => {}
    const served = servedByTurns(bytes, () => {
      served.state.sent = written
      wake()
    })
    await using server = await aServer(served.answer, over)
    const clock = aClock()
    const downloading = aClient(server.url, { clock })
      .files.download(aFile(bytes), {
        to: folder.in('x'),
        minRangeBytes: MiB,
        onProgress: ({ transferred }) => {
          written = transferred
          wake()
        },
      })
      .finally(() => {
        isOver = true
        wake()
      })
    const mosts = new Set<number>()
    while (!isOver) {
      mosts.add(served.state.most)
      const isCapped = served.state.most < 16
      // As much as the client writes at once: it measures by what it has written.
      served.turn(isCapped ? MiB : bytes.length)
      while (isCapped && written < served.state.sent && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      // Half a second is what the client compares with the half second before.
      if (isCapped && served.state.sent > 0) await clock.sleep(500)
      await untilAllAsk()
    }
    const done = await downloading
    expect(done).toMatchObject({ verified: true, connections: 16 })
    expect([...mosts].filter((most) => [4, 8, 16].includes(most))).toEqual([4, 8, 16])
    expect(served.state.most).toBe(16)
    expect(server.seen.length).toBeLessThanOrEqual(20)
  },
)

/** Serves a file, but for one answer, which stops after a few bytes. */
function stallingOnce(bytes: Buffer, over: Over) {
  let stalled: ServerResponse | undefined
  const server = aServer((request, response) => {
    const { start, end } = askedRange(request) ?? { start: 0, end: bytes.byteLength - 1 }
    if (start === 0 || stalled) return serveBytes(bytes, request, response)
    stalled = response
    const range = `bytes ${start}-${end}/${bytes.byteLength}`
    response.writeHead(206, { 'Content-Length': end - start + 1, 'Content-Range': range })
    response.write(bytes.subarray(start, start + 100_000))
  }, over)
  return server
}

it.each(OVER)(
  'takes over from a connection over %s that has stalled, long before it is given up',
  async (over) => {
    const bytes = someBytes(12 * MiB)
    await using folder = await aFolder()
    await using server = await stallingOnce(bytes, over)
    const retried: string[] = []
    const begin = performance.now()
    const done = await aClient(server.url, { clock: systemClock }).files.download(aFile(bytes), {
      to: folder.in('x'),
      connections: 3,
      minRangeBytes: 512 * 1024,
      onEvent: ({ type }) => type === 'retrying' && retried.push(type),
    })
    expect(done.verified).toBe(true)
    expect((await readFile(folder.in('x'))).equals(bytes)).toBe(true)
    expect(retried).toEqual([])
    expect(server.seen.length).toBeLessThanOrEqual(20)
    // A connection without a byte is given up after 30 s.
    expect(performance.now() - begin).toBeLessThan(15_000)
  },
)
