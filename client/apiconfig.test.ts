import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Apiconfig, parseApiconfig } from './apiconfig.ts'
import { ApiconfigError } from './apiconfig-errors.ts'
import { type ParsedByPython, PythonConfigparser } from './test-support/configparser.ts'
import { itWith } from './test-support/programs.ts'

const THE_TUTORIALS = `[default]
apibaseurl = https://eu.rescale.com
apikey = 79a49b3132335a44742e86c9126e5cfaa1ea2489

[us]
apibaseurl: https://platform.rescale.com
# the new key
APIKEY = abc
`

it('reads the profiles of the tutorial', () => {
  const config = parseApiconfig(THE_TUTORIALS)
  expect(config.sections).toEqual(['default', 'us'])
  expect(config.get('default', 'apibaseurl')).toBe('https://eu.rescale.com')
  expect(config.get('us', 'ApiKey')).toBe('abc')
  expect(config.get('us', 'other')).toBeUndefined()
})

it('lets all profiles inherit from [DEFAULT], and none from [default]', () => {
  const config = parseApiconfig('[DEFAULT]\na = 1\n[default]\nb = 2\n[us]\n')
  expect(config.options('us')).toEqual(['a'])
  expect(config.get('default', 'a')).toBe('1')
})

it('keeps what follows a value on its line, and joins indented lines', () => {
  const config = parseApiconfig('[a]\nx = 1 # one\n  2\n\n  3\ny =\n')
  expect(config.get('a', 'x')).toBe('1 # one\n2\n\n3')
  expect(config.get('a', 'y')).toBe('')
})

it('replaces references, and refuses a single percent sign only where it is read', () => {
  const config = parseApiconfig(
    '[a]\nhost = eu\nurl = https://%(HOST)s.rescale.com\nhalf = 50%\nfull = 100%%\n',
  )
  expect(config.get('a', 'url')).toBe('https://eu.rescale.com')
  expect(config.get('a', 'full')).toBe('100%')
  expect(() => config.get('a', 'half')).toThrow('half in [a] has a single % in its value')
})

it.each([
  [
    'apikey = 1\n',
    'MissingSectionHeaderError',
    'line 1 cannot be read: there is no [profile] line before it',
  ],
  ['\ufeff[default]\napikey = 1\n', 'MissingSectionHeaderError', 'byte order mark'],
  ['[a]\nx = 1\n[a]\n', 'DuplicateSectionError', 'line 3 opens [a] a second time'],
  ['[a]\nx = 1\nX: 2\n', 'DuplicateOptionError', 'line 3 sets x a second time in [a]'],
  ['[a]\nx\ny = 1\nz\n', 'ParsingError', 'lines 2, 4 are neither'],
])('refuses %j as Python does', (text, kind, message) => {
  expect(() => parseApiconfig(text)).toThrow(
    expect.objectContaining({ kind, message: expect.stringContaining(message) }),
  )
})

it('never repeats a value in its messages', () => {
  const secret = 'S3CRET'
  for (const text of [
    `${secret}\n`,
    `[a]\n${secret}\n`,
    `[a]\nk=${secret}\nk=${secret}\n`,
    `[a]\nk=%${secret}\n`,
  ]) {
    try {
      parseApiconfig(text).get('a', 'k')
    } catch (error) {
      expect(String(error)).not.toContain(secret)
    }
  }
})

// Pieces that matter to the parser, in any order; keys from a small set so that they collide.
const name = fc.constantFrom('apikey', 'APIKEY', 'apibaseurl', 'api_key', 'x', 'Ünï', 'a b', '')
const blank = fc.constantFrom('', ' ', '  ', '\t', '    ', '\u00a0', '\u2003', '\x1c', '\f', '\ufeff')
const value = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('https://eu.rescale.com', 'abc', 'a = b : c', '1 # no comment', '"q"', ''),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('%%', '50%', '%(apikey)s', '%(x)s%(x)s', '%(nope)s', '%(a', '%x', '%()s'),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !/[\n\r]/.test(text)),
  },
)
const header = fc.constantFrom(
  '[default]',
  '[DEFAULT]',
  '[us]',
  '[ us ]',
  '[a]b]',
  '[]',
  '[open',
  '[us] x = 1',
)
const line = fc.oneof(
  { weight: 2, arbitrary: header },
  {
    weight: 5,
    arbitrary: fc
      .tuple(name, blank, fc.constantFrom('=', '=', '=', ':', ':', ':', ''), blank, value)
      .map((all) => all.join('')),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom('#', ';', '# ', '; x='), value).map((all) => all.join('')),
  },
  { weight: 2, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: value },
)
const indented = fc.tuple(blank, line, blank).map((all) => all.join(''))
const newline = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r')
const file = fc
  .tuple(
    fc.constantFrom('', '', '', '', '', '', '', '\ufeff'),
    fc.array(fc.tuple(indented, newline), { maxLength: 14 }),
    fc.constantFrom(true, true, true, false),
  )
  .map(([start, lines, opened]) => start + (opened ? '[default]\n' : '') + lines.flat().join(''))
  // A lone surrogate cannot be in a UTF-8 file.
  .filter((text) => Buffer.from(text).toString() === text)

itWith('python3')('reads any file exactly as Python does', async () => {
  using python = new PythonConfigparser()
  await fc.assert(
    fc.asyncProperty(file, async (text) => {
      expect(readHere(text)).toEqual(await python.parse(text))
    }),
    { numRuns: 2000 },
  )
})

function readHere(text: string): ParsedByPython {
  try {
    const config = parseApiconfig(text)
    const sections = [...config.sections, 'DEFAULT']
    return { sections: Object.fromEntries(sections.map((section) => [section, optionsOf(config, section)])) }
  } catch (error) {
    return { error: kindOf(error) }
  }
}

function optionsOf(config: Apiconfig, section: string) {
  return Object.fromEntries(
    config.options(section).map((option) => {
      try {
        return [option, { value: config.get(section, option) }]
      } catch (error) {
        return [option, { error: kindOf(error) }]
      }
    }),
  )
}

function kindOf(error: unknown): string {
  if (error instanceof ApiconfigError) return error.kind
  throw error
}
