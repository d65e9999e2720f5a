import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Amount, LedgerEntry, LedgerFact, OpenIntent, Owned, OwnedKind } from './ledger-entries.ts'

export interface LedgerOptions {
  readonly path: string
  /** This run's. */
  readonly run: string
  readonly now: () => Date
  /** Default: the file's bytes are on the disk when it returns. For accounts of servers that end with this process. */
  readonly flush?: (file: number) => void
}

/**
 * What the harness has made on a real platform, written down before it is made: a line each, on the disk before the
 * request goes out. Whatever happens to the process, the next one knows what may be there.
 */
export class Ledger {
  readonly run: string
  readonly #now: () => Date
  readonly #file: number
  readonly #flush: (file: number) => void
  readonly #entries: LedgerEntry[]
  #intents: number
  #open = true

  constructor({ path, run, now, flush = fsyncSync }: LedgerOptions) {
    this.run = run
    this.#now = now
    this.#flush = flush
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    this.#entries = readLedger(path)
    this.#intents = this.#entries.reduce(
      (most, entry) => Math.max(most, entry.type === 'intent' ? entry.intent : 0),
      0,
    )
    this.#file = openSync(path, 'a', 0o600)
  }

  /** Throws when it cannot be written: then nothing may be sent either. */
  write(fact: LedgerFact, run: string = this.run): void {
    const entry: LedgerEntry = { ...fact, at: this.#now().toISOString(), run }
    // A crash may have torn the last line; the next begins on one of its own.
    writeSync(this.#file, `\n${JSON.stringify(entry)}`)
    this.#flush(this.#file)
    this.#entries.push(entry)
  }

  /** Says that something is about to be made; gives the number under which to say what came of it. */
  intend(kind: OwnedKind, name: string): number {
    const intent = ++this.#intents
    this.write({ type: 'intent', intent, kind, name })
    return intent
  }

  /** Everything that was made, in that order. */
  owned(run?: string): Owned[] {
    return ownedIn(this.#entries).filter((one) => run === undefined || one.run === run)
  }

  /** Whether this run may change it: it was made by the harness, and is not gone since an earlier run. */
  owns(kind: OwnedKind, id: string): boolean {
    const isIt = (one: Pick<Owned, 'kind' | 'id'>) => one.kind === kind && one.id === id
    // Nearly always its own, which it may change whether gone or not: asked before each change.
    const isOwn = this.#entries.some(
      (entry) => entry.type === 'created' && entry.run === this.run && isIt(entry),
    )
    return isOwn || this.owned().some((one) => isIt(one) && !one.gone)
  }

  openIntents(): OpenIntent[] {
    return openIntentsIn(this.#entries)
  }

  /** What was reserved, by this run or on a day (`2026-11-28`, UTC), and not given back. */
  reserved(which: { readonly run: string } | { readonly day: string }): Amount[] {
    return reservedIn(this.#entries, which)
  }

  /** Runs that have not come to their end. */
  unfinishedRuns(): { readonly run: string; readonly pid: number; readonly marker: string }[] {
    const over = new Set(
      this.#entries.filter((entry) => entry.type === 'run-over' && entry.left === 0).map(({ run }) => run),
    )
    return this.#entries.flatMap((entry) =>
      entry.type === 'run' && !over.has(entry.run)
        ? [{ run: entry.run, pid: entry.pid, marker: entry.marker }]
        : [],
    )
  }

  close(): void {
    if (this.#open) closeSync(this.#file)
    this.#open = false
  }
}

/** Torn lines are passed over: what they would have said was never acted upon. */
export function readLedger(path: string): LedgerEntry[] {
  return linesOf(path).flatMap((line) => {
    try {
      return [JSON.parse(line) as LedgerEntry]
    } catch {
      return []
    }
  })
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

function ownedIn(entries: readonly LedgerEntry[]): Owned[] {
  const names = new Map(
    entries.flatMap((entry) => (entry.type === 'intent' ? [[entry.intent, entry.name] as const] : [])),
  )
  const gone = new Set(
    entries.flatMap((entry) => (entry.type === 'deleted' ? [keyOf(entry.kind, entry.id)] : [])),
  )
  const submitted = submittedIn(entries)
  return entries.flatMap((entry) => {
    if (entry.type !== 'created') return []
    const { kind, id, run, intent } = entry
    return [
      {
        kind,
        id,
        run,
        name: names.get(intent) ?? '',
        submitted: submitted.has(id),
        gone: gone.has(keyOf(kind, id)),
      },
    ]
  })
}

const keyOf = (kind: OwnedKind, id: string): string => `${kind} ${id}`

function submittedIn(entries: readonly LedgerEntry[]): Set<string> {
  const submitted = new Set<string>()
  for (const entry of entries) {
    if (entry.type === 'submit') submitted.add(entry.id)
    if (entry.type === 'not-submitted') submitted.delete(entry.id)
  }
  return submitted
}

function openIntentsIn(entries: readonly LedgerEntry[]): OpenIntent[] {
  const settled = new Set(
    entries.flatMap((entry) =>
      entry.type === 'created' || entry.type === 'not-created' ? [entry.intent] : [],
    ),
  )
  return entries.flatMap((entry) => {
    if (entry.type !== 'intent' || settled.has(entry.intent)) return []
    const { intent, kind, name, run, at } = entry
    return [{ intent, kind, name, run, at }]
  })
}

function reservedIn(
  entries: readonly LedgerEntry[],
  which: { readonly run: string } | { readonly day: string },
): Amount[] {
  const counts = (entry: LedgerEntry): boolean =>
    'run' in which ? entry.run === which.run : entry.at.startsWith(which.day)
  const amounts = new Map<string, Amount[]>()
  for (const entry of entries) {
    if (entry.type === 'submit' && counts(entry))
      amounts.set(entry.id, [...(amounts.get(entry.id) ?? []), entry.worst])
    if (entry.type === 'not-submitted') amounts.set(entry.id, (amounts.get(entry.id) ?? []).slice(0, -1))
  }
  return [...amounts.values()].flat()
}
