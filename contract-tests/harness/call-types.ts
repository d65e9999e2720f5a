import type { OperationId } from '../../openapi/generated/routes.ts'
import type { operations } from '../../openapi/generated/schema.d.ts'
import type { Caller } from './seen-exchange.ts'
import type { HeaderPairs } from './transport.ts'

/** The statuses that the description gives an operation. */
export type StatusOf<Id extends OperationId> = keyof operations[Id]['responses'] & number

type ParametersOf<Id extends OperationId> = operations[Id]['parameters']

type PathOf<Id extends OperationId> = ParametersOf<Id> extends { path: infer Path } ? Path : undefined

type QueryOf<Id extends OperationId> =
  ParametersOf<Id> extends { query?: infer Query } ? Exclude<Query, undefined> : undefined

type JsonBodyOf<Id extends OperationId> = operations[Id] extends {
  requestBody?: { content: { 'application/json': infer Body } }
}
  ? Body
  : never

type ContentOf<Answer> = Answer extends { content: infer Content } ? Content[keyof Content] : null

/** What an answer of that status holds, by the description. */
export type BodyOf<Id extends OperationId, Status extends StatusOf<Id>> = ContentOf<
  operations[Id]['responses'][Status]
>

interface AnyCallOptions<Id extends OperationId, Status> {
  readonly expect: Status
  /** Whose key is sent. Default `owner`. */
  readonly as?: Caller
  readonly query?: QueryOf<Id>
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly json?: JsonBodyOf<Id>
  /** Sent as JSON though the description does not allow it, to see what happens. */
  readonly wrongJson?: unknown
  readonly form?: FormData
}

export type CallOptions<Id extends OperationId, Status> = AnyCallOptions<Id, Status> &
  (PathOf<Id> extends undefined ? { readonly path?: undefined } : { readonly path: PathOf<Id> })

export interface Called<Id extends OperationId, Status extends StatusOf<Id>> {
  readonly status: number
  readonly headers: HeaderPairs
  header(name: string): string | undefined
  /** Parsed where the description says JSON; text where it says text; null where there is none. */
  readonly body: BodyOf<Id, Status>
  readonly bytes: Uint8Array
}
