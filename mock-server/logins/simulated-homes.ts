import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeTemporaryFolder } from '../temporary-folders.ts'

/** Folders for the clusters of simulated runs: what is copied there is really there. Made when somebody logs in. */
export class SimulatedHomes {
  #root: string | null = null

  /** The home of a cluster, `work/` inside. `name` is ours, never a client's. */
  of(name: string): string {
    this.#root ??= makeTemporaryFolder('homes')
    const home = join(this.#root, name)
    mkdirSync(join(home, 'work'), { recursive: true, mode: 0o700 })
    return home
  }

  remove(name: string): void {
    if (this.#root !== null) rmSync(join(this.#root, name), { recursive: true, force: true })
  }

  close(): void {
    if (this.#root !== null) rmSync(this.#root, { recursive: true, force: true })
    this.#root = null
  }
}
