import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseApiconfig } from './apiconfig.ts'
import { withProfile, writeProfile } from './apiconfig-writer.ts'
import { ConfigError } from './errors.ts'
import { aFolder } from './test-support/folder.ts'

const MOCK = { baseUrl: 'http://127.0.0.1:8080', apiKey: 'abc%def' }

it('writes a file of its own, with folders, for its owner only', async () => {
  await using folder = await aFolder()
  const path = folder.in('.config', 'rescale', 'apiconfig')
  await writeProfile(path, 'mock', MOCK)
  expect(await readFile(path, 'utf8')).toBe('[mock]\napibaseurl = http://127.0.0.1:8080\napikey = abc%%def\n')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})

it('takes others the right to read a file that it changes', async () => {
  await using folder = await aFolder()
  await writeFile(folder.in('apiconfig'), '[default]\napikey = 1\n')
  await chmod(folder.in('apiconfig'), 0o644)
  await writeProfile(folder.in('apiconfig'), 'mock', MOCK)
  expect((await stat(folder.in('apiconfig'))).mode & 0o777).toBe(0o600)
  expect(await readdir(folder.path)).toEqual(['apiconfig'])
})

it('changes a profile where it stands, and keeps comments, order and spelling', () => {
  const before = `# mine
[DEFAULT]
timeout = 3

[mock]
; the key
API_KEY :  old
  continued
other = 1

[us]
apikey = us-key
`
  expect(withProfile(before, 'mock', MOCK)).toBe(`# mine
[DEFAULT]
timeout = 3

[mock]
; the key
API_KEY :  abc%%def
other = 1
apibaseurl = http://127.0.0.1:8080

[us]
apikey = us-key
`)
})

it('keeps the line ends of Windows', () => {
  expect(withProfile('[us]\r\nx = 1\r\n', 'mock', MOCK)).toBe(
    '[us]\r\nx = 1\r\n\r\n[mock]\r\napibaseurl = http://127.0.0.1:8080\r\napikey = abc%%def\r\n',
  )
})

it('leaves a file alone that Python could not read', async () => {
  await using folder = await aFolder()
  await writeFile(folder.in('apiconfig'), '[a]\nx = 1\nx = 2\n')
  await expect(writeProfile(folder.in('apiconfig'), 'mock', MOCK)).rejects.toThrow('a second time')
  expect(await readFile(folder.in('apiconfig'), 'utf8')).toBe('[a]\nx = 1\nx = 2\n')
})

it.each(['', 'DEFAULT', 'a\nb'])('refuses %j as the name of a profile', (profile) => {
  expect(() => withProfile('', profile, MOCK)).toThrow(ConfigError)
})

it('changes nothing but the profile, in any file that can be read', () => {
  const line = fc.constantFrom(
    'apikey = 1',
    'api_key: 2',
    'x = 1',
    '  more',
    '# note',
    '',
    '\tapikey = 3',
    'y =',
  )
  const section = fc.tuple(
    fc.constantFrom('[DEFAULT]', '[mock]', '[us]', '[eu]'),
    fc.array(line, { maxLength: 5 }),
  )
  const file = fc.array(section, { maxLength: 4 }).map((all) => all.flat(2).join('\n'))
  fc.assert(
    fc.property(file, (before) => {
      const old = attempt(() => parseApiconfig(before))
      const after = old && attempt(() => withProfile(before, 'mock', MOCK))
      fc.pre(old !== undefined && after !== undefined)
      const parsed = parseApiconfig(after)
      expect(parsed.get('mock', 'apibaseurl')).toBe(MOCK.baseUrl)
      for (const name of old.sections.filter((name) => name !== 'mock')) {
        expect(parsed.options(name)).toEqual(old.options(name))
        for (const option of old.options(name)) expect(parsed.get(name, option)).toBe(old.get(name, option))
      }
      const comments = (text: string) => text.split('\n').filter((text) => text.startsWith('#'))
      expect(comments(after)).toEqual(comments(before))
    }),
    { numRuns: 500 },
  )
})

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}
