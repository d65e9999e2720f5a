import type { OperationId } from '../../openapi/generated/routes.ts'
import type { Called, CallOptions, StatusOf } from './call-types.ts'
import { type CallParts, encodedBody, requestOf } from './encode-request.ts'
import { CannotRunError } from './not-run.ts'
import { routeOf } from './operation-of.ts'
import {
  ExpectationError,
  type RawAnswer,
  type RawRequest,
  type ScenarioContext,
} from './scenario-context.ts'
import type { Caller } from './seen-exchange.ts'
import type { Given, StateName, StateValues } from './states.ts'
import type { Stage, StageKeys } from './target.ts'
import { bytesOf, headerOf, type Transport, type WireAnswer } from './transport.ts'

export interface ConversationOptions {
  readonly stage: Stage
  /** Observed; sends what the stage's own transport would. */
  readonly transport: Transport
  readonly onCleanUp: (undo: () => Promise<unknown>) => void
}

/** Not even in the form of a key: some platforms take every key that has it. */
export const INVALID_KEY = 'no-key-of-any-platform'

/** A scenario's way to speak to a stage. */
export class Conversation implements ScenarioContext {
  readonly origin: string
  readonly #stage: Stage
  readonly #transport: Transport
  readonly #onCleanUp: ConversationOptions['onCleanUp']
  readonly #given: Partial<Record<StateName, StateValues[StateName]>> = {}

  constructor({ stage, transport, onCleanUp }: ConversationOptions) {
    this.origin = stage.origin
    this.#stage = stage
    this.#transport = transport
    this.#onCleanUp = onCleanUp
  }

  get given(): Given<StateName> {
    return this.#given as Given<StateName>
  }

  give<Name extends StateName>(state: Name, value: StateValues[Name]): void {
    this.#given[state] = value
  }

  async call<Id extends OperationId, Status extends StatusOf<Id>>(
    operationId: Id,
    options: CallOptions<Id, Status>,
  ): Promise<Called<Id, Status>> {
    const request = requestOf(operationId, options as CallParts)
    const answer = await this.send({ ...request, ...(options.as === undefined ? {} : { as: options.as }) })
    if (answer.status !== options.expect) throw unexpected(operationId, answer, options.expect)
    const body = bodyOf(operationId, answer) as Called<Id, Status>['body']
    const { status, headers, bytes } = answer
    return { status, headers, header: (name) => answer.header(name), body, bytes }
  }

  async send({ method, path, as = 'owner', headers = {}, body }: RawRequest): Promise<RawAnswer> {
    const encoded = await encodedBody(body)
    const answer = await this.#transport({
      method,
      url: this.origin + path,
      headers: Object.entries({ ...credentials(as, this.#stage.keys), ...encoded.headers, ...headers }),
      body: encoded.bytes,
    })
    return rawAnswer(answer, await bytesOf(answer.body))
  }

  unique(label: string): string {
    return this.#stage.unique(label)
  }

  async until<Value>(what: string, ask: () => Promise<Value | undefined>): Promise<Value> {
    for (let polls = 1; ; polls += 1) {
      const value = await ask()
      if (value !== undefined) return value
      if (!(await this.#stage.wait()))
        throw new ExpectationError(`${what} did not come: given up after ${polls} polls`)
    }
  }

  cleanUp(undo: () => Promise<unknown>): void {
    this.#onCleanUp(undo)
  }
}

function credentials(as: Caller, keys: StageKeys): Record<string, string> {
  if (as === 'nobody') return {}
  if (as === 'invalid') return { authorization: `Token ${INVALID_KEY}` }
  const key = as === 'owner' ? keys.owner : keys.other
  if (key === null) {
    const text = 'There is no second key: name another profile for it.'
    throw new CannotRunError({ kind: 'needs-second-key', text })
  }
  return { authorization: `Token ${key}` }
}

function rawAnswer({ status, headers }: WireAnswer, bytes: Uint8Array): RawAnswer {
  return {
    status,
    headers,
    header: (name) => headerOf(headers, name),
    bytes,
    get text() {
      return new TextDecoder().decode(bytes)
    },
    json: () => JSON.parse(new TextDecoder().decode(bytes)),
  }
}

function bodyOf(operationId: OperationId, answer: RawAnswer): unknown {
  const mediaType = (answer.header('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const kind = routeOf(operationId).answers[String(answer.status)]?.content[mediaType]
  if (answer.bytes.length === 0) return null
  if (kind !== 'json') return answer.text
  try {
    return answer.json()
  } catch {
    throw new ExpectationError(`${operationId} answered ${answer.status} with a body that is no JSON`)
  }
}

const SHOWN = 300

function unexpected(operationId: OperationId, answer: RawAnswer, expected: number): ExpectationError {
  const said = answer.text.slice(0, SHOWN)
  return new ExpectationError(
    `${operationId} answered ${answer.status} where ${expected} is expected: ${said}`,
  )
}
