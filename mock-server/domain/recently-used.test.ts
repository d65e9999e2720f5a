import { describe, expect, it } from 'vitest'
import { RecentlyUsed } from './recently-used.ts'

describe('what is recently used', () => {
  it('makes room by what was used the longest ago, by number', () => {
    const forgotten: number[] = []
    const used = new RecentlyUsed<string, number>({ most: 2, onForgotten: (value) => forgotten.push(value) })
    used.set('one', 1)
    used.set('two', 2)
    expect(used.get('one')).toBe(1)
    used.set('three', 3)
    expect([...used.values()]).toEqual([1, 3])
    expect([used.get('two'), forgotten]).toEqual([undefined, [2]])
  })

  it('makes room by size, and keeps nothing that is larger than all may be', () => {
    const used = new RecentlyUsed<string, string>({ mostBytes: 5, sizeOf: ({ length }) => length })
    used.set('a', 'aaa')
    used.set('b', 'bb')
    used.set('a', 'a')
    used.set('c', 'cc')
    expect([...used.values()]).toEqual(['bb', 'a', 'cc'])
    used.set('d', 'dddddd')
    expect([...used.values()]).toEqual([])
    used.set('e', 'eeeee')
    expect(used.get('e')).toBe('eeeee')
  })

  it('forgets without a word what is taken away', () => {
    const forgotten: number[] = []
    const used = new RecentlyUsed<string, number>({ most: 1, onForgotten: (value) => forgotten.push(value) })
    used.set('one', 1)
    used.delete('one')
    used.delete('two')
    used.set('three', 3)
    expect([[...used.values()], forgotten]).toEqual([[3], []])
  })
})
