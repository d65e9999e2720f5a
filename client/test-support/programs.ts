import { spawnSync } from 'node:child_process'
import { it } from 'vitest'

type Run = () => Promise<unknown> | unknown

const isThere = (name: string): boolean => spawnSync('which', [name], { stdio: 'ignore' }).status === 0

/** `it`, where nothing is missing; elsewhere a test that is skipped, whose title says for want of what. */
export function itUnless(missing: readonly string[], usualTimeout?: number) {
  return (title: string, run: Run, timeout = usualTimeout): void => {
    if (missing.length === 0) it(title, async () => void (await run()), timeout)
    else it.skip(`${title} (skipped: no ${missing.join(', no ')} on this machine)`, () => {})
  }
}

/** `it`, where the machine has these programs. */
export const itWith = (...names: string[]) => itUnless(names.filter((name) => !isThere(name)))
