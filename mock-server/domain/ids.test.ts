import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type IdKind, Ids } from './ids.ts'

it('makes six ASCII letters', () => {
  const ids = new Ids('seed')
  for (let i = 0; i < 1000; i += 1) expect(ids.next('job')).toMatch(/^[A-Za-z]{6}$/)
})

it('never gives an id twice, whatever it is for', () => {
  const ids = new Ids('seed')
  const kinds: readonly IdKind[] = ['job', 'file', 'cluster', 'status', 'instance', 'account']
  const given = kinds.flatMap((kind) => Array.from({ length: 20_000 }, () => ids.next(kind)))
  expect(new Set(given).size).toBe(given.length)
})

it('gives the same ids for the same seed, and others for another', () => {
  const some = (seed: string) => Array.from({ length: 10 }, (_, number) => new Ids(seed).at('job', number))
  expect(some('seed')).toEqual(some('seed'))
  expect(some('seed')).not.toEqual(some('other'))
})

it('gives a kind the same ids however many another kind was given', () => {
  const ids = new Ids('seed')
  ids.take('status', 12_345)
  expect(ids.next('job')).toBe(new Ids('seed').next('job'))
})

it('leaves reserved ids to those they are reserved for, and gives no other twice', () => {
  fc.assert(
    fc.property(fc.string(), fc.uniqueArray(fc.nat(199), { maxLength: 5 }), (seed, places) => {
      const reserved = places.map((number) => new Ids(seed).at('job', number))
      const ids = new Ids(seed, reserved)
      const given = Array.from({ length: 200 }, () => ids.next('job'))
      expect(given.filter((id) => reserved.includes(id))).toEqual([])
      expect(new Set(given).size).toBe(given.length)
    }),
  )
})

it('tells what an id was given to, and knows no others', () => {
  const ids = new Ids('seed', ['ObMcJc'])
  const reserved = new Ids('seed').at('job', 3)
  const strict = new Ids('seed', [reserved])
  const given = Array.from({ length: 200 }, () => [ids.next('job'), ids.next('file')] as const)
  expect(given.every(([job, file]) => ids.kindOf(job) === 'job' && ids.kindOf(file) === 'file')).toBe(true)
  strict.take('job', 5)
  expect(strict.kindOf(strict.at('job', 3))).toBe('job')
  expect([reserved, strict.at('job', 5), 'ABCDE', 'ABC1EF', ''].map((id) => strict.kindOf(id))).toEqual(
    Array(5).fill(null),
  )
})
