import { mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LastCommit, type NotedCommits } from './last-commit.ts'
import { seal } from './seal.ts'

const [one, other, third] = ['1', '2', '3'].map((digit) => digit.repeat(16)) as [string, string, string]

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-last-commit-'))
  path = join(folder, 'last-commit')
})
afterEach(() => rm(folder, { recursive: true }))

/** What a process finds, which then does something and ends. */
function found(then: (notes: LastCommit) => void = () => {}): NotedCommits {
  const notes = new LastCommit(path)
  const noted = notes.read()
  then(notes)
  notes.close()
  return noted
}

const nothing = { last: 0, ofTenants: new Map(), removals: new Map(), isDamaged: false }

it('notes the last commit of all, and of each tenant', () => {
  expect(found((notes) => notes.write(1, [one]))).toEqual(nothing)
  expect(
    found((notes) => {
      notes.write(2, [other])
      notes.write(3, [one, third])
      notes.write(4, [])
    }),
  ).toEqual({ last: 1, ofTenants: new Map([[one, 1]]), removals: new Map(), isDamaged: false })
  const ofTenants = new Map([
    [one, 3],
    [other, 2],
    [third, 3],
  ])
  expect(found()).toEqual({ last: 4, ofTenants, removals: new Map(), isDamaged: false })
})

it('remembers that tenants are gone, until they are there again', () => {
  found((notes) => notes.write(1, [one, other]))
  found((notes) => {
    notes.forget(one, 2)
    notes.write(2, [third])
  })
  const left = new Map([
    [third, 2],
    [other, 1],
  ])
  const gone = { last: 2, ofTenants: left, removals: new Map([[one, 2]]), isDamaged: false }
  expect(found((notes) => notes.beginAnew(2, left))).toEqual(gone)
  expect(found((notes) => notes.write(3, [one]))).toEqual(gone)
  expect(found()).toMatchObject({ ofTenants: new Map([...left, [one, 3]]), removals: new Map() })
})

it('forgets the oldest of too many that are gone, and takes their lines for others', async () => {
  const tenants = Array.from({ length: 2_001 }, (_, number) => number.toString(16).padStart(16, '0'))
  found((notes) => notes.write(1, tenants))
  const { length } = await readFile(path)
  found((notes) => {
    for (const [number, tenantId] of tenants.entries()) notes.forget(tenantId, 2 + number)
  })
  const { removals } = found((notes) => notes.write(3_000, ['f'.repeat(16)]))
  expect([...removals.keys()]).toEqual(tenants.slice(1))
  expect(await readFile(path)).toHaveLength(length)
})

it('reads what was written before tenants were noted', async () => {
  await writeFile(path, seal('last-commit', 7).text.padEnd(64))
  expect(found((notes) => notes.write(8, [one]))).toEqual({ ...nothing, last: 7 })
  expect(found()).toEqual({ last: 8, ofTenants: new Map([[one, 8]]), removals: new Map(), isDamaged: false })
})

it('tells of a line that is damaged, and reads the others', async () => {
  found((notes) => notes.write(5, [one, other]))
  const file = await open(path, 'r+')
  await file.write('x', 64 + 20)
  expect(found()).toEqual({ last: 5, ofTenants: new Map([[other, 5]]), removals: new Map(), isDamaged: true })
  await file.write('x', 20)
  await file.close()
  expect(found()).toMatchObject({ last: null, isDamaged: true })
  await truncate(path, 150)
  expect(found((notes) => notes.beginAnew(6, [[third, 4]]))).toMatchObject({ isDamaged: true })
  expect(found()).toEqual({
    last: 6,
    ofTenants: new Map([[third, 4]]),
    removals: new Map(),
    isDamaged: false,
  })
})

it('has no hole in its first line where a process dies amid its first note', () => {
  function* dying() {
    yield one
    throw new Error('killed')
  }
  found((notes) => expect(() => notes.write(7, dying())).toThrow('killed'))
  expect(found()).toEqual({ last: 7, ofTenants: new Map([[one, 7]]), removals: new Map(), isDamaged: false })
})
