import type { JournalEntry } from './entry.ts'
import { differencesFrom, type EntryFilter, isMeant } from './filter.ts'
import type { Journal } from './journal.ts'

/** How often something is to have been asked. */
export type Times = { readonly exactly: number } | { readonly atLeast: number } | { readonly atMost: number }

/** What is to have happened: one request so often, or several in this order with anything between them. */
export type Expectation =
  | { readonly request: EntryFilter; readonly times?: Times | undefined }
  | { readonly sequence: readonly EntryFilter[] }

/** An entry that was nearly what was meant. */
export interface NearEntry {
  readonly number: number
  readonly method: string
  readonly url: string
  readonly differences: readonly string[]
}

export interface Verification {
  readonly verified: boolean
  /** What was expected and what was found, for people. */
  readonly text: string
  /** Entries that were meant: of a sequence, as far as it was found. The first hundred. */
  readonly matching: readonly number[]
  readonly count: number
  /** Where it failed: what came nearest, at most three. */
  readonly nearest: readonly NearEntry[]
  /** The latest entry that was looked at: ask for what comes `after` it to go on from here. */
  readonly lastNumber: number
  /** Entries that had to make room, and may have been among those meant. */
  readonly dropped: number
}

export const MOST_LISTED = 100
const MOST_NEAREST = 3

/** How what there is relates to what is expected: `failed` can no longer become true, whatever comes. */
type State = 'met' | 'open' | 'failed'

interface Finding {
  readonly state: State
  /** Whether `met` is for good, or more requests could still spoil it. */
  readonly isFinal: boolean
  readonly verification: Verification
}

/** What there is now against what is expected. */
export function verifyNow(journal: Journal, expectation: Expectation): Verification {
  return judge(journal, expectation).verification
}

export interface Timer {
  after(milliseconds: number, callback: () => void): () => void
}

/**
 * Waits until the expectation is met, cannot be met any more, or the time is over. `atMost` is met when it still holds at
 * the end. `exactly` is met as soon as it was so often; what comes later is for another question.
 */
export function verifyEventually(
  journal: Journal,
  expectation: Expectation,
  { timeout, timer, signal }: { timeout: number; timer: Timer; signal?: AbortSignal | undefined },
): Promise<Verification> {
  return new Promise((resolve) => {
    const look = (isLast: boolean): void => {
      const { state, isFinal, verification } = judge(journal, expectation)
      if (!isLast && (state === 'open' || (state === 'met' && !isFinal))) return
      stop()
      resolve(verification)
    }
    const end = () => look(true)
    const unsubscribe = journal.onEntry((number) => {
      if (concerns(journal, number, expectation)) look(false)
    })
    const cancel = timer.after(timeout, end)
    const stop = (): void => {
      unsubscribe()
      cancel()
      signal?.removeEventListener('abort', end)
    }
    signal?.addEventListener('abort', end, { once: true })
    look(signal?.aborted ?? false)
  })
}

/** Spares the look through the whole journal for every request that has nothing to do with it. */
function concerns(journal: Journal, number: number, expectation: Expectation): boolean {
  const entry = journal.entry(number)
  const filters = 'sequence' in expectation ? expectation.sequence : [expectation.request]
  return entry !== undefined && filters.some((filter) => isMeant(entry, filter))
}

function judge(journal: Journal, expectation: Expectation): Finding {
  return 'sequence' in expectation
    ? judgeSequence(journal, expectation.sequence)
    : judgeTimes(journal, expectation.request, expectation.times ?? { atLeast: 1 })
}

function judgeTimes(journal: Journal, request: EntryFilter, times: Times): Finding {
  const entries = [...journal.entries(request.after === undefined ? undefined : request.after + 1)]
  const matching = entries.filter((entry) => isMeant(entry, request)).map(({ number }) => number)
  const { state, isFinal, text } = stateOf(times, matching.length)
  const nearest = state === 'met' ? [] : nearestTo(entries, request)
  const found = `was asked ${spelled(matching.length)}, and was to be asked ${text}`
  return { state, isFinal, verification: verification(journal, { state, found, matching, nearest }) }
}

function stateOf(times: Times, count: number): { state: State; isFinal: boolean; text: string } {
  if ('atLeast' in times)
    return {
      state: count >= times.atLeast ? 'met' : 'open',
      isFinal: true,
      text: `at least ${spelled(times.atLeast)}`,
    }
  if ('atMost' in times)
    return {
      state: count <= times.atMost ? 'met' : 'failed',
      isFinal: false,
      text: `at most ${spelled(times.atMost)}`,
    }
  const { exactly } = times
  const state = count === exactly ? 'met' : count < exactly ? 'open' : 'failed'
  // Never is a promise about all that may still come.
  return { state, isFinal: exactly > 0, text: exactly === 0 ? 'never' : `exactly ${spelled(exactly)}` }
}

const spelled = (count: number): string =>
  count === 0 ? 'never' : count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`

function judgeSequence(journal: Journal, sequence: readonly EntryFilter[]): Finding {
  const entries = [...journal.entries()]
  const matching: number[] = []
  for (const entry of entries) {
    const wanted = sequence[matching.length]
    if (wanted && isMeant(entry, wanted)) matching.push(entry.number)
  }
  const missing = sequence[matching.length]
  const state = missing ? 'open' : 'met'
  const found = missing
    ? `came as far as step ${matching.length} of ${sequence.length}; then ${JSON.stringify(missing)} is missing`
    : `came in this order`
  const rest = entries.filter(({ number }) => number > (matching.at(-1) ?? 0))
  const nearest = missing ? nearestTo(rest, missing) : []
  return { state, isFinal: true, verification: verification(journal, { state, found, matching, nearest }) }
}

function verification(
  { lastNumber, dropped }: Journal,
  {
    state,
    found,
    matching,
    nearest,
  }: { state: State; found: string; matching: number[]; nearest: NearEntry[] },
): Verification {
  const lost = dropped > 0 ? ` ${dropped} older entries had to make room.` : ''
  return {
    verified: state === 'met',
    text: `It ${found}.${lost}`,
    matching: matching.slice(0, MOST_LISTED),
    count: matching.length,
    nearest,
    lastNumber,
    dropped,
  }
}

/** Entries that differ in the fewest things; of equals, the latest. */
function nearestTo(entries: readonly JournalEntry[], filter: EntryFilter): NearEntry[] {
  return entries
    .filter((entry) => !isMeant(entry, filter))
    .map((entry) => ({ entry, differences: differencesFrom(entry, filter) }))
    .sort(
      (one, other) =>
        one.differences.length - other.differences.length || other.entry.number - one.entry.number,
    )
    .slice(0, MOST_NEAREST)
    .map(({ entry: { number, request }, differences }) => ({
      number,
      method: request.method,
      url: request.url,
      differences,
    }))
}
