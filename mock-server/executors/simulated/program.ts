import type { Duration } from '../../domain/instant.ts'
import type { LogLine, SimulatedShell } from './simulated-shell.ts'
import type { Content } from './work-folder.ts'

export interface ProgramCall {
  readonly shell: SimulatedShell
  /** As it was called. */
  readonly name: string
  readonly args: readonly string[]
  /** From a pipe, a file or a here-document; null when there is none. */
  readonly input: string | null
}

export interface ProgramResult {
  readonly exitCode: number
  /** stdout, when the program ends. */
  readonly output: string
  /** What stdout holds when that is more than text. */
  readonly content?: Content
  /** stderr, line by line, at once. */
  readonly errors?: readonly string[]
  /** stdout while it goes on, counted from its start. */
  readonly progress?: readonly LogLine[]
  /** Absent for what takes no time to speak of; null for what never ends by itself. */
  readonly duration?: Duration | null
}

export type Program = (call: ProgramCall) => ProgramResult
export type Programs = Readonly<Record<string, Program>>

export const success: ProgramResult = { exitCode: 0, output: '' }

export const failure = (exitCode: number, ...errors: string[]): ProgramResult => ({
  exitCode,
  output: '',
  errors,
})

export const written = (output: string): ProgramResult => ({ exitCode: 0, output })

/** What a program answers that goes on after a problem. */
export const withErrors = (exitCode: number, errors: readonly string[], output = ''): ProgramResult => ({
  exitCode: errors.length > 0 ? exitCode : 0,
  errors,
  output,
})

/** Arguments that are no options. */
export const operands = (args: readonly string[]): string[] => args.filter((arg) => !/^-./.test(arg))

export const alike = (names: readonly string[], program: Program): Programs =>
  Object.fromEntries(names.map((name) => [name, program]))
