import type { operations } from '../../openapi/generated/schema.d.ts'
import type { Catalogue } from '../domain/catalogue.ts'
import type { FileStore } from '../domain/file-store.ts'
import type { Platform } from '../domain/platform.ts'
import type { ExchangeAnswer, ExchangeRequest } from '../exchange/http.ts'
import type { PagedCall } from './pagination.ts'

export type OperationId = keyof operations

/** JSON that is ready to be sent: rows whose text is kept with the job need not be written again. */
export class JsonText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Parameters<Id extends OperationId, Place extends 'path' | 'query'> = NonNullable<
  operations[Id]['parameters'][Place]
>

/** The body of a JSON request, read and coerced; undefined where the operation takes none. */
type RequestBody<Id extends OperationId> = operations[Id] extends {
  requestBody?: { content: { 'application/json': infer Body } }
}
  ? Body
  : undefined

/** One call of an operation, with its parameters and body read by the description. */
export interface Call<Id extends OperationId> {
  readonly platform: Platform
  readonly path: Parameters<Id, 'path'>
  readonly query: Parameters<Id, 'query'>
  readonly body: RequestBody<Id>
  readonly request: ExchangeRequest
  /** Which page of a list is asked for, and where its neighbours are. */
  readonly page: PagedCall
  readonly files: FileStore
  catalogue(): Promise<Catalogue>
}

type Responses<Id extends OperationId> = operations[Id]['responses']

type ContentOf<Response> = Response extends { content: infer Content } ? Content[keyof Content] : never

type AnswerFor<Status, Response> = [ContentOf<Response>] extends [never]
  ? { readonly status: Status; readonly body?: null }
  : {
      readonly status: Status
      readonly body: ContentOf<Response> | JsonText
      /** When it is not JSON by name: the answer to an upload is `text/plain`. */
      readonly contentType?: string
    }

/** Bytes of a file; their status and headers are decided where ranges are. */
interface RawAnswer {
  readonly raw: ExchangeAnswer
}

/** A described answer: status and body fit together, and both fit the description. */
export type Answer<Id extends OperationId> =
  | {
      [Status in keyof Responses<Id> & number]: AnswerFor<Status, Responses<Id>[Status]>
    }[keyof Responses<Id> & number]
  | (Id extends 'downloadFile' | 'tailRunFile' ? RawAnswer : never)

export type Operation<Id extends OperationId> = (call: Call<Id>) => Answer<Id> | Promise<Answer<Id>>

/** One function for every described operation: what is described but missing here does not compile. */
export type Operations = { readonly [Id in OperationId]: Operation<Id> }
