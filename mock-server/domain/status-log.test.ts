import { expect, it } from 'vitest'
import { noRow, StatusLog } from './status-log.ts'

const aRow = (status: number) => ({
  status,
  at: 1_700_000_000_123_456 + status,
  reason: status % 2 ? `reason ${status}` : null,
})

it('keeps histories apart, newest first', () => {
  const log = new StatusLog()
  let [one, other] = [noRow, noRow]
  for (let status = 0; status < 6; status += 1) {
    one = log.append(one, aRow(status))
    other = log.append(other, aRow(status + 2))
  }
  expect(log.read(one)).toEqual([5, 4, 3, 2, 1, 0].map(aRow))
  expect(log.read(other)).toEqual([7, 6, 5, 4, 3, 2].map(aRow))
  expect(log.read(noRow)).toEqual([])
})

it('uses the rows of released histories again', () => {
  const log = new StatusLog()
  const kept = log.append(noRow, aRow(9))
  const rows = new Set<number>()
  for (let round = 0; round < 1000; round += 1) {
    let newest = noRow
    for (let status = 0; status < 3; status += 1) {
      newest = log.append(newest, aRow(status))
      rows.add(newest)
    }
    expect(log.read(newest)).toEqual([2, 1, 0].map(aRow))
    log.release(newest)
  }
  expect(rows.size).toBe(3)
  expect(log.read(kept)).toEqual([aRow(9)])
})

it('goes on over many chunks', () => {
  const log = new StatusLog()
  const newest = Array.from({ length: 10_000 }, (_, number) => log.append(noRow, aRow(number % 10)))
  expect(newest.map((row) => log.read(row)[0]?.status)).toEqual(newest.map((_, number) => number % 10))
})
