import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { byteStrings } from '../testing/byte-strings.ts'
import { descents } from './descent.ts'
import { HomeFolder } from './home-folder.ts'
import { bytesOf } from './home-path.ts'

let outside = ''
let home = ''

beforeAll(() => {
  outside = realpathSync(mkdtempSync(join(tmpdir(), 'localscale-home-')))
  home = join(outside, 'home')
  mkdirSync(join(home, 'work/deep/er'), { recursive: true })
  mkdirSync(join(outside, 'home2'))
  writeFileSync(join(outside, 'secret'), 'secret')
  writeFileSync(join(outside, 'home2/secret'), 'secret')
  writeFileSync(join(home, 'file'), 'inside')
  writeFileSync(join(home, 'work/file'), 'inside')
  const links: Record<string, string> = {
    up: '..',
    secret: '../secret',
    absolute: join(outside, 'secret'),
    // Begins like the home, and is another folder.
    sibling: join(outside, 'home2'),
    root: '/',
    proc: '/proc/self/cwd',
    'work/up': '../..',
    'work/chain': 'up/secret',
    'work/home': home,
    'work/presented': '/enc/uprod_x/work/file',
    'work/deep/inside': '../../file',
    'work/deep/zigzag': '../deep/../../work/../../home/file',
    loop: 'loop',
    'work/ping': 'pong',
    'work/pong': 'ping',
    dangling: 'nowhere/at/all',
  }
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(home, name))
})

afterAll(() => rmSync(outside, { recursive: true }))

const codeOf = (action: () => unknown): string => {
  try {
    action()
    return 'done'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'none'
  }
}

const steps = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '',
    'work',
    'deep',
    'er',
    'file',
    'up',
    'secret',
    'absolute',
    'sibling',
    'root',
    'proc',
  ),
  fc.constantFrom(
    'chain',
    'home',
    'presented',
    'inside',
    'zigzag',
    'loop',
    'ping',
    'dangling',
    'new',
    'etc',
    'passwd',
  ),
  byteStrings(8),
)

const paths = fc
  .tuple(
    fc.constantFrom(
      '',
      '/',
      '/enc/uprod_x/',
      '/enc/',
      '//',
      'REAL/',
      'REAL',
      'REAL2/',
      '/proc/self/root/',
      '~/',
    ),
    fc.array(steps, { maxLength: 12 }),
  )
  .map(([start, names]) => start.replace('REAL', home) + names.join('/'))

describe.each(Object.entries(descents))('A home walked by %s', (kind, descent) => {
  const folder = (): HomeFolder => new HomeFolder(home, '/enc/uprod_x', {}, descent)

  test('is never left, whatever the path', () => {
    const one = folder()
    fc.assert(
      fc.property(paths, fc.constantFrom('target', 'entry'), (path, last) => {
        codeOf(() =>
          one.at(path, last, ({ names, stats, node, entry }) => {
            for (const name of names) expect(['..', '.', '']).not.toContain(name)
            for (const name of names) expect(name).not.toContain('/')
            const reached = stats === null ? parentOf(entry) : node.toString()
            const real = kind === 'descriptor' ? readlinkSync(reached) : reached
            expect(`${real}/`.startsWith(`${home}/`)).toBe(true)
            // What was found is what its names say, reached without any link but perhaps the last.
            if (stats !== null && !stats.isSymbolicLink()) expect(real).toBe(realOf(names))
          }),
        )
      }),
      { numRuns: 800 },
    )
  })

  test('opens only files whose content lies inside', () => {
    const one = folder()
    fc.assert(
      fc.property(paths, (path) => {
        let fd: number
        try {
          fd = one.open(path, constants.O_RDONLY, 0)
        } catch {
          return
        }
        try {
          expect(fstatSync(fd).size).toBe('inside'.length)
          if (kind === 'descriptor')
            expect(readlinkSync(`/proc/self/fd/${fd}`).startsWith(`${home}/`)).toBe(true)
        } finally {
          closeSync(fd)
        }
      }),
      { numRuns: 800 },
    )
  })

  test('follows links that stay inside and refuses those that lead out', () => {
    const at = (path: string): string => codeOf(() => folder().at(path, 'target', () => undefined))
    for (const path of ['work/home/file', 'work/presented', 'work/deep/inside', 'work/home/work/home/file']) {
      expect([path, at(path)]).toEqual([path, 'done'])
    }
    for (const path of [
      'up',
      'secret',
      'absolute',
      'sibling',
      'sibling/secret',
      'root',
      'proc',
      'work/up',
      'work/chain',
    ]) {
      expect([path, at(path)]).toEqual([path, 'EACCES'])
    }
    // Leads out and in again: that it ends inside does not help, as in between it depends on what is outside.
    expect(at('work/deep/zigzag')).toBe('EACCES')
    expect(at('loop')).toBe('ELOOP')
    expect(at('work/ping/x')).toBe('ELOOP')
    expect(at('file/x')).toBe('ENOTDIR')
    expect(at('dangling')).toBe('ENOENT')
    expect(at('a\0b')).toBe('EINVAL')
    expect(at('x/'.repeat(3000))).toBe('ENAMETOOLONG')
  })

  test('stops at itself where a client asks for more', () => {
    const names = (path: string) => folder().at(path, 'target', (place) => place.names)
    expect(names('..')).toEqual([])
    expect(names('../../work/../work/deep')).toEqual(['work', 'deep'])
    expect(names('/')).toEqual([])
    expect(names(`${home}/../../work`)).toEqual(['work'])
    expect(names('/enc/uprod_x')).toEqual([])
    expect(names('/enc/uprod_x/../x')).toEqual(['x'])
  })

  test('keeps nothing open behind itself', () => {
    const one = folder()
    const fd = one.open('file', constants.O_RDONLY, 0)
    for (let index = 0; index < 200; index++)
      codeOf(() => one.at('work/deep/inside/x', 'target', () => undefined))
    const next = one.open('file', constants.O_RDONLY, 0)
    closeSync(fd)
    closeSync(next)
    expect(next - fd).toBe(1)
  })

  test('is a folder elsewhere under the name of a mount, and `..` leads back', () => {
    const mounted = new HomeFolder(home, '/enc/uprod_x', { storage_1: join(outside, 'home2') }, descent)
    expect(mounted.at('storage_1/secret', 'target', ({ stats }) => stats?.size)).toBe('secret'.length)
    expect(mounted.at('storage_1/../file', 'target', ({ names }) => names)).toEqual(['file'])
    expect(codeOf(() => mounted.at('work/storage_1/secret', 'target', ({ stats }) => stats))).toBe('ENOENT')
  })
})

const parentOf = (entry: Buffer): string => entry.toString('latin1').replace(/\/[^/]*$/s, '')

const realOf = (names: readonly string[]): string => bytesOf([home, ...names].join('/')).toString()
