import { Stats } from 'node:fs'
import { expect, test } from 'vitest'
import { longName } from './long-name.ts'

const local = (year: number, month: number, day: number) =>
  new Date(year, month, day, 4, 13, 20, 500).getTime()
const NOW = local(2026, 10, 29)

const stats = (mtimeMs: number): Stats =>
  Object.assign(Object.create(Stats.prototype), {
    mode: 0o100644,
    nlink: 1,
    uid: -2,
    gid: -2,
    size: 7,
    mtimeMs,
  })

test.each([
  ['within this very millisecond', NOW + 0.9, 'Nov 29 04:13'],
  ['later in this second', NOW + 499, 'Nov 29 04:13'],
  ['in the next second', NOW + 500, 'Nov 29  2026'],
  ['in a year', local(2027, 10, 29), 'Nov 29  2027'],
  ['182 days ago', local(2026, 4, 31), 'May 31 04:13'],
  ['183 days ago', local(2026, 4, 30), 'May 30  2026'],
])('a line of ls -l dates what was written %s like sftp-server of OpenSSH', (_, mtimeMs, date) => {
  expect(longName('x', stats(mtimeMs), 'uprod_abc123', NOW)).toBe(
    `-rw-r--r--    1 -2       -2              7 ${date} x`,
  )
})
