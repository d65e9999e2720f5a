import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { smallHeapFlags } from './small-heap.ts'

const source = fileURLToPath(new URL('small-heap.ts', import.meta.url))

/** Worlds come and go, and each lives for a while. Prints the most MiB of the young generation. */
const churn = (first: string): string => `
  import v8 from 'node:v8'
  ${first}
  let most = 0
  const worlds = []
  for (let reset = 0; reset < 1_000; reset += 1) {
    worlds.push(Array.from({ length: 4_000 }, (_, index) => ({ index, name: 'job ' + index, tags: [index] })))
    if (worlds.length > 8) worlds.shift()
    const young = v8.getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')
    most = Math.max(most, young.physical_space_size / 2 ** 20)
  }
  console.log(most)
`

/** In a process of its own, since its heap stays as it is told. */
function mostMebibytes(first: string): number {
  const args = ['--import', 'tsx', '--input-type=module', '-e', churn(first)]
  const output = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  return Number.parseFloat(output)
}

describe('the heap of a served process', () => {
  it('has a young generation that stays small when worlds come and go, which V8 alone would let grow', () => {
    const kept = `import { keepHeapSmall } from ${JSON.stringify(source)}; await keepHeapSmall()`
    expect(mostMebibytes(kept)).toBeLessThan(0.7 * mostMebibytes(''))
  })

  it('is left to whoever has given V8 sizes', () => {
    expect(smallHeapFlags([])).toHaveLength(3)
    expect(smallHeapFlags(['--max-semi-space-size=64'])).toEqual(['--heap-growing-percent=50', '--expose-gc'])
    expect(smallHeapFlags([], '--enable-source-maps --max_old_space_size=4096')).toEqual([
      '--semi-space-growth-factor=1',
    ])
    expect(smallHeapFlags(['--min-semi-space-size=1'], '--max-heap-size=500')).toEqual([])
  })
})
