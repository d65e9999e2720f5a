import { expect, it } from 'vitest'
import type { RescaleFile } from '../types.ts'
import { findEqual } from './reuse.ts'

const aFile = (id: string, fileHash: string | undefined, more: Partial<RescaleFile> = {}) =>
  ({
    ...{ id, name: 'x', decryptedSize: 3, isUploaded: true, isDeleted: false },
    fileChecksums: fileHash === undefined ? [] : [{ hashFunction: 'sha512', fileHash }],
    ...more,
  }) as unknown as RescaleFile

async function found(files: readonly RescaleFile[]) {
  let hashed = 0
  const sha512 = async () => {
    hashed++
    return 'mine'
  }
  async function* find() {
    yield* files
  }
  const equal = await findEqual({ name: 'x', size: 3, sha512 }, find)
  return { id: equal?.id, hashed }
}

it('takes the first that is equal, and hashes the local file once, however many there are to compare', async () => {
  const others = Array.from({ length: 5 }, (_, index) => aFile(`other${index}`, `hash${index}`))
  expect(await found([...others, aFile('equal', 'mine'), aFile('older', 'mine')])).toEqual({
    id: 'equal',
    hashed: 1,
  })
  expect(await found(others)).toEqual({ id: undefined, hashed: 1 })
})

it('hashes nothing where no file could be equal', async () => {
  const unlike = [
    aFile('name', 'mine', { name: 'y' }),
    aFile('size', 'mine', { decryptedSize: 4 }),
    aFile('deleted', 'mine', { isDeleted: true }),
    aFile('on its way', 'mine', { isUploaded: false }),
    aFile('without checksum', undefined),
  ]
  expect(await found(unlike)).toEqual({ id: undefined, hashed: 0 })
})

it('does not look through thousands of files of one name', async () => {
  const many = Array.from({ length: 200 }, (_, index) => aFile(`other${index}`, `hash${index}`))
  expect((await found([...many, aFile('equal', 'mine')])).id).toBeUndefined()
})
