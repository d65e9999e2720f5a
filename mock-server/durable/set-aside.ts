import { link, mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Loss } from '../worlds/records/read-world.ts'

const LOSSES = 'losses.txt'

/** A folder for what is damaged, made when something is: it is never removed by us. */
export class SetAside {
  readonly path: string
  readonly losses: Loss[] = []
  #written = 0

  /** Of this start. */
  constructor(folder: string, at: Date) {
    this.path = join(folder, 'set-aside', at.toISOString().replace(/[:.]/g, '-'))
  }

  lose(what: string, why: string): void {
    this.losses.push({ what, why })
  }

  /** Second names for all files of a folder: the engine never writes into files that are there, but removes them. */
  async keep(folder: string, name: string): Promise<void> {
    const target = join(this.path, name)
    await mkdir(target, { recursive: true })
    for (const entry of await readdir(folder, { withFileTypes: true }))
      if (entry.isFile()) await link(join(folder, entry.name), join(target, entry.name))
  }

  /**
   * Copies of starts that did not come to an end, and changed nothing: what is lost is named first. For whoever has the
   * folder open.
   */
  async clearUnfinished(): Promise<void> {
    const [all, own] = [dirname(this.path), basename(this.path)]
    const earlier = (await readdir(all).catch(() => [])).filter((name) => name < own)
    for (const name of earlier)
      if (!(await readdir(join(all, name))).includes(LOSSES)) await rm(join(all, name), { recursive: true })
  }

  /** To be awaited before anything is changed that is damaged. */
  async nameLosses(): Promise<void> {
    if (this.losses.length === this.#written) return
    this.#written = this.losses.length
    await mkdir(this.path, { recursive: true })
    const lines = this.losses.map(({ what, why }) => `${what}: ${why}\n`)
    await writeFile(join(this.path, LOSSES), lines.join(''))
  }

  async move(path: string, name: string): Promise<void> {
    await this.nameLosses()
    const target = join(this.path, name)
    await mkdir(join(target, '..'), { recursive: true })
    await rename(path, target)
  }

  /** With nothing lost the folder is not needed. */
  async close(): Promise<void> {
    if (this.losses.length === 0) {
      await rm(this.path, { recursive: true, force: true })
      // Not empty when something was damaged before.
      await rmdir(dirname(this.path)).catch(() => undefined)
      return
    }
    await this.nameLosses()
  }
}
