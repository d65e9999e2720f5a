import { setTimeout as pause } from 'node:timers/promises'
import type { RunFate, RunOrder, RunResult } from '../../domain/executor.ts'
import { exitedWith, launching } from '../../domain/process-output.ts'
import type { Room } from '../../rooms/room.ts'
import { RunResults } from '../run-results.ts'
import { type RunStep, stepsOf } from '../run-steps.ts'
import { type CommandEnd, type RunningCommand, startCommand } from './command.ts'
import type { ProcessLog } from './process-log.ts'
import { runEnvironment } from './run-environment.ts'
import { type RunFolder, sharedIn } from './run-folder.ts'
import { RunProcesses } from './run-processes.ts'
import type { After } from './walltime.ts'

/** For output of a process that could not be found and holds the pipe open. */
const drainMs = 2_000

/** 128 + SIGTERM: what a command would have answered that a stop kept from starting. */
const neverStarted = 143

const nothingDone: CommandEnd = { exitCode: 0, problem: null }

export interface RunCommandsSetup {
  readonly marker: string
  readonly searchPath: string
  readonly graceMs: number
  readonly after: After
}

/** The commands of a run, one after the other, up to the first that fails. */
export class RunCommands {
  readonly #setup: RunCommandsSetup
  readonly #order: RunOrder
  readonly #halt = new AbortController()
  #processes: RunProcesses | null = null
  #room: Room | null = null
  #isKilled = false
  /** What they answer in place of their own. */
  #fate: RunFate | null
  /** The end came by `meet`, not by itself. */
  #isMet = false
  #metFate: RunFate | null = null
  #exitCode = neverStarted
  readonly #results = new RunResults()

  constructor(setup: RunCommandsSetup, order: RunOrder) {
    this.#setup = setup
    this.#order = order
    this.#fate = order.fate ?? null
  }

  /** Aborted when no further command starts. */
  get halted(): AbortSignal {
    return this.#halt.signal
  }

  /** Of the last command that ran. */
  get exitCode(): number {
    return this.#exitCode
  }

  /** The end that was decided for the last command that ran. */
  get metFate(): RunFate | null {
    return this.#metFate
  }

  /** What post-processing scripts found until now. */
  get results(): readonly RunResult[] {
    return this.#results.all()
  }

  end(): void {
    this.#halt.abort()
    this.#processes?.end()
  }

  kill(): void {
    this.#isKilled = true
    this.#halt.abort()
    this.#processes?.kill()
  }

  /** Ends them at once, as is decided. */
  meet(fate: RunFate): void {
    this.#fate = fate
    this.#isMet = true
    // A run that still waits for its turn never comes to its first command.
    if (this.#processes === null) this.#exitCode = fate.exitCode
    this.kill()
  }

  /** Resolves when no process is left. */
  async run(folder: RunFolder, log: ProcessLog, room: Room | null = null): Promise<void> {
    this.#room = room
    const { marker, graceMs, after } = this.#setup
    this.#processes = new RunProcesses({ marker, folder: folder.top, graceMs, after })
    for (const step of stepsOf(this.#order)) {
      // A fate that came before the first command shows as one of it.
      if (this.#halt.signal.aborted && !this.#isMet) return
      this.#exitCode = await this.#runStep(step, folder, log, this.#processes)
      if (this.#exitCode !== 0 || this.#isMet) return
    }
  }

  async #runStep(
    step: RunStep,
    folder: RunFolder,
    log: ProcessLog,
    processes: RunProcesses,
  ): Promise<number> {
    await log.line(launching(step.command, step.shownFolder))
    const startsNothing = this.#isMet || this.#fate?.startsNothing === true
    const end = startsNothing ? nothingDone : await this.#start(step, folder, log, processes)
    if (end.problem !== null) await log.line(`LocalScale: bash could not be started: ${end.problem}`)
    // A command that somebody stopped answers for itself.
    this.#metFate = this.#isMet || !this.#halt.signal.aborted ? this.#fate : null
    const exitCode = this.#metFate?.exitCode ?? end.exitCode
    for (const text of [...(this.#metFate?.log ?? []), exitedWith(exitCode), '']) await log.line(text)
    return exitCode
  }

  async #start(
    step: RunStep,
    folder: RunFolder,
    log: ProcessLog,
    processes: RunProcesses,
  ): Promise<CommandEnd> {
    const workFolder = step.isShared ? sharedIn(folder.work) : folder.work
    const environment = runEnvironment(this.#order, step.analysis, folder, this.#setup.searchPath)
    const command = await startCommand({
      command: step.command,
      workFolder,
      scratchFolder: folder.scratch,
      // Of several names of the folder, the one that `pwd` shows.
      environment: { ...environment, PWD: workFolder },
      room: this.#room,
    })
    log.onLine = step.isPostProcessing ? (line) => this.#results.add(Buffer.from(line).toString()) : null
    const end = await this.#follow(command, log, processes)
    await log.endLine()
    return end
  }

  /** Background processes end with their command, so that nothing is logged after its last line (inferred). */
  async #follow(command: RunningCommand, log: ProcessLog, processes: RunProcesses): Promise<CommandEnd> {
    const logged = copyToLog(command.output, log)
    processes.started(command.leader)
    if (this.#isKilled) processes.kill()
    else if (this.#halt.signal.aborted) processes.end()
    const end = await command.ended
    processes.leaderExited()
    await processes.allGone()
    await Promise.race([logged, pause(drainMs, undefined, { ref: false })])
    command.output.destroy()
    await logged
    return end
  }
}

/** Goes on reading when the log cannot be written: the command must not hang on a full pipe. */
async function copyToLog(output: AsyncIterable<Uint8Array>, log: ProcessLog): Promise<void> {
  try {
    for await (const chunk of output) await log.output(chunk).catch(() => {})
  } catch {
    // Cut off by `destroy`.
  }
}
