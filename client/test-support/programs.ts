import { spawnSync } from 'node:child_process'
import { it } from 'vitest'

const isThere = (name: string): boolean => spawnSync('which', [name], { stdio: 'ignore' }).status === 0

/** `it`, where the machine has these programs; elsewhere a test that is skipped, whose title says for want of what. */
export function itWith(...names: string[]) {
  const missing = names.filter((name) => !isThere(name))
  return (title: string, run: () => Promise<void> | void, timeout?: number): void => {
    if (missing.length === 0) it(title, run, timeout)
    else it.skip(`${title} (skipped: no ${missing.join(', no ')} on this machine)`, run)
  }
}
