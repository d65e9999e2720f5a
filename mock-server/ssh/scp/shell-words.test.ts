import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byteStringOf, textOf } from '../home/home-path.ts'
import { byteStrings } from '../testing/byte-strings.ts'
import { runClient, testWith } from '../testing/real-clients.ts'
import { parseScpCommand } from './scp-command.ts'
import { shellWords, textOfWord } from './shell-words.ts'
import { expandWildcards } from './wildcards.ts'

const environment = { HOME: '/enc/uprod_x', NAME: 'value', BLANK: 'a b', EMPTY: '' }

const words = (line: string): string[] | null => shellWords(line, environment)?.map(textOfWord) ?? null

/** What bash makes of each line, one process for all. */
const bashWords = async (lines: readonly string[], folder: string): Promise<string[][]> => {
  const script = lines.map((line) => `printf '%s\\0' ${line}; printf '\\1'`).join('\n')
  const assignments = Object.entries(environment).map(([name, value]) => `${name}='${value}'\n`)
  const { stdout } = await runClient('bash', ['-s'], {
    input: `LC_ALL=C\n${assignments.join('')}${script}`,
    folder,
  })
  return stdout
    .split('\x01')
    .slice(0, -1)
    .map((part) => part.split('\0').slice(0, -1))
}

const pieces = fc.constantFrom(
  'a',
  'b',
  '-',
  '.',
  ' ',
  '  ',
  '\\ ',
  "'a b'",
  '"a b"',
  "'",
  '"',
  '\\',
  '"\\""',
  '"\\a"',
  '$NAME',
  `$\{NAME}`,
  '"$BLANK"',
  '"$EMPTY"',
  '~',
  '~/',
  '/',
  'ü',
  '""',
  "''",
  '%',
  ',',
  ':',
  '@',
  '+',
)

describe('A command line', () => {
  testWith('bash')('is split into the words that bash sees, or left to bash', async () => {
    const lines = fc.sample(fc.array(pieces, { minLength: 1, maxLength: 8 }), { numRuns: 1500, seed: 4711 })
    const plain = lines.map((parts) => `x${parts.join('')}`).filter((line) => words(line) !== null)
    expect(plain.length).toBeGreaterThan(300)
    expect(plain.map(words)).toEqual(await bashWords(plain, '/'))
  })

  test('is left to bash when it is more than words', () => {
    for (const line of [
      'a; b',
      'a | b',
      'a > b',
      '$(a)',
      '`a`',
      '"$(a)"',
      'a & b',
      '(a)',
      '{a,b}',
      "'a",
      'a\nb',
      '~root/x',
      '$BLANK',
      'a \\',
    ]) {
      expect([line, words(line)]).toEqual([line, null])
    }
  })

  test('never makes the parser throw', () => {
    fc.assert(
      fc.property(byteStrings(60), (line) => {
        words(line)
        parseScpCommand(`scp ${line}`, environment)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('An scp command', () => {
  const parse = (line: string) => parseScpCommand(line, environment)

  test('is understood as OpenSSH, scp.py and others write it', () => {
    expect(parse('scp -t work/f')).toMatchObject({
      direction: 'receive',
      recursive: false,
      folderOnly: false,
    })
    expect(parse('scp -r -p -d -t -- -odd')).toMatchObject({
      direction: 'receive',
      recursive: true,
      preserve: true,
      folderOnly: true,
    })
    expect(parse('/usr/bin/scp -qprf "a b" c')?.paths.map(textOfWord)).toEqual(['a b', 'c'])
    expect(parse("scp -v -f ~/work/'it'\\''s'")?.paths.map(textOfWord)).toEqual(["/enc/uprod_x/work/it's"])
  })

  test('is left to the shell when it is none of ours', () => {
    for (const line of [
      'scp',
      'scp a b',
      'scp -t',
      'scp -t a b',
      'scp -t -f a',
      'scp a host:b',
      'scpx -t a',
      'echo scp -t a',
      'scp -t a; rm b',
    ]) {
      expect([line, parse(line)]).toEqual([line, null])
    }
  })
})

describe('Wildcards', () => {
  test('do not take long, however many there are', () => {
    const name = 'a'.repeat(255)
    const [word = []] = shellWords(`${'*a'.repeat(100)}*b`, {}) ?? []
    const before = process.cpuUsage()
    expect(expandWildcards(word, () => [name])).toEqual([textOfWord(word)])
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000)
  })

  testWith('bash')('match what they match in bash', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'localscale-glob-'))
    for (const name of ['a.res', 'b.res', '.hidden', 'c-d', '[x]', 'ü', 'A', '*', 'a b'])
      writeFileSync(join(folder, name), '')
    mkdirSync(join(folder, 'sub'))
    for (const name of ['1', '2.res', '.3']) writeFileSync(join(folder, 'sub', name), '')
    const patterns = fc.constantFrom(
      '*',
      '?',
      'a',
      'b',
      '.',
      'res',
      '[ab]',
      '[!a]',
      '[^a]',
      '[a-c]',
      '[]x]',
      '[',
      ']',
      '/',
      'sub',
      "'*'",
      '\\*',
      '"[x]"',
      's*',
      '.*',
      '**',
      '-',
      'x',
    )
    const lines = fc
      .sample(fc.array(patterns, { minLength: 1, maxLength: 5 }), { numRuns: 1500, seed: 4711 })
      .map((parts) => parts.join(''))
      // Bash keeps repeated and closing slashes, and lists `.` and `..` for `.*`: scp does not need them.
      .filter((line) => !/\/\/|\/$|^\/|(^|\/)\.[*?[]|^-|^~/.test(line) && shellWords(line, {})?.length === 1)
    const namesIn = (path: string): string[] => {
      try {
        return readdirSync(join(folder, textOf(path))).map(byteStringOf)
      } catch {
        return []
      }
    }
    const ours = lines.map((line) =>
      (shellWords(line, {}) ?? []).flatMap((word) => expandWildcards(word, namesIn)).map(textOf),
    )
    const theirs = await bashWords(lines, folder)
    rmSync(folder, { recursive: true })
    expect(lines.length).toBeGreaterThan(300)
    expect(lines.map((line, index) => [line, ours[index]])).toEqual(
      lines.map((line, index) => [line, theirs[index]]),
    )
  })
})
