import { setTimeout as pause } from 'node:timers/promises'
import { hasProc, isAlive, type ProcessState } from '../../process-identity.ts'
import type { Leader } from './command.ts'
import { processesOf, signalGroup, signalProcess } from './processes.ts'

/** Between two looks for processes that are ending. They come faster at first. */
const firstLookMs = 2
const lastLookMs = 100

/** So often in a row none may be found: a daemon shows no environment for a moment while it becomes another program. */
const absencesThatCount = 3

/** A process that SIGKILL cannot end hangs in the kernel; nothing can be done about it. */
const hopelessAfterMs = 30_000

export interface RunProcessesOptions {
  readonly marker: string
  readonly folder: string
  readonly graceMs: number
  readonly after: (milliseconds: number, callback: () => void) => () => void
}

/** All processes of one run, from the start of a command until none is left. */
export class RunProcesses {
  readonly #options: RunProcessesOptions
  /** Leader of the command's session. */
  #leader: Leader | null = null
  #isGoing = false
  #leaderIsCollected = false
  #isEnding = false
  #mustDie = false
  #cancelGrace: () => void = () => {}

  constructor(options: RunProcessesOptions) {
    this.#options = options
  }

  /** Null for one that was never seen. */
  started(leader: Leader | null): void {
    this.#leader = leader
    this.#isGoing = true
    this.#leaderIsCollected = false
    this.#isEnding = false
    this.#mustDie = false
  }

  leaderExited(): void {
    this.#leaderIsCollected = true
  }

  /** SIGTERM to all, SIGKILL after the grace time to who is left. */
  end(): void {
    if (this.#isEnding || !this.#isGoing) return
    this.#isEnding = true
    this.#signal('SIGTERM')
    this.#cancelGrace = this.#options.after(this.#options.graceMs, () => this.kill())
  }

  /** SIGKILL to all, and to whatever appears until `allGone`. */
  kill(): void {
    this.#mustDie = true
    this.#signal('SIGKILL')
  }

  /** After the leader exited: ends what it left behind, and resolves when nothing is left. */
  async allGone(): Promise<void> {
    let waited = 0
    let look = firstLookMs
    for (let absences = 0; absences < absencesThatCount && waited < hopelessAfterMs; ) {
      const isGone = this.#rest().length === 0
      absences = isGone ? absences + 1 : 0
      if (!isGone) this.#endOnceMore()
      look = isGone ? firstLookMs : later(look)
      await pause(look)
      if (this.#mustDie) waited += look
    }
    this.#cancelGrace()
    this.#leader = null
    this.#isGoing = false
  }

  #endOnceMore(): void {
    if (this.#mustDie) this.#signal('SIGKILL')
    else this.end()
  }

  #rest(): ProcessState[] {
    return processesOf({
      marker: this.#options.marker,
      folder: this.#options.folder,
      session: this.#leader?.pid ?? null,
    })
  }

  /** A leader that is not collected keeps its number, so the group is surely ours. Without /proc there is nothing else. */
  #group(): number | null {
    if (this.#leader === null) return null
    const isKept = this.#leader.isOurs ? !this.#leaderIsCollected : isAlive(this.#leader)
    return isKept || !hasProc ? this.#leader.pid : null
  }

  /** To each process once: a command that traps SIGTERM must not be told twice. */
  #signal(signal: NodeJS.Signals): void {
    const group = this.#group()
    const others = this.#rest().filter((found) => found.group !== group)
    if (group !== null) signalGroup(group, signal)
    for (const found of others) signalProcess(found, signal)
  }
}

const later = (look: number): number => Math.min(look * 2, lastLookMs)
