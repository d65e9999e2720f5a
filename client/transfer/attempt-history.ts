import { randomUUID } from 'node:crypto'
import { RescaleError } from '../errors.ts'
import { shortly } from '../failures.ts'
import type { Attempt, RequestContext } from '../requests/attempt.ts'

/** The sendings of one upload, or of one range of a download, under one id. Errors made of them show it as it is then. */
export class AttemptHistory {
  readonly requestId = randomUUID()
  readonly #attempts: Attempt[] = []
  /** Set when it is sent. */
  request: RequestContext | undefined

  get attempts(): readonly Attempt[] {
    return this.#attempts
  }

  answered(status: number, startedAt: number, now: number): void {
    this.#add({ status }, startedAt, now)
  }

  failed(error: unknown, startedAt: number, now: number): void {
    this.#add({ failure: nameOf(error) }, startedAt, now)
  }

  /** After its head, the last answer broke off. */
  brokeOff(error: unknown, now: number): void {
    const last = this.#attempts.pop()
    if (last) this.#attempts.push({ ...last, durationMs: now - last.startedAt, failure: nameOf(error) })
  }

  #add(what: Partial<Attempt>, startedAt: number, now: number): void {
    const number = this.#attempts.length + 1
    this.#attempts.push({ number, startedAt, durationMs: now - startedAt, ...what })
  }
}

function nameOf(error: unknown): string {
  if (error instanceof RescaleError) return shortly(error)
  return error instanceof Error ? error.name : String(error)
}
