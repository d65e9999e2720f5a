import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { aTemporaryFolder } from '../testing/workshop.ts'
import { ownFolder } from './own-folder.ts'

it('is made so that nobody else can look into it', () => {
  const folder = join(aTemporaryFolder(), 'runs', 'deeper')
  expect(ownFolder(folder)).toBe(folder)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(ownFolder(folder)).toBe(folder)
})

it('is refused when others could have put something into it', () => {
  const folder = join(aTemporaryFolder(), 'runs')
  mkdirSync(folder)
  chmodSync(folder, 0o777)
  expect(() => ownFolder(folder)).toThrow(/others may write/)
})

it('is refused when it is a link, or no folder at all', () => {
  const top = aTemporaryFolder()
  symlinkSync(top, join(top, 'link'))
  writeFileSync(join(top, 'file'), '')
  expect(() => ownFolder(join(top, 'link'))).toThrow(/only a link/)
  expect(() => ownFolder(join(top, 'file'))).toThrow()
})

it.runIf(process.getuid)('is refused when it is somebody else’s', () => {
  const folder = process.getuid?.() === 0 ? aTemporaryFolder() : '/'
  if (folder !== '/') chownSync(folder, 65_534, 65_534)
  expect(() => ownFolder(folder)).toThrow(/belongs to somebody else/)
})
