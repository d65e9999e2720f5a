import { execFile } from 'node:child_process'
import { open, readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Entry, fromBuffer, open as openZip, type ZipFile } from 'yauzl'
import { aFolder, type TestFolder } from '../test-support/folder.ts'
import { itWith } from '../test-support/programs.ts'
import { type ArchiveEntry, archiveOf } from './zip-archive.ts'

const MiB = 1024 * 1024
const NOTHING = Buffer.alloc(MiB)

/** Writes a stream into a sparse file: what is nothing takes no room. Returns its length. */
async function writeSparse(stream: AsyncIterable<Buffer>, path: string): Promise<number> {
  const file = await open(path, 'wx')
  try {
    let at = 0
    for await (const chunk of stream) {
      if (!chunk.equals(NOTHING.subarray(0, chunk.byteLength)))
        await file.write(chunk, 0, chunk.byteLength, at)
      at += chunk.byteLength
    }
    await file.truncate(at)
    return at
  } finally {
    await file.close()
  }
}

/** Archives entries into a file, and tells how long it is and was said to become. */
async function archived(entries: readonly ArchiveEntry[], path: string) {
  const { stream, size } = await archiveOf(entries, {})
  return { size, length: await writeSparse(stream, path) }
}

const common = { mode: 0o644, mtime: new Date('2026-01-01T00:00:00Z') }

const textEntry = (path: string, text: string): ArchiveEntry => ({
  ...{ ...common, path, size: text.length },
  open: () => Readable.from([Buffer.from(text)]),
})

/** An entry of so many MiB of nothing between two words, which takes no room on a disk. */
function aLargeEntry(path: string, mebibytes: number): ArchiveEntry {
  const bytes = function* () {
    yield Buffer.from('first')
    for (let count = 0; count < mebibytes; count++) yield NOTHING
    yield Buffer.from('last')
  }
  return { ...common, path, size: mebibytes * MiB + 9, open: () => Readable.from(bytes()) }
}

const openedZip = (path: string): Promise<ZipFile> =>
  promisify((done: (error: Error | null, zip: ZipFile) => void) =>
    openZip(path, { lazyEntries: true, autoClose: false }, done),
  )()

const zipIn = (bytes: Buffer): Promise<ZipFile> =>
  promisify((done: (error: Error | null, zip: ZipFile) => void) =>
    fromBuffer(bytes, { lazyEntries: true }, done),
  )()

/** The entries of an archive, by yauzl. */
async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = []
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject).once('end', resolve)
    zip.on('entry', (entry: Entry) => {
      entries.push(entry)
      zip.readEntry()
    })
    zip.readEntry()
  })
  return entries
}

/** Bytes of a stored entry. */
async function bytesOf(zip: ZipFile, entry: Entry | undefined, start: number, end: number): Promise<string> {
  if (!entry) throw new Error('There is no such entry')
  const range = { decompress: null, decrypt: null, start, end }
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, range, (error, stream) =>
      error ? reject(error) : buffer(stream).then((bytes) => resolve(bytes.toString()), reject),
    )
  })
}

/** What a program says of an archive, unless it complains. */
const ended = async (program: string, ...args: string[]): Promise<string> =>
  (await promisify(execFile)(program, args)).stdout

/** How many entries an archive has, and the text of its last, by Python. */
async function readByPython(path: string): Promise<unknown> {
  const program = `import json, sys, zipfile
zip = zipfile.ZipFile(sys.argv[1])
last = zip.infolist()[-1]
print(json.dumps([len(zip.infolist()), last.filename, zip.read(last).decode()]))`
  return JSON.parse(await ended('python3', '-c', program, path))
}

const large = aLargeEntry('large.bin', 4 * 1024)
const COUNT = 65_536
const folders = Array.from({ length: COUNT - 1 }, (_, index) => ({
  ...{ ...common, path: `${index}/`, size: 0, open: undefined },
}))

describe('an archive beyond what a zip of 1989 can count', () => {
  let folder: TestFolder
  // Three seconds for 4 GiB, one for the entries; the rest is for busy machines. A writer that looks through all entries
  // for each of them needs more than forty.
  beforeAll(async () => {
    folder = await aFolder()
    const big = await archived([large, textEntry('behind.txt', 'behind it')], folder.in('big.zip'))
    const many = await archived([...folders, textEntry('z.txt', 'the last')], folder.in('many.zip'))
    expect([big.length, many.length]).toEqual([big.size, many.size])
  }, 90_000)
  afterAll(() => folder?.[Symbol.asyncDispose]())

  it('has an entry of more than 4 GiB, and one that begins behind it', async () => {
    const zip = await openedZip(folder.in('big.zip'))
    const [one, two, ...more] = await entriesOf(zip)
    expect([one?.uncompressedSize, one?.compressedSize]).toEqual([large.size, large.size])
    expect([two?.fileName, more]).toEqual(['behind.txt', []])
    expect(two?.relativeOffsetOfLocalHeader).toBeGreaterThan(large.size)
    expect(await bytesOf(zip, one, 0, 5)).toBe('first')
    expect(await bytesOf(zip, one, large.size - 4, large.size)).toBe('last')
    expect(await bytesOf(zip, two, 0, 9)).toBe('behind it')
    zip.close()
  })

  it('has 65,536 entries', async () => {
    const zip = await zipIn(await readFile(folder.in('many.zip')))
    const entries = await entriesOf(zip)
    expect(entries.map(({ fileName }) => fileName)).toEqual([...folders.map((one) => one.path), 'z.txt'])
    expect(await bytesOf(zip, entries.at(-1), 0, 8)).toBe('the last')
    zip.close()
  })

  // Of the large one only what is behind 4 GiB: to read all of it takes seconds.
  itWith('7za')('is in order to 7-Zip', async () => {
    expect(await ended('7za', 't', folder.in('big.zip'), 'behind.txt')).toMatch(/^Everything is Ok$/m)
    expect(await ended('7za', 't', folder.in('many.zip'))).toMatch(
      new RegExp(`^Everything is Ok$.*^Folders: ${COUNT - 1}$`, 'ms'),
    )
  })

  itWith('unzip')('is in order to Info-ZIP', async () => {
    expect(await ended('unzip', '-t', folder.in('big.zip'), 'behind.txt')).toContain('No errors detected')
    expect(await ended('unzip', '-tq', folder.in('many.zip'))).toContain('No errors detected')
  })

  itWith('python3')('is read by Python too', async () => {
    expect(await readByPython(folder.in('big.zip'))).toEqual([2, 'behind.txt', 'behind it'])
    expect(await readByPython(folder.in('many.zip'))).toEqual([COUNT, 'z.txt', 'the last'])
  })
})
