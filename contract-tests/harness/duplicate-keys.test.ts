import fc from 'fast-check'
import { expect, it } from 'vitest'
import { duplicateKeys } from './duplicate-keys.ts'
import type { Json } from './json.ts'

const found = (text: string): string[] => duplicateKeys(text, JSON.parse(text) as Json)

it('names the place of every key that stands twice in an object, however it is written', () => {
  expect(found('{"a": 1, "b": 2, "a": 3}')).toEqual(['/a'])
  expect(
    found('{"results": [{"id": 1}, {"id" : 2, "x": ["id", {}], "id":3}], "n": {"a/b": 1, "a\\u002fb": 2}}'),
  ).toEqual(['/results/1/id', '/n/a~1b'])
  expect(found('[[{"a":{"":1,"":2}}],"a"]')).toEqual(['/0/0/a/'])
})

it('takes neither texts that look like keys nor keys of other objects for one', () => {
  expect(
    found('{"a": "\\"a\\": 1, \\"a\\":", "b": [{"a": 1}, {"a": 2}], "c": {"a": "{", "b": "}"}}'),
  ).toEqual([])
  expect(found('{"__proto__": 1, "constructor": {}}')).toEqual([])
})

it('finds none in what was written by JSON.stringify, and one in any object of which a key is written twice', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.boolean(), (value, pretty) => {
      expect(found(JSON.stringify(value, null, pretty ? 2 : 0))).toEqual([])
    }),
  )
  fc.assert(
    fc.property(fc.string(), fc.jsonValue(), fc.jsonValue(), (key, one, other) => {
      const name = JSON.stringify(key)
      const pointer = `/0/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
      expect(found(`[{${name}:${JSON.stringify(one)},${name}:${JSON.stringify(other)}}]`)).toEqual([pointer])
    }),
  )
})
