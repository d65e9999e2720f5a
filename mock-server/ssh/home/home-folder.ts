import { constants, openSync, readlinkSync, realpathSync, type Stats } from 'node:fs'
import { bestDescent, type Descent, type Held } from './descent.ts'
import {
  byteStringOf,
  bytesOf,
  collapse,
  isBelow,
  MAX_PATH_BYTES,
  MAX_PATH_STEPS,
  namesOf,
  stepsOf,
} from './home-path.ts'

/** A refusal that the file system itself would not have given. */
export class HomeError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(`${code}: ${message}`)
    this.code = code
  }
}

/** Where a path leads. Valid only while the callback of `HomeFolder.at` runs. */
export interface Place {
  /** The names that lead there from the home, without links and `..`. Empty for the home itself. */
  readonly names: readonly string[]
  /** Null when nothing is there. */
  readonly stats: Stats | null
  /** For calls that do not follow a link in the last place: mkdir, rename, unlink … */
  readonly entry: Buffer
  /** For calls that would follow one: the thing itself. Means nothing when `stats` is null. */
  readonly node: Buffer
}

interface Step {
  readonly name: string
  /** From a link: leading above the home is then refused, while what a client types stops at the home. */
  readonly fromLink: boolean
}

interface Level {
  readonly name: string
  readonly held: Held | null
}

/** Linux: MAXSYMLINKS. */
const MAX_LINKS = 40

/**
 * A user's home for SFTP and SCP: whatever path is asked for, what is reached lies inside.
 * Links are followed step by step while they stay inside, and refused when they lead out.
 * (Commands run by bash are not held in: they see the machine as the server's own user does.)
 */
export class HomeFolder {
  readonly #real: string
  readonly #presented: string
  readonly #homes: readonly string[]
  readonly #descent: Descent
  readonly #mounts: ReadonlyMap<string, string>

  /** `mounts` are folders elsewhere that stand in the home under these names. */
  constructor(
    home: string,
    presentedHome: string,
    mounts: Readonly<Record<string, string>> = {},
    descent: Descent = bestDescent(),
  ) {
    this.#real = byteStringOf(realpathSync(home))
    this.#presented = byteStringOf(presentedHome)
    this.#homes = [this.#presented, this.#real, byteStringOf(home)]
    this.#descent = descent
    this.#mounts = new Map(
      Object.entries(mounts).map(([name, folder]) => [
        byteStringOf(name),
        byteStringOf(realpathSync(folder)),
      ]),
    )
  }

  /** The names of a place as one path, as clients see it. */
  present(names: readonly string[]): string {
    return [this.#presented, ...names].join('/')
  }

  /** Walks to `path` and calls `use` while everything on the way is held. `entry` stops at a link in the last place. */
  at<T>(path: string, last: 'target' | 'entry', use: (place: Place) => T): T {
    const levels: Level[] = []
    try {
      this.#walk(this.#stepsTo(path), last, levels)
      return use(placeOf(levels))
    } finally {
      for (const level of levels) level.held?.release()
    }
  }

  /** A descriptor of a regular file; never one of a pipe, device or folder. */
  open(path: string, flags: number, mode: number): number {
    const exclusive = (flags & constants.O_CREAT) !== 0 && (flags & constants.O_EXCL) !== 0
    return this.at(path, exclusive ? 'entry' : 'target', (place) => {
      if (place.stats === null) return this.#create(place, flags, mode)
      if (exclusive) throw new HomeError('EEXIST', 'file exists')
      if (place.stats.isDirectory()) throw new HomeError('EISDIR', 'is a directory')
      if (!place.stats.isFile()) throw new HomeError('EACCES', 'not a regular file')
      return openSync(place.node, (flags & ~constants.O_CREAT) | this.#descent.reopenFlags)
    })
  }

  /**
   * What to write into a new link so that commands on this machine can follow it.
   * A target that leads out of the home is refused.
   */
  linkTarget(folder: readonly string[], target: string): string {
    const absolute = target.startsWith('/')
    const names = collapse(absolute ? stepsOf(target, this.#homes) : [...folder, ...namesOf(target)])
    if (names === null || target === '') throw outside()
    return absolute ? [this.#real, ...names].join('/') : target
  }

  /** The content of a link as clients see it. */
  presentLink(target: string): string {
    if (!target.startsWith('/') || !isBelow(target, this.#homes)) return target
    return [this.#presented, ...stepsOf(target, this.#homes)].join('/')
  }

  #create(place: Place, flags: number, mode: number): number {
    if ((flags & constants.O_CREAT) === 0) throw new HomeError('ENOENT', 'no such file or directory')
    // O_EXCL: should something have appeared here meanwhile, it was not looked at yet.
    return openSync(place.entry, flags | constants.O_EXCL | constants.O_NOFOLLOW, mode)
  }

  #stepsTo(path: string): Step[] {
    if (path.includes('\0')) throw new HomeError('EINVAL', 'a path with a zero byte')
    if (path.length > MAX_PATH_BYTES) throw new HomeError('ENAMETOOLONG', 'path too long')
    return stepsOf(path, this.#homes).map((name) => ({ name, fromLink: false }))
  }

  #walk(steps: Step[], last: 'target' | 'entry', levels: Level[]): void {
    levels.push(this.#home())
    let links = 0
    let taken = 0
    for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
      if (++taken > MAX_PATH_STEPS) throw new HomeError('ENAMETOOLONG', 'too many steps')
      this.#take(step, levels)
      if (!isLink(levels.at(-1)) || (steps.length === 0 && last === 'entry')) continue
      if (++links > MAX_LINKS) throw new HomeError('ELOOP', 'too many links')
      steps.unshift(...this.#follow(levels))
    }
  }

  #home(): Level {
    return { name: '.', held: this.#descent.enter(this.#real, '.') }
  }

  #take(step: Step, levels: Level[]): void {
    const top = levels.at(-1)?.held ?? null
    if (top === null) throw new HomeError('ENOENT', 'no such file or directory')
    if (!top.stats.isDirectory()) throw new HomeError('ENOTDIR', 'not a directory')
    if (step.name === '..') goUp(step, levels)
    else levels.push({ name: step.name, held: this.#enter(top, step.name, levels.length === 1) })
  }

  #enter(folder: Held, name: string, atHome: boolean): Held | null {
    const mounted = atHome ? this.#mounts.get(name) : undefined
    try {
      return mounted === undefined ? this.#descent.enter(folder.ref, name) : this.#descent.enter(mounted, '.')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }

  /** Replaces the link on top by the steps that it stands for. */
  #follow(levels: Level[]): Step[] {
    const link = levels.pop()
    link?.held?.release()
    const folder = levels.at(-1)?.held?.ref
    const target = readlinkSync(bytesOf(`${folder}/${link?.name}`), 'buffer').toString('latin1')
    const absolute = target.startsWith('/')
    if (absolute && !isBelow(target, this.#homes)) throw outside()
    if (absolute) for (const level of levels.splice(1)) level.held?.release()
    const names = absolute ? stepsOf(target, this.#homes) : namesOf(target)
    return names.map((name) => ({ name, fromLink: true }))
  }
}

const isLink = (level: Level | undefined): boolean => level?.held?.stats.isSymbolicLink() ?? false

const outside = (): HomeError => new HomeError('EACCES', 'outside the home')

/** What a client types stops at the home, as `..` stops at `/`. */
const goUp = (step: Step, levels: Level[]): void => {
  if (levels.length > 1) levels.pop()?.held?.release()
  else if (step.fromLink) throw outside()
}

const placeOf = (levels: readonly Level[]): Place => {
  const last = levels.at(-1)
  const parent = levels.at(-2) ?? last
  return {
    names: levels.slice(1).map((level) => level.name),
    stats: last?.held?.stats ?? null,
    entry: bytesOf(`${parent?.held?.ref}/${last?.name}`),
    node: bytesOf(last?.held?.ref ?? ''),
  }
}
