import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { someBytes } from '../test-support/files.ts'
import { BodyHandover } from './body-handover.ts'

/** What a body told its connection, in order. */
function aBody(length: number | 'chunked') {
  const told: (string | Error)[] = []
  const body = new BodyHandover(length, {
    onReady: () => told.push('ready'),
    onTaken: () => told.push('taken'),
    onRefused: (error) => told.push('refused', error as Error),
    onBroken: (error) => told.push('broken', error as Error),
  })
  return { body, told }
}

/** Takes some pieces at once and others when it is told to; notes what it got. */
function aTaker(isSlow: (piece: number) => boolean) {
  const got: Buffer[] = []
  const busy: (() => void)[] = []
  let taking = 0
  const write = (chunk: Uint8Array): Promise<void> | undefined => {
    expect(taking).toBe(0)
    if (!isSlow(got.push(Buffer.from(chunk)))) return undefined
    taking++
    return new Promise((resolve) => {
      busy.push(() => {
        taking--
        resolve()
      })
    })
  }
  const free = async () => {
    busy.shift()?.()
    await Promise.resolve()
    await Promise.resolve()
  }
  return { got, write, free, isBusy: () => busy.length > 0 }
}

const BYTES = someBytes(1_000)
const inChunks = (pieces: readonly Uint8Array[]) =>
  Buffer.concat([
    ...pieces.flatMap((piece) => [
      Buffer.from(`${piece.byteLength.toString(16)}\r\n`),
      piece,
      Buffer.from('\r\n'),
    ]),
    Buffer.from('0\r\n\r\n'),
  ])

function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const places = [0, ...at.map((place) => place % bytes.byteLength).sort((a, b) => a - b), bytes.byteLength]
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end))
}

const places = fc.array(fc.nat(2_000), { maxLength: 12 })
const cases = fc.record({
  places,
  slow: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
  /** After which piece somebody begins to take them, and when a slow taking ends. */
  begun: fc.nat(14),
  freed: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
})

describe('a body on its way', () => {
  it.each(['of known length', 'in chunks'])(
    '%s arrives whole and in order, however it is cut, and however long its taker takes',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(cases, async ({ places, slow, begun, freed }) => {
          const isChunked = kind === 'in chunks'
          const { body, told } = aBody(isChunked ? 'chunked' : BYTES.byteLength)
          const taker = aTaker((piece) => slow[piece % slow.length] === true)
          const sent = isChunked ? inChunks(cut(BYTES, [300, 301])) : BYTES
          const pieces = cut(sent, places)
          for (const [index, piece] of pieces.entries()) {
            if (index === begun) body.take(taker.write)
            body.arrived(piece)
            if (freed[index % freed.length]) await taker.free()
          }
          expect(body.isWhole).toBe(true)
          if (begun >= pieces.length) body.take(taker.write)
          while (taker.isBusy()) {
            expect(told).not.toContain('taken')
            await taker.free()
          }
          expect(Buffer.concat(taker.got).equals(BYTES)).toBe(true)
          expect(told.filter((what) => what !== 'ready')).toEqual(['taken'])
        }),
      )
    },
  )

  it('asks for more only while its taker waits for more', async () => {
    const { body, told } = aBody(3)
    const taker = aTaker(() => true)
    expect(body.isPaused).toBe(true)
    body.take(taker.write)
    expect([body.isPaused, told]).toEqual([false, ['ready']])
    body.arrived(Buffer.from('a'))
    body.arrived(Buffer.from('b'))
    expect([body.isPaused, told]).toEqual([true, ['ready']])
    await taker.free()
    expect([body.isPaused, told]).toEqual([true, ['ready']])
    await taker.free()
    expect([body.isPaused, told]).toEqual([false, ['ready', 'ready']])
  })

  it('without a byte is taken at once', () => {
    const { body, told } = aBody(0)
    body.arrived(Buffer.of())
    body.take(() => expect.unreachable())
    expect(told).toEqual(['taken'])
  })

  it('says what its taker failed with, whether at once or later, and hands over nothing more', async () => {
    const full = new Error('the disk is full')
    for (const write of [
      () => Promise.reject(full),
      () => {
        throw full
      },
    ]) {
      const { body, told } = aBody(9)
      let times = 0
      body.take(() => {
        times++
        return write()
      })
      body.arrived(Buffer.from('abc'))
      await Promise.resolve()
      await Promise.resolve()
      expect(told.slice(-2)).toEqual(['refused', full])
      body.stop()
      body.arrived(Buffer.from('def'))
      expect(times).toBe(1)
    }
  })

  it('is broken where more comes than was announced, or chunks are none', () => {
    for (const [length, text] of [
      [2, 'abc'],
      ['chunked', 'zz\r\n'],
    ] as const) {
      const { body, told } = aBody(length)
      body.arrived(Buffer.from(text))
      expect(told).toEqual(['broken', expect.any(Error)])
    }
  })

  it('tells nothing once it was stopped, though its taker ends or fails afterwards', async () => {
    const { body, told } = aBody(2)
    const taker = aTaker(() => true)
    body.take(taker.write)
    body.arrived(Buffer.from('ab'))
    body.stop()
    await taker.free()
    expect(told).toEqual(['ready'])
  })
})
