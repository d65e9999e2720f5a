import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { string } from '../wire.ts'
import { PacketSplitter } from './packet-splitter.ts'

describe('The stream of SFTP messages', () => {
  test('gives the same messages however it is cut', () => {
    const packets = fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { maxLength: 8 })
    const cuts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 })
    fc.assert(
      fc.property(packets, cuts, (bodies, lengths) => {
        const stream = Buffer.concat(bodies.map(string))
        const splitter = new PacketSplitter()
        const found: Buffer[] = []
        for (let start = 0, turn = 0; start < stream.length; turn++) {
          const length = lengths[turn % lengths.length] ?? 1
          found.push(...splitter.feed(stream.subarray(start, start + length)))
          start += length
        }
        expect(found.map((packet) => [...packet])).toEqual(bodies.map((body) => [...body]))
      }),
    )
  })

  test('is given up when a length makes no sense', () => {
    expect(() => new PacketSplitter().feed(Buffer.of(0, 0, 0, 0, 1))).toThrow('0 bytes')
    expect(() => new PacketSplitter().feed(Buffer.of(0xff, 0xff, 0xff, 0xff, 1))).toThrow('4294967295 bytes')
  })
})
