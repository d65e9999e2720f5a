import createApi, { type Client as ApiClient } from 'openapi-fetch'
import type { components, paths } from '../../openapi/generated/control-schema.d.ts'

export type ControlApi = ApiClient<paths>
export type ControlSchemas = components['schemas']

export interface ControlOptions {
  /** Where the mock is, e.g. `http://127.0.0.1:8484`. */
  readonly baseUrl: string
  /** Whose world is meant. */
  readonly apiKey: string
  /** For controls of the whole server; printed when it starts. */
  readonly adminToken?: string | undefined
  /** What sends requests, instead of `fetch`: that of a mock in the same process, for instance. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined
}

/** The mock refused a control. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  /** HTTP status. */
  readonly status: number
  /** The answer's JSON, or its text where it is none. */
  readonly body: unknown

  constructor(message: string, status: number, body: unknown) {
    super(message)
    this.status = status
    this.body = body
  }
}

export function controlApi({ baseUrl, fetch }: ControlOptions, token: string): ControlApi {
  return createApi<paths>({
    baseUrl: baseUrl.replace(/\/+$/, ''),
    headers: { authorization: `Token ${token}` },
    ...(fetch && { fetch }),
  })
}

/** What openapi-fetch gives for an answer. */
export interface ControlReply<T> {
  readonly data?: T | undefined
  readonly error?: unknown
  readonly response: Response
}

/** The data of an answer. @throws {ControlError} for any other */
export async function dataOf<T>(reply: Promise<ControlReply<T>>): Promise<T> {
  const { data, error, response } = await reply
  if (data !== undefined) return data
  throw controlError(response, error)
}

/** For controls that answer without a body. @throws {ControlError} when it was refused */
export async function done(reply: Promise<ControlReply<unknown>>): Promise<void> {
  const { error, response } = await reply
  if (!response.ok) throw controlError(response, error)
}

function controlError(response: Response, body: unknown): ControlError {
  const { pathname } = new URL(response.url || 'http://unknown/')
  return new ControlError(`${pathname} answered ${response.status}: ${textOf(body)}`, response.status, body)
}

const textOf = (body: unknown): string => (typeof body === 'string' ? body : JSON.stringify(body ?? null))
