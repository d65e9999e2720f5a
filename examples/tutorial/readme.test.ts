import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { steps } from './steps/index.ts'

it('is shown in README.md with the steps that it has', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const shown = [...readme.matchAll(/^✓ +(\d+)\/(\d+) (.+) \(\d+\.\d\d s\)$/gm)]
  expect(shown.length).toBeGreaterThan(5)
  for (const [, number, count, title] of shown)
    expect([title, Number(count)]).toEqual([steps[Number(number) - 1]?.title, steps.length])
  const [, passed, all] = /^tutorial: (\d+)\/(\d+) steps passed in \d+\.\d s$/m.exec(readme) ?? []
  expect([passed, all].map(Number)).toEqual([steps.length, steps.length])
})
