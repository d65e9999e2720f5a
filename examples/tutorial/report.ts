import { HttpError, RescaleError } from '../../client/index.ts'
import type { LastExchange } from './last-exchange.ts'
import type { StepResult } from './step.ts'

/** Shows the steps as they go: a line each, and on a terminal what is going on meanwhile. */
export class Report {
  readonly #total: number
  readonly #out: NodeJS.WriteStream
  readonly #quiet: boolean

  constructor(total: number, quiet: boolean, out: NodeJS.WriteStream = process.stdout) {
    this.#total = total
    this.#quiet = quiet
    this.#out = out
  }

  progress(number: number, title: string, text: string): void {
    if (this.#quiet || !this.#out.isTTY) return
    const line = `… ${this.#label(number)} ${title}: ${text}`
    this.#out.write(`\r\x1b[K${line.slice(0, this.#out.columns - 1)}`)
  }

  step({ number, title, passed, outcome, seconds }: StepResult): void {
    if (this.#quiet) return
    const clear = this.#out.isTTY ? '\r\x1b[K' : ''
    const mark = this.#coloured(passed ? '✓' : '✗', passed ? 32 : 31)
    this.#out.write(
      `${clear}${mark} ${this.#label(number)} ${title} (${seconds.toFixed(2)} s)\n        ${outcome}\n`,
    )
  }

  line(text: string): void {
    if (!this.#quiet) this.#out.write(`${text}\n`)
  }

  #label(number: number): string {
    return `${String(number).padStart(2)}/${this.#total}`
  }

  #coloured(text: string, code: number): string {
    const colours = this.#out.isTTY && !process.env.NO_COLOR
    return colours ? `\x1b[${code}m${text}\x1b[0m` : text
  }
}

/** Why a step failed, with the exchange that it failed on. */
export function reasonOf(error: unknown, last?: LastExchange): string {
  if (!(error instanceof Error)) return String(error)
  if (!(error instanceof RescaleError))
    return `${error.message}\n        ${String(last ?? '').replaceAll('\n', '\n        ')}`.trimEnd()
  const request = error.method ? `\n        > ${error.method} ${error.url}` : ''
  const answer = error instanceof HttpError ? `\n        < ${error.status} ${error.body}` : ''
  return `${error.name}: ${error.message}${request}${answer}${error.hint ? `\n        ${error.hint}` : ''}`
}
