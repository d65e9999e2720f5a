import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aToy, type Toy, toyChunk } from './toy-exchange.fixture.ts'

/** What came back, without the headers that belong to the connection. */
export interface Carried {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer
}

export interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Buffer | readonly Buffer[]
}

/** A client that talks to a toy exchange by one transport. */
export interface Carrier {
  /** Links must begin with this. */
  readonly origin: string
  /** An array of buffers is sent as a body of unknown length. */
  send(path: string, request?: Sent): Promise<Carried>
  /** Begins a download and then reads nothing more; gives the way to leave. */
  stall(path: string): Promise<() => void>
  /** Begins to send a body; gives the way to leave before it is all sent. */
  beginUpload(path: string): () => void
  close(): Promise<void>
}

export type OpenCarrier = (toy: Toy, onError: (error: unknown) => void) => Promise<Carrier>

const MiB = 1 << 20

/** Describes what every transport does with the same exchange. */
export function describeTransport(title: string, open: OpenCarrier): void {
  describe(title, () => {
    let toy: Toy
    let carrier: Carrier
    let errors: unknown[]

    beforeEach(async () => {
      toy = aToy()
      errors = []
      carrier = await open(toy, (error) => errors.push(error))
    })
    afterEach(async () => {
      await carrier.close()
      expect(toy.openStreams).toBe(0)
    })

    const content = (length: number, type = 'text/plain') => ({
      'content-type': type,
      'content-length': String(length),
    })

    it('carries text as UTF-8', async () => {
      const bytes = Buffer.from('plain – π')
      expect(await carrier.send('/text')).toEqual({ status: 200, headers: content(bytes.length), bytes })
    })

    it('carries an answer that is given later, with all its headers', async () => {
      const headers = { ...content(5), 'x-more': 'yes' }
      expect(await carrier.send('/later')).toEqual({ status: 201, headers, bytes: Buffer.from('later') })
    })

    it('carries every byte there is', async () => {
      const bytes = Buffer.from([...Array(256).keys()])
      expect(await carrier.send('/bytes')).toEqual({
        status: 200,
        headers: content(256, 'application/octet-stream'),
        bytes,
      })
    })

    it.each([
      ['/empty', 'text/plain'],
      ['/empty-stream', 'application/octet-stream'],
    ])('carries the empty body of %s', async (path, type) => {
      expect(await carrier.send(path)).toEqual({
        status: 200,
        headers: content(0, type),
        bytes: Buffer.alloc(0),
      })
    })

    it('sends neither body nor length with 204 and 304', async () => {
      expect(await carrier.send('/none')).toEqual({ status: 204, headers: {}, bytes: Buffer.alloc(0) })
      expect(await carrier.send('/unchanged')).toEqual({
        status: 304,
        headers: { etag: '"x"' },
        bytes: Buffer.alloc(0),
      })
    })

    it('carries a redirect as it is', async () => {
      const headers = { location: '/text', 'content-length': '0' }
      expect(await carrier.send('/moved')).toEqual({ status: 301, headers, bytes: Buffer.alloc(0) })
    })

    it('carries part of a file', async () => {
      const headers = { ...content(10, 'application/octet-stream'), 'content-range': 'bytes 0-9/20' }
      expect(await carrier.send('/range')).toEqual({ status: 206, headers, bytes: Buffer.from('0000011111') })
    })

    it('answers HEAD with the headers of GET alone, and reads nothing', async () => {
      for (const [path, length, type] of [
        ['/text', 12, 'text/plain'],
        ['/large', 6_553_600, 'application/octet-stream'],
      ] as const)
        expect(await carrier.send(path, { method: 'HEAD' })).toEqual({
          status: 200,
          headers: content(length, type),
          bytes: Buffer.alloc(0),
        })
      expect(toy.chunks).toBe(0)
    })

    it('carries a large stream whole', async () => {
      const { bytes } = await carrier.send('/large')
      const expected = Buffer.concat(Array.from({ length: 100 }, (_, index) => toyChunk(index)))
      expect(bytes.equals(expected)).toBe(true)
    })

    it('reads no faster than its client', async () => {
      const leave = await carrier.stall('/endless')
      await steady(() => toy.chunks)
      // What the system's own buffers between two sockets may take.
      expect((toy.chunks * 64) / 1024).toBeLessThan(40)
      const released = toy.released()
      leave()
      await released
    })

    it('lets go of a stream whose client leaves', async () => {
      const leave = await carrier.stall('/endless')
      expect(toy.openStreams).toBe(1)
      const released = toy.released()
      leave()
      await released
      expect(errors).toEqual([])
      expect((await carrier.send('/text')).status).toBe(200)
    })

    it('carries a stream of unknown length whole, without telling one', async () => {
      const answer = await carrier.send('/few-events')
      expect([answer.headers['content-length'], String(answer.bytes)]).toEqual([undefined, '000001111122222'])
    })

    it('sends what has come although more may come, and ends the stream when the client leaves', async () => {
      const leave = await carrier.stall('/events')
      expect(toy.openStreams).toBe(1)
      const released = toy.released()
      leave()
      await released
      expect(errors).toEqual([])
    })

    it.each(['/lost', '/lost-midway', '/too-short'])(
      'loses the connection at %s as it is told, and reports nothing',
      async (path) => {
        await expect(carrier.send(path)).rejects.toThrow()
        expect(errors).toEqual([])
        expect((await carrier.send('/text')).status).toBe(200)
      },
    )

    it.each(['/breaks', '/short', '/long'])(
      'breaks off, and reports, when the body of %s is not what was said',
      async (path) => {
        await expect(carrier.send(path)).rejects.toThrow()
        expect(errors).toHaveLength(1)
        expect((await carrier.send('/text')).status).toBe(200)
      },
    )

    it.each(['/throws', '/rejects'])(
      'answers 500 when the exchange fails at %s, and tells only us why',
      async (path) => {
        for (const request of [{}, { method: 'POST', body: Buffer.from('{}') }]) {
          const answer = await carrier.send(path, request)
          expect(answer.status).toBe(500)
          expect(answer.headers['content-type']).toBe('application/json')
          expect(JSON.parse(String(answer.bytes))).toEqual({ detail: expect.not.stringContaining('secret') })
        }
        expect(errors).toEqual([new Error('secret of the inside'), new Error('secret of the inside')])
      },
    )

    it('tells the exchange what was asked', async () => {
      const answer = await carrier.send('/echo?page=2&q=%CF%80', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', authorization: 'Token x' },
        body: Buffer.from('{"π":1}'),
      })
      expect(JSON.parse(String(answer.bytes))).toEqual({
        method: 'PATCH',
        target: '/echo?page=2&q=%CF%80',
        origin: carrier.origin,
        type: 'application/json',
        auth: 'Token x',
        body: Buffer.from('{"π":1}').toString('base64'),
      })
    })

    it('carries a body that comes in pieces', async () => {
      const body = Array.from({ length: 50 }, (_, index) => toyChunk(index, 1 + index * 1_000))
      const answer = await carrier.send('/echo', { method: 'POST', body })
      expect(JSON.parse(String(answer.bytes)).body).toBe(Buffer.concat(body).toString('base64'))
    })

    it('carries a large body whole', async () => {
      const answer = await carrier.send('/count', { method: 'PUT', body: Array(40).fill(Buffer.alloc(MiB)) })
      expect(String(answer.bytes)).toBe(String(40 * MiB))
    })

    it('stays usable when nobody wants the body', async () => {
      for (const path of ['/refuses', '/refuses-at-once', '/first-chunk', '/throws'])
        for (const body of [Buffer.alloc(3 * MiB), Array(30).fill(Buffer.alloc(100_000)), Buffer.from('x')]) {
          const answer = await carrier.send(path, { method: 'POST', body })
          expect([path, answer.status]).toEqual([path, { '/first-chunk': 413, '/throws': 500 }[path] ?? 401])
        }
    })

    it('tells the exchange when a client leaves in the middle of its body', async () => {
      const failed = toy.bodyFailed()
      const begun = toy.bodyBegun()
      const leave = carrier.beginUpload('/count')
      await begun
      leave()
      expect(await failed).toMatchObject({ name: 'RequestAbortedError' })
      expect(errors).toEqual([])
      expect((await carrier.send('/text')).status).toBe(200)
    })

    it('keeps requests apart that come at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          carrier.send('/echo', { method: 'POST', body: Buffer.from(`${index}`) }),
        ),
      )
      expect(
        answers.map(({ bytes }) => Buffer.from(JSON.parse(String(bytes)).body, 'base64').toString()),
      ).toEqual(Array.from({ length: 30 }, (_, index) => `${index}`))
    })
  })
}

/** Waits until a number has not changed for many turns of the event loop. */
async function steady(value: () => number): Promise<void> {
  let [last, turns] = [value(), 0]
  while (turns < 2_000) {
    await new Promise((resolve) => setImmediate(resolve))
    turns = value() === last ? turns + 1 : 0
    last = value()
  }
}
