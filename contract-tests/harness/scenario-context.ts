import type { OperationId } from '../../openapi/generated/routes.ts'
import type { Called, CallOptions, StatusOf } from './call-types.ts'
import type { Caller } from './seen-exchange.ts'
import type { Given, StateName } from './states.ts'
import type { HeaderPairs } from './transport.ts'

/** What a scenario speaks through, and what it finds. */
export interface ScenarioContext<Need extends StateName = StateName> extends Speaker {
  /** By the preconditions' names. */
  readonly given: Given<Need>
}

/** What a scenario, and whoever makes its preconditions, speaks through. */
export interface Speaker {
  /** Scheme and authority of the platform. */
  readonly origin: string
  /** Calls a described operation; fails the scenario when the status is another than expected. */
  call<Id extends OperationId, Status extends StatusOf<Id>>(
    operationId: Id,
    options: CallOptions<Id, Status>,
  ): Promise<Called<Id, Status>>
  /** Sends anything, described or not. */
  send(request: RawRequest): Promise<RawAnswer>
  /** A text that nothing else on the platform is called by; the same on replay as when it was recorded. */
  unique(label: string): string
  /**
   * Asks again and again until there is a value, letting time pass in between as the target does. Fails the scenario
   * when the target gives up waiting.
   */
  until<Value>(what: string, ask: () => Promise<Value | undefined>): Promise<Value>
  /** To be undone when the scenario is over, whatever happens; the last thing first. */
  cleanUp(undo: () => Promise<unknown>): void
}

export interface RawRequest {
  readonly method: string
  /** From the platform's root, with the query. */
  readonly path: string
  /** Whose key is sent. Default `owner`. */
  readonly as?: Caller
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | FormData
}

export interface RawAnswer {
  readonly status: number
  readonly headers: HeaderPairs
  header(name: string): string | undefined
  readonly bytes: Uint8Array
  readonly text: string
  /** Throws where the body is no JSON. */
  json(): unknown
}

/** What the platform did was not what the scenario expects. */
export class ExpectationError extends Error {
  override readonly name = 'ExpectationError'
}

export function expectThat(holds: unknown, otherwise: string): asserts holds {
  if (!holds) throw new ExpectationError(otherwise)
}

/** Compares as JSON. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  expectThat(seen === wanted, `${what}: expected ${wanted}, got ${seen}`)
}
