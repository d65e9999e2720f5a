import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { bytes, duration, parseDuration } from './format.ts'
import { ProgressDisplay } from './progress.ts'
import { table } from './table.ts'

const MB = 1_000_000

function aDisplay(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 })
  let now = 0
  const display = new ProgressDisplay(stream, () => now)
  const show = (at: number, transferred: number) => {
    now = at
    display.onProgress('mesh.cgns')({ transferred, total: 100 * MB })
  }
  const retry = (at: number, message: string, delayMs: number) => {
    now = at
    const item = { direction: 'download', name: 'x', fileId: 'x', bytes: 0, total: MB } as const
    const all = { files: 1, finished: 0, bytes: 0, total: MB, bytesPerSecond: 0, etaMs: undefined }
    display.onEvent({ type: 'retrying', item, all, error: new Error(message), delayMs })
  }
  return { display, show, retry, text: () => String(stream.read() ?? '') }
}

it('draws a bar with share, rate and ETA on a terminal, at most ten times a second', () => {
  const { display, show, text } = aDisplay(true)
  show(1_000, 10 * MB)
  expect(text()).toBe('\r\u001b[Kmesh.cgns [##----------------------] 10% of 100 MB, 10.0 MB/s, ETA 9s')
  show(1_050, 11 * MB)
  expect(text()).toBe('')
  show(2_000, 100 * MB)
  expect(text()).toContain('[########################] 100% of 100 MB, 50.0 MB/s')
  display.done()
  expect(text()).toBe('\r\u001b[Kmesh.cgns: 100 MB in 2s, 50.0 MB/s\n')
})

it('writes a plain line every ten seconds elsewhere, and none for what is over in a moment', () => {
  const { display, show, text } = aDisplay(false)
  show(1_000, 1 * MB)
  show(9_000, 50 * MB)
  display.done()
  expect(text()).toBe('')
  show(10_000, 50 * MB)
  show(12_000, 60 * MB)
  display.done()
  expect(text()).toBe('mesh.cgns: 50% of 100 MB, 5.00 MB/s, ETA 10s\nmesh.cgns: 60.0 MB in 12s, 5.00 MB/s\n')
})

it('tells once what happens to several connections of a file at the same time', () => {
  const { retry, text } = aDisplay(false)
  for (const at of [1_000, 1_010, 1_020]) retry(at, 'the server closed the connection', 40)
  retry(1_030, 'ECONNREFUSED', 1_000)
  retry(1_040, 'ECONNREFUSED', 1_000)
  retry(9_000, 'ECONNREFUSED', 1_000)
  expect(text()).toBe(
    ['the server closed the connection; again at once', ...Array(2).fill('ECONNREFUSED; again in 1s')]
      .map((line) => `x: ${line}\n`)
      .join(''),
  )
})

it('never shows more than all of it', () => {
  const { show, text } = aDisplay(true)
  show(1_000, 120 * MB)
  expect(text()).toContain('[########################] 100% of 100 MB')
})

it.each([
  ['30', 30_000],
  ['250ms', 250],
  ['1.5h', 5_400_000],
  ['2d', 172_800_000],
  ['soon', undefined],
  ['-1s', undefined],
])('reads %s as %s milliseconds', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

it('writes sizes with three digits, and times shortly', () => {
  expect([0, 999, 1_000, 999_499, 999_500, 27_083_606].map(bytes)).toEqual([
    '0 B',
    '999 B',
    '1.00 kB',
    '999 kB',
    '1.00 MB',
    '27.1 MB',
  ])
  expect([400, 59_000, 61_000, 7_500_000].map(duration)).toEqual(['0s', '59s', '1m01s', '2h05m'])
})

it('aligns columns, numbers to the right, also where characters are wide', () => {
  const items = [
    { name: '漢字', size: 5 },
    { name: 'abcdef', size: 1_000 },
  ]
  expect(
    table(
      [
        { title: 'name', value: ({ name }) => name },
        { title: 'size', value: ({ size }) => size },
        { title: 'end', value: () => undefined },
      ],
      items,
    ),
  ).toEqual(['NAME    SIZE  END', '漢字       5    -', 'abcdef  1000    -'])
})
