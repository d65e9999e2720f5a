import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunOrder } from '../../domain/executor.ts'
import { folderName } from './folder-name.ts'

/**
 * `{root}/{tenant}/{job}` for all runs of a job. Another server in the same root, with the same seed, has jobs with the
 * same ids: who comes second takes another name, for what is in the folder is seen by all runs of the job.
 */
export class JobFolders {
  readonly #root: string
  readonly #other = randomBytes(4).toString('hex')
  readonly #ours = new Set<string>()

  constructor(root: string) {
    this.#root = root
  }

  /** Makes it when it is not there. */
  async of({ tenantId, jobId }: RunOrder): Promise<string> {
    const tenant = join(this.#root, folderName(tenantId))
    await mkdir(tenant, { recursive: true, mode: 0o700 })
    const folder = join(tenant, folderName(jobId))
    if (await isMade(folder)) this.#ours.add(folder)
    if (this.#ours.has(folder)) return folder
    await mkdir(`${folder}-${this.#other}`, { recursive: true, mode: 0o700 })
    return `${folder}-${this.#other}`
  }

  /** A run of the job has removed its own folder, and this one if it was the last. */
  left(folder: string): void {
    if (!existsSync(folder)) this.#ours.delete(folder)
  }
}

const isMade = (folder: string): Promise<boolean> =>
  mkdir(folder, { mode: 0o700 }).then(
    () => true,
    () => false,
  )
