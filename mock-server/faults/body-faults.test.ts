import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ConnectionLostError, type ExchangeAnswer } from '../exchange/http.ts'
import { cutBody, delayedBody, flippedByte, resetBody } from './body-faults.ts'

/** A body of bytes that differ, in pieces of any sizes. */
const bodies = fc
  .array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 8 })
  .map((pieces) => ({ pieces, bytes: Buffer.concat(pieces) }))

function answerOf(pieces: readonly Uint8Array[]): ExchangeAnswer {
  const size = pieces.reduce((sum, { length }) => sum + length, 0)
  async function* read() {
    yield* pieces
  }
  return { status: 200, headers: {}, body: { size, read } }
}

/** The bytes that came, and what the body failed with. */
async function received(answer: ExchangeAnswer | undefined) {
  const chunks: Uint8Array[] = []
  const body = answer?.body
  if (body === null || typeof body !== 'object' || !('read' in body)) throw new Error('no stream')
  try {
    for await (const chunk of body.read()) chunks.push(Uint8Array.from(chunk))
  } catch (error) {
    return { bytes: Buffer.concat(chunks), size: body.size, error }
  }
  return { bytes: Buffer.concat(chunks), size: body.size, error: null }
}

it('cuts after as many bytes as it is told, or leaves a shorter body alone', async () => {
  await fc.assert(
    fc.asyncProperty(bodies, fc.nat(100), async ({ pieces, bytes }, afterBytes) => {
      const cut = cutBody(answerOf(pieces), { kind: 'cut', afterBytes })
      expect(cut === null).toBe(afterBytes >= bytes.length)
      if (cut === null) return
      expect((await received(cut.answer)).bytes).toEqual(bytes.subarray(0, afterBytes))
      expect(cut.answer.mishap).toEqual({ contentLength: bytes.length })
    }),
  )
})

it('flips exactly one byte, wherever pieces end', async () => {
  await fc.assert(
    fc.asyncProperty(bodies, fc.nat(100), async ({ pieces, bytes }, offset) => {
      const flipped = flippedByte(answerOf(pieces), offset)
      expect(flipped === null).toBe(offset >= bytes.length)
      if (flipped === null) return
      const expected = Buffer.from(bytes)
      expected[offset] = (expected[offset] ?? 0) ^ 0xff
      expect((await received(flipped.answer)).bytes).toEqual(expected)
      // The store's own bytes stay as they are.
      expect(Buffer.concat(pieces)).toEqual(bytes)
    }),
  )
})

it('loses the connection after as many bytes as it is told', async () => {
  await fc.assert(
    fc.asyncProperty(bodies, fc.nat(100), async ({ pieces, bytes }, afterBytes) => {
      const { bytes: came, size, error } = await received(resetBody(answerOf(pieces), afterBytes)?.answer)
      expect(came).toEqual(bytes.subarray(0, afterBytes))
      expect([size, error]).toEqual([bytes.length, new ConnectionLostError()])
    }),
  )
})

it('changes no byte by waiting, and waits as often as there are pieces between', async () => {
  await fc.assert(
    fc.asyncProperty(bodies, fc.integer({ min: 1, max: 30 }), async ({ pieces, bytes }, everyBytes) => {
      let waits = 0
      const fault = { kind: 'delay', when: 'between', for: '1s', everyBytes } as const
      const wait = async () => {
        waits += 1
      }
      const delayed = delayedBody(answerOf(pieces), fault, wait)
      expect((await received(delayed?.answer)).bytes).toEqual(bytes)
      expect(waits).toBe(Math.ceil(bytes.length / everyBytes) - 1)
    }),
  )
})

it('waits once in the middle', async () => {
  await fc.assert(
    fc.asyncProperty(bodies, fc.nat(100), async ({ pieces, bytes }, afterBytes) => {
      let waits = 0
      const fault = { kind: 'delay', when: 'during', for: '1s', afterBytes } as const
      const wait = async () => {
        waits += 1
      }
      expect((await received(delayedBody(answerOf(pieces), fault, wait)?.answer)).bytes).toEqual(bytes)
      expect(waits).toBe(afterBytes < bytes.length ? 1 : 0)
    }),
  )
})
