import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { diskFileStore } from '../../mock-server/stores/disk-file-store.ts'
import { until } from '../process/api.ts'
import { Served } from './served.ts'

const seed = 20_261_122
let folder = ''
let served: Served
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-disconnects-'))
  served = new Served({ files: diskFileStore(folder) })
  await served.open()
})
afterAll(async () => {
  await served.check()
  await served.close()
  await rm(folder, { recursive: true, force: true })
})

/** How a client leaves: politely, or so that the server's writes fail. */
const leaving = fc.constantFrom<(socket: Socket) => void>(
  (socket) => socket.destroy(),
  (socket) => socket.resetAndDestroy(),
  (socket) => socket.end(),
)

/** In pieces of random sizes, each of which the server has a turn to read. */
async function writeInPieces(socket: Socket, bytes: Uint8Array, pieceSize: number): Promise<void> {
  for (let at = 0; at < bytes.length && !socket.destroyed; at += pieceSize) {
    socket.write(bytes.subarray(at, at + pieceSize))
    await turn()
  }
}

async function leftAfter(head: string, body: Uint8Array, leave: (socket: Socket) => void, pieceSize: number) {
  const socket = await served.socket()
  socket.on('error', () => {}).resume()
  await writeInPieces(socket, Buffer.concat([Buffer.from(head), body]), pieceSize)
  leave(socket)
  if (!socket.closed) await once(socket, 'close')
}

const nothingIncoming = () =>
  until('nothing is half written', async () => (await readdir(join(folder, 'incoming'))).length === 0)

it('leaves nothing of an upload whose client goes away at any point', { timeout: 60_000 }, async () => {
  const part = Buffer.from('--b\r\nContent-Disposition: form-data; name="file"; filename="x.bin"\r\n\r\n')
  const before = await served.state()
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 400_000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.integer({ min: 1_000, max: 200_000 }),
      fc.boolean(),
      leaving,
      async (size, share, pieceSize, chunked, leave) => {
        const whole = Buffer.concat([part, Buffer.alloc(size, 7), Buffer.from('\r\n--b--\r\n')])
        const sent = whole.subarray(0, Math.floor(whole.length * share))
        const length = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${whole.length}`
        const type = 'Content-Type: multipart/form-data; boundary=b'
        const head = `${served.head('POST /api/v2/files/contents/ HTTP/1.1', length, type)}\r\n`
        const body = chunked ? Buffer.concat([Buffer.from(`${whole.length.toString(16)}\r\n`), sent]) : sent
        await leftAfter(head, body, leave, pieceSize)
      },
    ),
    { numRuns: 40, seed },
  )
  await nothingIncoming()
  expect(await served.state()).toEqual(before)
})

it('makes no job of a body that stops half-way', async () => {
  const job = Buffer.from(JSON.stringify({ name: 'half', jobanalyses: [], filler: 'x'.repeat(10_000) }))
  const before = await served.state()
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: job.length - 1 }), leaving, async (sent, leave) => {
      const type = ['Content-Type: application/json', `Content-Length: ${job.length}`]
      const head = `${served.head('POST /api/v2/jobs/ HTTP/1.1', ...type)}\r\n`
      await leftAfter(head, job.subarray(0, sent), leave, 3_000)
    }),
    { numRuns: 25, seed },
  )
  expect(await served.state()).toEqual(before)
})

it('lets go of a file whose reader goes away at any point', { timeout: 60_000 }, async () => {
  const content = Buffer.alloc(4 << 20, 'content')
  const form = new FormData()
  form.append('file', new Blob([content]), 'large.bin')
  const answer = await served.call('POST', 'files/contents/', { body: form })
  const { id } = JSON.parse(await answer.text()) as { id: string }
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: content.length }),
      fc.integer({ min: 0, max: content.length - 1 }),
      leaving,
      async (wanted, start, leave) => {
        const socket = await served.socket()
        socket.on('error', () => {})
        const line = `GET /api/v2/files/${id}/contents/ HTTP/1.1`
        socket.write(`${served.head(line, `Range: bytes=${start}-`)}\r\n`)
        let received = 0
        for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
          received += (chunk as Buffer).length
          if (received >= Math.min(wanted, content.length - start)) break
        }
        leave(socket)
        socket.resume()
        if (!socket.closed) await once(socket, 'close')
      },
    ),
    { numRuns: 30, seed },
  )
  await until('no file of the store is open', () => openBelow(folder).length === 0)
  const whole = await served.call('GET', `files/${id}/contents/`)
  expect(Buffer.compare(Buffer.from(await whole.arrayBuffer()), content)).toBe(0)
})

/** Files of this very process, which is also the server's. */
function openBelow(path: string): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc/self/fd')
    .map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`)
      } catch {
        return ''
      }
    })
    .filter((target) => target.startsWith(path))
}
