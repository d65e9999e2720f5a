import { posix } from 'node:path'
import { type Duration, millisecond } from '../../domain/instant.ts'
import { expandWord, expandWords, splitAssignment } from './expand.ts'
import { outputsOf, type StreamTargets } from './output-targets.ts'
import type { ProgramResult } from './program.ts'
import { runProgram } from './programs.ts'
import { parseScript, type Script, type SimpleCommand, type Step } from './shell-script.ts'
import { pretend } from './solver.ts'
import { textOf, type WorkFolder } from './work-folder.ts'

/** Steps, lines and characters that one run may have: its command comes from outside. */
const maxSteps = 500
const maxLines = 10_000
const maxCharacters = 1024 * 1024
const maxSearches = 500
/** Of scripts that start scripts. */
const maxDepth = 8

/** What a command takes that does next to nothing. */
const shortest: Duration = 5 * millisecond

export interface LogLine {
  readonly after: Duration
  readonly text: string
}

export interface ShellEnd {
  readonly exitCode: number
  /** True for `sleep inf`. */
  readonly isEndless: boolean
}

export interface SimulatedShellOptions {
  readonly folder: WorkFolder
  readonly variables: ReadonlyMap<string, string>
  readonly startsAt: Duration
  /** The folder that it starts in; the work folder unless told. */
  readonly startsIn?: string
  /** Numbers in [0, 1). */
  readonly random: () => number
}

/** Goes through a command as bash would, with time and files of its own; no process is started. */
export class SimulatedShell {
  readonly folder: WorkFolder
  readonly lines: LogLine[] = []
  readonly variables: Map<string, string>
  readonly random: () => number
  workingFolder: string
  clock: Duration
  /** Set by `exit`. */
  exitsWith: number | null = null
  /** Set by `set -e`. */
  stopsAtFailure = false
  lastExitCode = 0
  #isEndless = false
  #steps = 0
  #characters = 0
  #depth = 0
  #searches = 0

  constructor({ folder, variables, startsAt, startsIn = folder.path, random }: SimulatedShellOptions) {
    this.folder = folder
    this.variables = new Map(variables)
    this.clock = startsAt
    this.random = random
    this.workingFolder = startsIn
  }

  run(text: string): ShellEnd {
    const exitCode = this.#script(parseScript(text), text)
    return { exitCode: this.exitsWith ?? exitCode, isEndless: this.#isEndless }
  }

  /** A script within: it leaves by itself, and its folder and variables are its own. Answers its exit code. */
  runWithin(text: string): number {
    if (this.#depth >= maxDepth) return this.#complain('bash: warning: shell level too high')
    const before = [this.workingFolder, this.exitsWith, this.stopsAtFailure] as const
    this.#depth += 1
    const { exitCode } = this.run(text)
    this.#depth -= 1
    ;[this.workingFolder, this.exitsWith, this.stopsAtFailure] = before
    return exitCode
  }

  /** What a script within writes, instead of logging it. */
  outputOf(text: string): string {
    const from = this.lines.length
    this.runWithin(text)
    return this.lines
      .splice(from)
      .map((line) => line.text)
      .join('\n')
  }

  /** False when the run has looked through folders often enough. */
  maySearch(): boolean {
    this.#searches += 1
    return this.#searches <= maxSearches
  }

  resolve(path: string): string {
    return posix.resolve(this.workingFolder, path)
  }

  say(text: string, after: Duration = this.clock): void {
    this.#characters += text.length
    if (this.lines.length < maxLines && this.#characters < maxCharacters) this.lines.push({ after, text })
  }

  #complain(text: string): number {
    this.say(text)
    return 1
  }

  #script(script: Script, text: string): number {
    if (script.kind === 'wrong') {
      this.say(script.message)
      return 2
    }
    if (script.kind === 'compound')
      return this.#finish(pretend(this, firstLine(text)), { out: 'log', error: 'log' })
    return this.#sequence(script.steps)
  }

  #sequence(steps: readonly Step[]): number {
    let before: Step['then'] = ';'
    for (const step of steps) {
      const isSkipped =
        (before === '&&' && this.lastExitCode !== 0) || (before === '||' && this.lastExitCode === 0)
      if (!isSkipped) this.#step(step)
      before = step.then
      if (this.exitsWith !== null || this.#isEndless) break
      if (this.stopsAtFailure && this.lastExitCode !== 0 && before !== '&&' && before !== '||') break
    }
    return this.lastExitCode
  }

  #step({ commands, then }: Step): void {
    const startsAt = this.clock
    let piped: string | null = null
    for (const [index, command] of commands.entries()) {
      this.#steps += 1
      if (this.#steps > maxSteps) return
      piped = this.#command(command, piped, index < commands.length - 1)
    }
    if (then !== '&') return
    // Nobody waits for it.
    this.clock = startsAt
    this.lastExitCode = 0
    this.#isEndless = false
  }

  /** Answers what goes into a pipe. */
  #command(command: SimpleCommand, piped: string | null, isPiped: boolean): string {
    const words = this.#assign(command.words)
    const targets = outputsOf(this, command.redirections, isPiped)
    if (typeof targets === 'string') {
      this.lastExitCode = this.#complain(targets)
      return ''
    }
    const [name = '', ...args] = expandWords(this, words)
    if (name === '') return ''
    const input = command.input ?? inputOf(this, targets) ?? piped
    const result = runProgram({ shell: this, name, args, input })
    this.lastExitCode = this.#finish(result, targets)
    return targets.out === 'pipe' ? result.output : ''
  }

  /** Takes `NAME=value` from before a command. */
  #assign(words: SimpleCommand['words']): SimpleCommand['words'] {
    const at = words.findIndex((word) => splitAssignment(word) === null)
    const count = at === -1 ? words.length : at
    for (const word of words.slice(0, count)) {
      const assignment = splitAssignment(word)
      if (assignment) this.variables.set(assignment.name, expandWord(this, assignment.value).join(' '))
    }
    if (count === words.length) this.lastExitCode = 0
    return words.slice(count)
  }

  /** Lets the time of a program pass and its output go where it belongs. */
  #finish(result: ProgramResult, targets: StreamTargets): number {
    const startsAt = this.clock
    const duration = result.duration === undefined ? shortest : result.duration
    for (const line of result.errors ?? []) this.#put(`${line}\n`, targets.error, startsAt)
    for (const { after, text } of result.progress ?? []) this.#put(`${text}\n`, targets.out, startsAt + after)
    if (duration === null) this.#isEndless = true
    else this.clock += duration
    if (result.output !== '' && targets.out === 'log') this.#put(result.output, 'log', this.clock)
    if (typeof targets.out === 'object') targets.out.write(result, startsAt, this.clock)
    return result.exitCode
  }

  #put(text: string, target: StreamTargets['out'], after: Duration): void {
    if (target === 'log' || target === 'pipe') {
      for (const line of text.replace(/\n$/, '').split('\n')) this.say(line, after)
    } else if (target !== 'nowhere') target.add(text)
  }
}

function inputOf(shell: SimulatedShell, { input }: StreamTargets): string | null {
  const file = input === undefined ? null : shell.folder.file(input)
  return file && (textOf(file.content) ?? '')
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? ''
