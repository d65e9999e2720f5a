import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { seal, unseal } from './seal.ts'

const KEY = 'last-commit'
/** Bytes of a line; the text is filled up with spaces. */
const LENGTH = 64

/** Removals that are remembered. As many as there can be worlds at once; ours. */
export const MOST_REMOVALS = 2_000

/** What was written down of commits. */
export interface NotedCommits {
  /** The last of all. 0 when there is none yet; null when it cannot be read. */
  readonly last: number | null
  /** The last that wrote something of a tenant. */
  readonly ofTenants: ReadonlyMap<string, number>
  /** Which commit was to remove a tenant, the newest removals only. */
  readonly removals: ReadonlyMap<string, number>
  /** Whether a line cannot be read. */
  readonly isDamaged: boolean
}

/**
 * The number of the last commit, and of the last of each tenant, in a file beside the database: an engine that finds
 * some of its pages damaged goes back to what it had before, and says nothing. Written after the commit, so that it is
 * never ahead of an undamaged database.
 */
export class LastCommit {
  readonly #file: number
  /** Each tenant's line. */
  readonly #lines = new Map<string, number>()
  /** Of those that were removed, the oldest first. */
  readonly #removals = new Map<string, Removal>()
  readonly #free: number[] = []
  #size = 1

  constructor(path: string) {
    this.#file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600)
  }

  /** To be called before anything is written. */
  read(): NotedCommits {
    this.#lines.clear()
    this.#removals.clear()
    this.#free.length = 0
    const bytes = Buffer.alloc(fstatSync(this.#file).size)
    readSync(this.#file, bytes, 0, bytes.length, 0)
    const lines = Math.ceil(bytes.length / LENGTH)
    const values = Array.from({ length: lines }, (_, line) =>
      valueIn(line, bytes.toString('utf8', line * LENGTH, (line + 1) * LENGTH)),
    )
    const ofTenants = new Map<string, number>()
    for (const [line, value] of values.entries()) {
      if (line === 0) continue
      if (isRemoval(value)) this.#removals.set(value[1], { line, commit: value[0] })
      else if (!isNote(value)) this.#free.push(line)
      else {
        this.#lines.set(value[0], line)
        ofTenants.set(...value)
      }
    }
    this.#size = Math.max(1, lines)
    const last = lines === 0 ? 0 : values[0]
    return {
      last: typeof last === 'number' ? last : null,
      ofTenants,
      removals: this.#sortRemovals(),
      isDamaged: values.includes(undefined),
    }
  }

  write(commit: number, tenantIds: Iterable<string>): void {
    // First, so that no kill in between leaves a hole where it belongs.
    this.#put(0, commit)
    for (const tenantId of tenantIds) this.note(tenantId, commit)
  }

  /** The tenant is as this commit left it. */
  note(tenantId: string, commit: number): void {
    this.#put(this.#lineOf(tenantId), [tenantId, commit])
  }

  /** By this commit nothing of the tenant will be in the database any more. */
  forget(tenantId: string, commit: number): void {
    const line = this.#lineOf(tenantId)
    this.#lines.delete(tenantId)
    this.#removals.set(tenantId, { line, commit })
    this.#put(line, [commit, tenantId])
    const [oldest] = this.#removals.size > MOST_REMOVALS ? this.#removals.keys() : []
    if (oldest === undefined) return
    const freed = this.#lineOf(oldest)
    this.#lines.delete(oldest)
    this.#free.push(freed)
    this.#put(freed, null)
  }

  /** What is lost is no more. What was removed is remembered. */
  beginAnew(commit: number, ofTenants: Iterable<readonly [tenantId: string, commit: number]>): void {
    const removals = [...this.#removals]
    this.#lines.clear()
    this.#removals.clear()
    this.#free.length = 0
    this.#size = 1
    ftruncateSync(this.#file, 0)
    this.#put(0, commit)
    for (const [tenantId, removal] of removals) this.forget(tenantId, removal.commit)
    for (const [tenantId, own] of ofTenants) this.note(tenantId, own)
  }

  close(): void {
    closeSync(this.#file)
  }

  #lineOf(tenantId: string): number {
    const known = this.#lines.get(tenantId) ?? this.#removals.get(tenantId)?.line
    const line = known ?? this.#free.pop() ?? this.#size++
    this.#removals.delete(tenantId)
    this.#lines.set(tenantId, line)
    return line
  }

  #sortRemovals(): Map<string, number> {
    const sorted = [...this.#removals].sort(([, one], [, other]) => one.commit - other.commit)
    this.#removals.clear()
    for (const [tenantId, removal] of sorted) this.#removals.set(tenantId, removal)
    return new Map(sorted.map(([tenantId, { commit }]) => [tenantId, commit]))
  }

  #put(line: number, value: number | Note | RemovalNote | null): void {
    writeSync(this.#file, seal(keyOf(line), value).text.padEnd(LENGTH), line * LENGTH)
  }
}

/** Of a tenant. */
type Note = readonly [tenantId: string, commit: number]

/** The other way round, for a tenant that is no more. */
type RemovalNote = readonly [commit: number, tenantId: string]

interface Removal {
  readonly line: number
  readonly commit: number
}

const keyOf = (line: number): string => (line === 0 ? KEY : `${KEY} ${line}`)

/** Undefined when it is none. */
const valueIn = (line: number, text: string): unknown => unseal(keyOf(line), text.trimEnd())?.value

function isNote(value: unknown): value is Note {
  if (!Array.isArray(value)) return false
  const [tenantId, commit] = value as unknown[]
  return typeof tenantId === 'string' && typeof commit === 'number'
}

function isRemoval(value: unknown): value is RemovalNote {
  if (!Array.isArray(value)) return false
  const [commit, tenantId] = value as unknown[]
  return typeof commit === 'number' && typeof tenantId === 'string'
}
