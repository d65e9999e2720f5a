import { isAscii } from 'node:buffer'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import { ArgumentError, IntegrityError } from '../errors.ts'
import { failureOf } from '../test-support/client.ts'
import { someBytes } from '../test-support/files.ts'
import { type ArchiveEntry, archiveOf } from './zip-archive.ts'

const common = { mode: 0o100644, mtime: new Date('2026-01-01T00:00:00Z') }

function aFileEntry(path: string, bytes: Uint8Array, piece = bytes.byteLength): ArchiveEntry {
  const pieces = function* () {
    for (let at = 0; at < bytes.byteLength; at += piece) yield bytes.subarray(at, at + piece)
  }
  return { ...common, path, size: bytes.byteLength, open: () => Readable.from(pieces()) }
}

/** Local time without its offset, which an hour of a year has two of. */
const wallClock = (date: Date) => date.toString().slice(0, 24)

/** Info-ZIP's field of times in UTC, which only names in ASCII have: `Gr#U00f6#U00dfe` would come of others. */
const UT = 0x5455

/** What yauzl reads in an archive, in its order. */
async function readBack(archive: Buffer) {
  const zip = await fromBufferPromise(archive, { lazyEntries: true })
  const found = []
  for await (const entry of zip.eachEntry()) {
    const content = await buffer(await zip.openReadStreamPromise(entry))
    const mode = entry.externalFileAttributes >>> 16
    const mtime = entry.extraFields.some(({ id }) => id === UT) ? entry.getLastModDate().getTime() : null
    const dosTime = wallClock(entry.getLastModDate({ forceDosFormat: true }))
    // yauzl does not compare it.
    expect(entry.crc32).toBe(crc32(content))
    found.push({ path: entry.fileName, mode, mtime, dosTime, content: content.toString('latin1') })
  }
  return found
}

const character = fc.constantFrom(...'aZ0 ._-äöüßéñ漢😀')
const segment = fc
  .oneof(
    fc.string({ unit: character, minLength: 1, maxLength: 12 }),
    fc.string({ unit: character, minLength: 200, maxLength: 255 }),
  )
  .filter((name) => name !== '..')
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'))
// Those that DOS had, and a signed number of 32 bits counts the seconds of.
const mtime = fc.date({ min: new Date(1980, 0, 1), max: new Date(2038, 0, 1), noInvalidDate: true })
const file = fc.record({
  ...{ path, mtime, mode: fc.nat(0xffff), piece: fc.integer({ min: 10, max: 100_000 }) },
  content: fc.oneof(
    { weight: 3, arbitrary: fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)) },
    fc.integer({ min: 1, max: 300_000 }).map(someBytes),
  ),
})
const folder = fc.record({ path: path.map((name) => `${name}/`), mtime, mode: fc.nat(0xffff) })

describe('an archive', () => {
  it('is read back as what went into it, in that order, and is as long as it was said to become', () => {
    const some = fc.array(fc.oneof(file, folder), { maxLength: 6 })
    const options = fc.record({
      compression: fc.constantFrom('store', 'deflate'),
      level: fc.integer({ min: 1, max: 9 }),
    })
    return fc.assert(
      fc.asyncProperty(some, options, async (given, how) => {
        const entries = given.map((one) => ({
          ...('content' in one ? aFileEntry(one.path, one.content, one.piece) : { size: 0, open: undefined }),
          ...{ path: one.path, mode: one.mode, mtime: one.mtime },
        }))
        const { stream, size } = await archiveOf(entries, how)
        const archive = await buffer(stream)
        expect(size).toBe(how.compression === 'store' ? archive.byteLength : undefined)
        expect(await readBack(archive)).toEqual(
          given.map((one) => ({
            ...{ path: one.path, mode: one.mode },
            mtime: isAscii(Buffer.from(one.path)) ? Math.floor(one.mtime.getTime() / 1000) * 1000 : null,
            dosTime: wallClock(new Date(one.mtime.getTime() - (one.mtime.getSeconds() % 2) * 1000)),
            content: 'content' in one ? one.content.toString('latin1') : '',
          })),
        )
      }),
      { numRuns: 30 },
    )
  })

  it('gives dates that a zip has none for as the nearest that it has', async () => {
    const years = [1850, 1970, 2038, 2150].map((year) => new Date(year, 6, 1))
    const entries = years.map((mtime) => ({ ...aFileEntry('x', Buffer.from('x')), mtime }))
    const found = await readBack(await buffer((await archiveOf(entries, {})).stream))
    const inYears = (kind: 'mtime' | 'dosTime') => found.map((one) => new Date(one[kind] ?? 0).getFullYear())
    expect(inYears('mtime')).toEqual([1901, 1970, 2038, 2038])
    expect(inYears('dosTime')).toEqual([1980, 1980, 2038, 2107])
  })

  it('opens what is in it when its turn comes, and not before somebody reads', async () => {
    const opened: string[] = []
    const entries = ['one', 'two', 'three'].map((path) => {
      const { open = () => Readable.from([]), ...entry } = aFileEntry(path, someBytes(2_000_000), 100_000)
      const noted = () => {
        opened.push(path)
        return open({ reuse: false })
      }
      return { ...entry, open: noted }
    })
    const { stream } = await archiveOf(entries, {})
    expect(opened).toEqual([])
    let taken = 0
    for await (const piece of stream) {
      taken += piece.byteLength
      if (taken > 2_100_000) break
    }
    expect(opened).toEqual(['one', 'two'])
  })

  it.each(['store', 'deflate'] as const)(
    'ends what it reads when nobody wants the rest, even if nothing comes from it (%s)',
    async (compression) => {
      const silent = new Readable({ read: () => void silent.emit('asked') })
      const entry = { ...common, path: 'x', size: 1, open: () => silent }
      const { stream } = await archiveOf([entry], { compression })
      stream.read()
      await once(silent, 'asked')
      await once(stream.destroy(), 'close')
      expect(silent.destroyed).toBe(true)
    },
  )

  it.each(['store', 'deflate'] as const)(
    'fails as a file in it does, and if that is longer or shorter than it was (%s)',
    async (compression) => {
      const failureWith = async (size: number, open: () => Readable) => {
        const { stream } = await archiveOf([{ ...common, path: 'täst', size, open }], { compression })
        return failureOf(buffer(stream))
      }
      const failure = new Error('The disk is broken')
      expect(await failureWith(3, () => new Readable({ read: () => void 0 }).destroy(failure))).toBe(failure)
      const throws = () => {
        throw failure
      }
      expect(await failureWith(3, throws)).toBe(failure)
      const four = () => Readable.from([Buffer.from('ab'), Buffer.from('cd')])
      const shorter = await failureWith(5, four)
      expect(shorter).toBeInstanceOf(IntegrityError)
      expect(shorter.message).toBe('täst has an unexpected number of bytes: 4 instead of 5')
      expect((await failureWith(3, four)).message).toContain('unexpected number of bytes: more instead of 3')
    },
  )

  it.each(['../x', 'a/../x', '/x', 'C:x', '..\\x'])(
    'takes no path that leads out of it: %s',
    async (path) => {
      expect(await failureOf(archiveOf([aFileEntry(path, Buffer.from('x'))], {}))).toBeInstanceOf(
        ArgumentError,
      )
    },
  )
})
