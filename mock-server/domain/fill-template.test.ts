// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates have placeholders of this form

import { expect, it } from 'vitest'
import { runVariable } from './case-table.ts'
import { fillTemplate } from './fill-template.ts'

const fill = (template: string, values: Readonly<Record<string, string>>, limit = 10_000) =>
  fillTemplate(
    template,
    Object.entries(values).map(([name, text]) => runVariable(name, text)),
    limit,
  )

it('puts in the values, wherever and however often they are named', () => {
  const template = 'freestreamValue uniform (${Xvelocity} ${Yvelocity} 0); // ${Xvelocity}'
  expect(fill(template, { Xvelocity: '25.999249', Yvelocity: '-0.4538185794' })).toBe(
    'freestreamValue uniform (25.999249 -0.4538185794 0); // 25.999249',
  )
})

it('changes nothing else', () => {
  const template = '$ {x} $x ${y} {x} ${} ${${x}} \\${x'
  expect(fill(template, { x: '1' })).toBe('$ {x} $x ${y} {x} ${} ${1} \\${x')
})

it('takes values as they are, even with what looks like a variable', () => {
  expect(fill('${a}${b}', { a: '${b}', b: '$& $1' })).toBe('${b}$& $1')
})

/** The tables of Rescale's help. */
it('formats numbers as the help shows it', () => {
  const formats = ['0', '0.0', '0.00##', '0E0', '00E00', '0.0##E0']
  const shown = (x: string) => formats.map((format) => fill(`\${x?string("${format}")}`, { x }))
  expect(shown('0.9')).toEqual(['1', '0.9', '0.90', '9E-1', '90E-02', '9.0E-1'])
  expect(shown('1.49').slice(0, 3)).toEqual(['1', '1.5', '1.49'])
  expect(shown('-55.123').slice(0, 3)).toEqual(['-55', '-55.1', '-55.123'])
  expect(shown('9810').slice(0, 3)).toEqual(['9810', '9810.0', '9810.00'])
})

it('rounds half to even, and into the next power of ten', () => {
  expect(['0.5', '1.5', '2.5', '-0.4'].map((x) => fill('${x?string("0")}', { x }))).toEqual([
    '0',
    '2',
    '2',
    '0',
  ])
  expect(['9.96', '0', '1e-7', '12345'].map((x) => fill("${x?string('0.0E0')}", { x }))).toEqual([
    '1.0E1',
    '0.0E0',
    '1.0E-7',
    '1.2E4',
  ])
})

it('leaves text and unknown formats as they are', () => {
  expect(fill('${a?string("0.0")} ${b?string("%d")}', { a: 'case 1a', b: '2' })).toBe('case 1a 2')
})

it('has a limit, so that a small template and a long value do not fill the memory', () => {
  const template = '${x}'.repeat(1000)
  expect(() => fill(template, { x: 'y'.repeat(1000) }, 100_000)).toThrow(RangeError)
  expect(fill(template, { x: 'y'.repeat(100) }, 100_000)).toHaveLength(100_000)
})
