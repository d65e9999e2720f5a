import { posix } from 'node:path'
import type { RunOrder, RunPlan } from '../../domain/executor.ts'
import type { Duration } from '../../domain/instant.ts'
import { exitedWith, launching, workFolderOf } from '../../domain/process-output.ts'
import { RunResults } from '../run-results.ts'
import { type RunStep, stepsOf } from '../run-steps.ts'
import type { InputContents } from './input-contents.ts'
import { plannedFiles } from './planned-files.ts'
import type { Outcome } from './recipe.ts'
import { seededNumbers } from './seeded-bytes.ts'
import { placeSimulatedInputs } from './simulated-inputs.ts'
import { type LogLine, SimulatedShell } from './simulated-shell.ts'
import type { SimulatedVolumes } from './simulated-volumes.ts'
import { WorkFolder } from './work-folder.ts'

/** 128 + SIGTERM: what a command answers that runs until it is stopped. */
const stopped = 143

/** What one command does: its lines and end are counted from the start of the run. */
interface StepEnd {
  readonly lines: readonly LogLine[]
  /** Null when it never ends by itself. */
  readonly endsAt: Duration | null
  readonly exitCode: number
}

type RunCommand = (step: RunStep, folder: WorkFolder, startsAt: Duration) => StepEnd

/** What is known beside the order. */
export interface Knowledge {
  readonly contents: InputContents
  readonly volumes: SimulatedVolumes
}

/** Goes through the commands as bash would. */
export function planByCommands(order: RunOrder, knowledge: Knowledge): RunPlan {
  const random = seededNumbers(Math.floor(order.random() * 2 ** 32))
  return planRun(order, knowledge, (step, folder, startsAt) => {
    const startsIn = startFolderOf(order, step)
    const shell = new SimulatedShell({
      folder,
      startsAt,
      startsIn,
      random,
      variables: variablesOf(order, step),
    })
    const { exitCode, isEndless } = shell.run(step.command)
    return { exitCode, lines: shell.lines, endsAt: isEndless ? null : shell.clock }
  })
}

/** Lets the outcome of a recipe happen in place of the first analysis that has a command; the others take no time. */
export function planByOutcome(order: RunOrder, knowledge: Knowledge, outcome: Outcome): RunPlan {
  const seed = String(order.random())
  const main = order.analyses.find(({ command }) => !/^\s*(#|:?\s*$)/.test(command)) ?? order.analyses[0]
  return planRun(order, knowledge, (step, folder, startsAt) => {
    if (step.analysis !== main || step.command !== main.command)
      return { exitCode: 0, lines: [], endsAt: startsAt }
    writeFiles(folder, startFolderOf(order, step), outcome, seed)
    return { exitCode: outcome.exitCode, lines: spread(outcome), endsAt: outcome.duration }
  })
}

function planRun(order: RunOrder, { contents, volumes }: Knowledge, run: RunCommand): RunPlan {
  const folder = new WorkFolder(workFolderOf(order.username, false), order.sharedFolder)
  placeSimulatedInputs(order, contents, folder)
  const unmount = volumes.mount(order, folder)
  const plan = planSteps(order, folder, run)
  unmount()
  return { ...plan, files: plannedFiles(folder, plan.duration) }
}

function planSteps(order: RunOrder, folder: WorkFolder, run: RunCommand): Omit<RunPlan, 'files'> {
  const log: LogLine[] = []
  const results = new RunResults()
  let clock: Duration = 0
  let exitCode = 0
  for (const step of stepsOf(order)) {
    log.push({ after: clock, text: launching(step.command, step.shownFolder) })
    const end = run(step, folder, clock)
    log.push(...inOrder(end.lines, clock, end.endsAt))
    if (step.isPostProcessing) for (const { text } of end.lines) results.add(text)
    if (end.endsAt === null) return { duration: null, exitCode: stopped, log }
    clock = end.endsAt
    exitCode = end.exitCode
    log.push({ after: clock, text: exitedWith(exitCode) }, { after: clock, text: '' })
    if (exitCode !== 0) break
  }
  return { duration: clock, exitCode, log, results: results.all() }
}

/** By time, none before the command's start or after its end. */
function inOrder(lines: readonly LogLine[], from: Duration, to: Duration | null): LogLine[] {
  return lines
    .map(({ after, text }) => ({ text, after: Math.max(from, to === null ? after : Math.min(after, to)) }))
    .sort((one, other) => one.after - other.after)
}

function variablesOf(order: RunOrder, { analysis }: RunStep): ReadonlyMap<string, string> {
  const home = posix.dirname(workFolderOf(order.username, false))
  const own = { HOME: home, USER: order.username, ...order.environment, ...analysis.envVars }
  return new Map(Object.entries(own))
}

const startFolderOf = (order: RunOrder, { isShared }: RunStep): string =>
  workFolderOf(order.username, isShared)

/** Paths count from where the command starts, but `storage_{id}/…` is in the home. */
function writeFiles(folder: WorkFolder, startsIn: string, { files, duration }: Outcome, seed: string): void {
  for (const { path, content, after, from } of files) {
    const file = {
      content: content.kind === 'seeded' ? { ...content, seed } : content,
      after: after ?? duration ?? 0,
    }
    const top = /^storage_[A-Za-z]+\//.test(path) ? folder.home : startsIn
    folder.write(posix.join(top, path), from === null ? file : { ...file, from })
  }
}

function spread({ log, duration }: Outcome): LogLine[] {
  const step = (duration ?? 0) / (log.length + 1)
  return log.map(({ after, text }, index) => ({ text, after: after ?? Math.round(step * (index + 1)) }))
}
