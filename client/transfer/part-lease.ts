import { randomBytes } from 'node:crypto'
import { lstat, lutimes, open, readFile, readlink, rm, symlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { codeOf } from './local-fs.ts'

/** Who works on a part file. */
interface Holder {
  readonly host: string
  readonly pid: number
  /** When the process began: another one may have the same number later. */
  readonly began: number
  readonly token: string
}

// Between two signs of life a download is never silent for that long: its timeouts are shorter.
const STALE_MS = 10 * 60_000
const BEAT_MS = 30_000

/**
 * The right to go on with a part file. Locks of the system (`flock`) have no effect on Lustre, GPFS and some NFS, where
 * downloads of HPC users go: this is a symbolic link that only one process can create. What it points to is who did:
 * unlike a file it is never there without that, whenever its maker is killed.
 */
export class PartLease {
  readonly #path: string
  readonly #token: string
  #beatAt = Date.now()

  private constructor(path: string, token: string) {
    this.#path = path
    this.#token = token
  }

  /** Undefined while somebody else who is alive has it. */
  static async take(path: string): Promise<PartLease | undefined> {
    const lease = await PartLease.#create(path)
    if (lease || !(await isStale(path))) return lease
    await rm(path, { force: true })
    return PartLease.#create(path)
  }

  static async #create(path: string): Promise<PartLease | undefined> {
    const holder = me(randomBytes(8).toString('hex'))
    try {
      await symlink(JSON.stringify(holder), path).catch((error) => {
        if (codeOf(error) === 'EEXIST') throw error
        return createFile(path, holder)
      })
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return undefined
      throw error
    }
    return new PartLease(path, holder.token)
  }

  /** Shows that the holder is alive, now and then. */
  async beat(): Promise<void> {
    const now = Date.now()
    if (now - this.#beatAt < BEAT_MS) return
    this.#beatAt = now
    await lutimes(this.#path, new Date(now), new Date(now)).catch(() => {})
  }

  /** Gives it back, unless somebody has taken it for dead meanwhile. */
  async release(): Promise<void> {
    const holder = await holderOf(this.#path)
    if (holder?.token === this.#token) await rm(this.#path, { force: true })
  }
}

function me(token: string): Holder {
  return { host: hostname(), pid: process.pid, began: Math.round(performance.timeOrigin), token }
}

/** Where there are no links: exFAT, or Windows without the right to make them. */
async function createFile(path: string, holder: Holder): Promise<void> {
  const handle = await open(path, 'wx')
  await handle.writeFile(JSON.stringify(holder)).finally(() => handle.close())
}

async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readlink(path).catch(() => readFile(path, 'utf8'))) as Holder
  } catch {
    return undefined
  }
}

async function isStale(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined)
  if (!stats) return true
  if (Date.now() - stats.mtimeMs > STALE_MS) return true
  const holder = await holderOf(path)
  // Not even a name: its writer died between creating and writing it, or is just about to.
  if (!holder || holder.host !== hostname()) return false
  const here = me(holder.token)
  if (holder.pid === here.pid) return holder.began !== here.began
  return !isAlive(holder.pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is a process too.
    return codeOf(error) === 'EPERM'
  }
}
