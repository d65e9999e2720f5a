import { createHash } from 'node:crypto'
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FileStore, StoredBytes } from '../domain/file-store.ts'
import { diskFileStore } from '../stores/disk-file-store.ts'
import { CheckedContent } from './checked-content.ts'
import { damageOf } from './content-check.ts'
import { DurableFiles } from './durable-files.ts'

const TEN = 10

let folder: string
let store: FileStore
let notes: string
let real: number
let opened: CheckedContent[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-content-'))
  notes = join(folder, 'content-checked')
  store = diskFileStore(folder)
  real = 0
  opened = []
})
afterEach(async () => {
  for (const checked of opened) checked.close()
  await store.close()
  await rm(folder, { recursive: true })
})

/** What a start finds: which content it hashes, and what is wrong with it. */
async function start(contents: readonly StoredBytes[], hashedAgain: number) {
  real += 1
  const checked = await CheckedContent.read({ path: notes, now: () => real, hashedAgain })
  opened.push(checked)
  const hashed: StoredBytes[] = []
  const damaged: (string | null)[] = []
  for (const bytes of contents)
    damaged.push(await damageOf(bytes, store, checked, () => void hashed.push(bytes)))
  await checked.begin(new Set(contents.map(({ id }) => id)))
  return { checked, hashed, damaged }
}

/** Stored by a server that runs, and forced to the disk. */
async function stored(names: readonly string[]): Promise<StoredBytes[]> {
  const { checked } = await start([], 0)
  const files = new DurableFiles(store, checked)
  const contents = names.map((name) => files.put(Buffer.from(name.padEnd(TEN))))
  await files.sync()
  checked.close()
  return contents
}

const pathOf = ({ id }: StoredBytes): string => store.pathOf(id) ?? ''

async function flipAByteOf(content: StoredBytes): Promise<void> {
  const bytes = await readFile(pathOf(content))
  bytes[3] = (bytes[3] ?? 0) ^ 1
  await writeFile(pathOf(content), bytes)
}

describe('content at a start', () => {
  it('is not hashed where it looks as it did when it was stored, beyond what is hashed again', async () => {
    const contents = await stored(['one', 'two'])
    expect(await start(contents, 0)).toMatchObject({ hashed: [], damaged: [null, null] })
  })

  it('is hashed where a byte has flipped, however much is hashed already', async () => {
    const [one, two] = (await stored(['one', 'two'])) as [StoredBytes, StoredBytes]
    await flipAByteOf(two)
    const { hashed, damaged } = await start([one, two], 0)
    expect(hashed).toEqual([two])
    expect(damaged).toEqual([null, 'its content does not have its checksum any more'])
  })

  it('is damaged without being hashed where it is cut or gone', async () => {
    const [one, two] = (await stored(['one', 'two'])) as [StoredBytes, StoredBytes]
    await truncate(pathOf(one), 7)
    await store.remove(two.id)
    const { hashed, damaged } = await start([one, two], 0)
    expect(hashed).toEqual([])
    expect(damaged).toEqual(['its content has 7 bytes in place of 10', 'its content is missing'])
  })

  it('is hashed again in turn, what was hashed the longest ago first', async () => {
    const contents = await stored(['one', 'two', 'three'])
    const turns: string[] = []
    for (let turn = 0; turn < 6; turn += 1) {
      const { hashed } = await start(contents, TEN)
      turns.push(...hashed.map(({ id }) => id))
    }
    const ids = contents.map(({ id }) => id)
    expect(turns).toEqual([...ids, ...ids])
  })

  it.each([
    ['lost', () => rm(notes)],
    ['cut in the middle of a line', async () => truncate(notes, 40)],
    ['nothing but noise', () => writeFile(notes, createHash('sha512').update('noise').digest())],
  ])('is hashed where the notes are %s', async (_, damage) => {
    const contents = await stored(['one', 'two'])
    await damage()
    expect((await start(contents, 0)).hashed).toEqual(contents)
    expect((await start(contents, 0)).hashed).toEqual([])
  })

  it('is stored all the same where no note can be written', async () => {
    const { checked } = await start([], 0)
    checked.close()
    const files = new DurableFiles(store, checked)
    const bytes = files.put(Buffer.from('unnoted'))
    await files.sync()
    await appendFile(notes, 'half a li')
    expect((await start([bytes], 0)).hashed).toEqual([bytes])
  })
})
