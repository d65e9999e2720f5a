import { randomBytes } from 'node:crypto'
import type { Clock } from '../../../client/clock.ts'
import type { Limits } from '../../../client/requests/scopes.ts'
import type { DescribedBodies } from '../naming/described-bodies.ts'
import { type Layer, layered, type Transport } from '../transport.ts'
import { guardedAccount, ledgerPath, lockPath } from './account.ts'
import { allowanceFor } from './allowance.ts'
import { Budget } from './budget.ts'
import { cleanUp, type LeftOver } from './clean-up.ts'
import { stopWhatRuns } from './dead-man.ts'
import { type DeadMan, startDeadMan } from './dead-man-process.ts'
import { Ledger } from './ledger.ts'
import type { PlatformCalls } from './platform-calls.ts'
import type { LiveProfile } from './profile.ts'
import { limitingRate } from './rate-limits.ts'
import { lockRun } from './run-lock.ts'

/** A run that lasts longer than this is stopped by the dead-man timer. */
export const DEFAULT_LONGEST_MS = 60 * 60_000

export interface LiveRunOptions {
  readonly profile: LiveProfile
  readonly folder: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly bodies: DescribedBodies
  /** To the platform. */
  readonly transport: Transport
  readonly now: () => Date
  readonly pause: () => Promise<void>
  readonly allowCreate: boolean
  /** Undefined: nothing may be submitted. In the platform's currency. */
  readonly maxCost: number | undefined
  readonly projects?: readonly string[]
  /** Of others whose profiles are named too. */
  readonly otherKeys?: readonly string[]
  readonly longestMs?: number
  /** For tests: calls `act` after so many milliseconds; gives what calls it off. */
  readonly schedule?: (act: () => void, ms: number) => () => void
  /** Default: those of the platform. */
  readonly limits?: Limits
  /** How the ledger comes to the disk. Default: really. */
  readonly flush?: (file: number) => void
  /** By which the rate limits wait. Default: the machine's. */
  readonly clock?: Clock
  /** The command of the process that outlives this one; without it, only this process's own timer stops jobs. */
  readonly deadMan?:
    | {
        readonly command: readonly [string, ...string[]]
        readonly addresses?: Readonly<Record<string, string>>
        readonly ca?: string
      }
    | undefined
}

const abortedBy =
  (ending: AbortSignal): Layer =>
  (next) =>
  (request) => {
    const signal = request.signal ? AbortSignal.any([request.signal, ending]) : ending
    return unlessEnded(next({ ...request, signal }), ending)
  }

/**
 * Node holds signals that follow others weakly, and a collection of garbage can make them deaf (seen on Node 20 under
 * load): that a run ends must not depend on it.
 */
async function unlessEnded<T>(work: Promise<T>, ending: AbortSignal): Promise<T> {
  let end = () => {}
  const ended = new Promise<never>((_, reject) => {
    end = () => reject(ending.reason)
    if (ending.aborted) end()
    else ending.addEventListener('abort', end, { once: true })
  })
  try {
    return await Promise.race([work, ended])
  } finally {
    ending.removeEventListener('abort', end)
  }
}

function later(act: () => void, ms: number): () => void {
  const timer = setTimeout(act, ms).unref()
  return () => clearTimeout(timer)
}

/** One run on a real account, from the lock to the last deletion. */
export class LiveRun {
  readonly run: string
  /** Stands in every name that the run gives. */
  readonly marker: string
  readonly guard: Layer
  /** Below the guard, within the rate limits. */
  readonly transport: Transport
  readonly ledger: Ledger
  readonly budget: Budget | undefined
  readonly #options: LiveRunOptions
  readonly #calls: PlatformCalls
  readonly #unlock: () => void
  readonly #callOff: () => void
  readonly #deadMan: DeadMan | undefined
  /** What a scenario still waits for when the run is to end must not hold up the clean-up. */
  readonly #ending = new AbortController()
  #closed: Promise<LeftOver[]> | undefined
  #cleaning: Promise<unknown> = Promise.resolve()

  /** Throws CannotRunError where the profile was not allowed, or another run uses the account. */
  static async begin(options: LiveRunOptions): Promise<LiveRun> {
    const { dayLimit } = await allowanceFor(options.folder, options.profile, options.env)
    return new LiveRun(options, dayLimit)
  }

  private constructor(options: LiveRunOptions, dayLimit: number) {
    const { profile, folder, now, flush, maxCost, limits, clock, longestMs = DEFAULT_LONGEST_MS } = options
    this.#options = options
    this.run = randomBytes(5).toString('hex')
    this.marker = this.run
    this.#unlock = lockRun(lockPath(folder, profile))
    this.ledger = new Ledger({
      path: ledgerPath(folder, profile),
      run: this.run,
      now,
      ...(flush && { flush }),
    })
    this.ledger.write({ type: 'run', marker: this.marker, pid: process.pid, profile: profile.name })
    this.budget =
      maxCost === undefined
        ? undefined
        : new Budget({ ledger: this.ledger, maxCost, dayLimit, now, deadline: now().getTime() + longestMs })
    const limited = layered(options.transport, [limitingRate(limits, clock)])
    this.transport = layered(limited, [abortedBy(this.#ending.signal)])
    const account = guardedAccount({
      ...options,
      ledger: this.ledger,
      marker: this.marker,
      transport: limited,
      budget: this.budget,
    })
    this.guard = account.guard
    this.#calls = account.calls
    this.#callOff = (options.schedule ?? later)(() => void this.stopWhatRuns(), longestMs)
    this.#deadMan = options.deadMan && this.#startDeadMan(options.deadMan, now().getTime() + longestMs)
  }

  /** Takes away what was made. One after the other: a run may be asked to end amid the clean-up of a scenario. */
  cleanUp(): Promise<LeftOver[]> {
    const { pause } = this.#options
    const options = { ledger: this.ledger, platform: this.#calls, pause, by: 'clean-up' } as const
    const cleaned = this.#cleaning.then(() => cleanUp(this.run, options))
    this.#cleaning = cleaned.catch(() => undefined)
    return cleaned
  }

  stopWhatRuns(): Promise<number> {
    return stopWhatRuns(this.run, this.ledger, this.#calls, this.#options.pause)
  }

  /** Takes everything away and lets go of the account. What is left is told, and stays in the ledger for the reaper. */
  close(): Promise<LeftOver[]> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<LeftOver[]> {
    this.#callOff()
    this.#ending.abort(new Error('the run is ending'))
    const left = this.#options.allowCreate ? await this.cleanUp() : []
    this.ledger.write({ type: 'run-over', left: left.length })
    this.ledger.close()
    this.#unlock()
    this.#deadMan?.stand()
    return left
  }

  #startDeadMan(
    { command, addresses, ca }: NonNullable<LiveRunOptions['deadMan']>,
    deadline: number,
  ): DeadMan {
    const { profile, folder } = this.#options
    const { name, origin, authorization, tenant } = profile
    return startDeadMan(command, {
      profile: name,
      origin,
      authorization,
      tenant,
      folder,
      run: this.run,
      marker: this.marker,
      deadline,
      ...(addresses && { addresses }),
      ...(ca !== undefined && { ca }),
    })
  }
}
