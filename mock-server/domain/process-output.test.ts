import { expect, it } from 'vitest'
import { instantOf } from './instant.ts'
import { exitedWith, formatLogLine, launching, workFolderOf } from './process-output.ts'

const at = instantOf(new Date('2023-09-04T11:40:05.987Z'))

it('begins each line with a date of 24 characters', () => {
  const line = formatLogLine(
    at,
    launching('python3 calculate_pi.py range.inp', workFolderOf('uprod_WAxHW', false)),
  )
  expect(line.slice(0, 24)).toBe('[2023-09-04T11:40:05Z]: ')
  expect(line.slice(24)).toBe(
    'Launching python3 calculate_pi.py range.inp, Working dir: /enc/uprod_WAxHW/work.  Process output follows:\n',
  )
})

it('ends with the exit code and an empty line, so that the last output is the third from the end', () => {
  const log = ['checksum 00ff', exitedWith(0), ''].map((text) => formatLogLine(at, text)).join('')
  expect(log.split('\n').at(-4)).toMatch(/checksum 00ff$/)
  expect(log).toMatch(/\]: Exited with code 0\n\[[^\]]*\]: \n$/)
})

it('puts the date before each of several lines', () => {
  expect(formatLogLine(at, 'one\ntwo')).toBe('[2023-09-04T11:40:05Z]: one\n[2023-09-04T11:40:05Z]: two\n')
})
