import { EXITED, FOLLOWS, LAUNCHED, LAUNCHES, withoutTime } from './process-log.ts'

/** How an analysis ended, by what `process_output.log` says. */
export interface LoggedExit {
  /** Undefined when the log ends before the command did. */
  readonly exitCode: number | undefined
}

/** Reads the exit codes from a log of any length, line by line, as `parseProcessLog` does from the whole. */
export class LogExits {
  readonly #exits: { exitCode: number | undefined }[] = []
  /** The last exit code since a line that may be the first of a command's; what it is of shows when that ends. */
  #pending: { exitCode: number | undefined } | undefined

  add(line: string): void {
    const text = withoutTime(line)
    if (text.startsWith(LAUNCHES)) this.#launch()
    if (this.#pending && text.endsWith(FOLLOWS)) {
      if (!LAUNCHED.test(text)) this.#giveUp()
      else this.#exits.push({ exitCode: undefined })
      this.#pending = undefined
      return
    }
    const code = EXITED.exec(text)?.[1]
    if (code !== undefined) this.#exited(Number(code))
  }

  /** Of each analysis, in their order. */
  end(): readonly LoggedExit[] {
    this.#giveUp()
    return this.#exits
  }

  #launch(): void {
    this.#giveUp()
    this.#pending = { exitCode: undefined }
  }

  /** It was no launch: its lines are what the analysis before it wrote. */
  #giveUp(): void {
    const exitCode = this.#pending?.exitCode
    this.#pending = undefined
    if (exitCode !== undefined) this.#exited(exitCode)
  }

  // A command may print the same words; the platform's line is the last one.
  #exited(exitCode: number): void {
    const last = this.#pending ?? this.#exits.at(-1)
    if (last) last.exitCode = exitCode
  }
}
