import { readFile, writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aFolder } from '../test-support/folder.ts'
import {
  journalHeader,
  journalRecord,
  PartJournal,
  RESET_RECORD,
  readJournal,
  readRecords,
} from './part-journal.ts'

const IDENTITY = { fileId: 'abcdef', size: 1_000, sha512: 'f'.repeat(128) }

const range = fc
  .tuple(fc.nat(999), fc.nat(999))
  .map(([one, other]) => ({ start: Math.min(one, other), end: Math.max(one, other) }))

function bytesOf(ranges: readonly { start: number; end: number }[]): Set<number> {
  return new Set(
    ranges.flatMap(({ start, end }) => Array.from({ length: end - start + 1 }, (_, at) => start + at)),
  )
}

it('vouches for exactly the bytes of its whole records, merged and in order, wherever it is torn', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), fc.nat(), (ranges, cut) => {
      const records = ranges.map(journalRecord)
      const text = journalHeader(IDENTITY) + records.join('')
      const end = journalHeader(IDENTITY).length + (cut % (records.join('').length + 1))
      const read = readRecords(text.slice(0, end), IDENTITY) ?? []
      let whole = 0
      for (let length = journalHeader(IDENTITY).length; whole < records.length; whole++) {
        length += records[whole]?.length ?? 0
        if (length > end) break
      }
      expect(bytesOf(read)).toEqual(bytesOf(ranges.slice(0, whole)))
      read.forEach(({ start }, index) => {
        if (index > 0) expect(start).toBeGreaterThan((read[index - 1]?.end ?? 0) + 1)
      })
    }),
  )
})

it('believes no record that was changed, nor what follows it', () => {
  const [good, bad] = [journalRecord({ start: 0, end: 9 }), journalRecord({ start: 20, end: 29 })]
  const changed = bad.replace('29', '28')
  expect(readRecords(journalHeader(IDENTITY) + good + changed + bad, IDENTITY)).toEqual([
    { start: 0, end: 9 },
  ])
  const beyond = journalRecord({ start: 990, end: 1_000 })
  expect(readRecords(journalHeader(IDENTITY) + beyond, IDENTITY)).toEqual([])
})

it('forgets what came before everything was fetched anew', () => {
  const records = journalRecord({ start: 0, end: 99 }) + RESET_RECORD + journalRecord({ start: 5, end: 9 })
  expect(readRecords(journalHeader(IDENTITY) + records, IDENTITY)).toEqual([{ start: 5, end: 9 }])
})

it('belongs to one file, of one length and content', () => {
  const text = journalHeader(IDENTITY) + journalRecord({ start: 0, end: 9 })
  for (const other of [{ fileId: 'x' }, { size: 999 }, { sha512: undefined }, { sha512: 'e'.repeat(128) }]) {
    expect(readRecords(text, { ...IDENTITY, ...other })).toBeUndefined()
  }
  expect(readRecords('', IDENTITY)).toBeUndefined()
})

it.each([
  ['whole', ''],
  ['torn', '200 299 12'],
])('is gone on with where it ended, %s, and never shorter than what it vouches for', async (_, torn) => {
  await using folder = await aFolder()
  const path = folder.in('journal')
  const before = journalHeader(IDENTITY) + journalRecord({ start: 0, end: 99 })
  await writeFile(path, before + torn)
  const journal = await PartJournal.continued(path, IDENTITY, [{ start: 0, end: 99 }])
  expect(await readFile(path, 'utf8')).toBe(before)
  await journal.append(journalRecord({ start: 100, end: 149 }))
  await journal.close()
  expect(await readJournal(path, IDENTITY)).toEqual([{ start: 0, end: 149 }])
})

it('takes back what the part file does not hold any more', async () => {
  await using folder = await aFolder()
  const path = folder.in('journal')
  await writeFile(
    path,
    journalHeader(IDENTITY) +
      [
        { start: 0, end: 99 },
        { start: 500, end: 599 },
      ]
        .map(journalRecord)
        .join(''),
  )
  const journal = await PartJournal.continued(path, IDENTITY, [{ start: 0, end: 99 }])
  await journal.close()
  expect(await readJournal(path, IDENTITY)).toEqual([{ start: 0, end: 99 }])
})
