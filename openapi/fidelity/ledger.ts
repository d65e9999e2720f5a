import {
  type Described,
  type Description,
  describedOperations,
  type RequestBodyObject,
  type ResponseObject,
  resolve,
} from '../openapi-document.ts'
import { fieldsOf } from './fields.ts'
import { type Known, knownFrom, type Sighting, stronger } from './grades.ts'

/** What is known of one field of a body, at a pointer in which `*` stands for each item. */
export interface FieldFidelity extends Known {
  readonly pointer: string
}

export interface AnswerFidelity extends Known {
  /** `200`, or `request` for the body that is sent. */
  readonly status: string
  readonly fields: readonly FieldFidelity[]
}

export interface OperationFidelity extends Known {
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly answers: readonly AnswerFidelity[]
}

export interface FidelityLedger {
  readonly operations: readonly OperationFidelity[]
}

/**
 * How every operation, status and field is known, by its best evidence. What carries no evidence of its own is as well
 * known as what it belongs to; what a live recording has shown is `live`, with the date of the newest one.
 */
export function fidelityLedger(
  description: Description,
  sightings: readonly Sighting[] = [],
): FidelityLedger {
  const seen = new Map(sightings.map((sighting) => [keyOf(sighting), sighting.date]))
  return { operations: describedOperations(description).map((one) => operationOf(one, description, seen)) }
}

type Seen = ReadonlyMap<string, string>

const keyOf = ({ operationId, status, pointer }: Omit<Sighting, 'date'>): string =>
  [operationId, status ?? '', pointer ?? ''].join(' ').trim()

function operationOf(
  { method, path, operation }: Described,
  description: Description,
  seen: Seen,
): OperationFidelity {
  const { operationId } = operation
  const own = knownFrom(operation['x-evidence'], { grade: 'inferred' })
  const known = withSighting(own, seen.get(operationId))
  const answers = Object.entries(operation.responses).map(([status, given]) => {
    const response = resolve<ResponseObject>(description, given)
    return answerOf({
      operationId,
      status,
      content: response.content,
      evidence: response['x-evidence'],
      inherited: own,
    })
  })
  const request = operation.requestBody && resolve<RequestBodyObject>(description, operation.requestBody)
  if (request) {
    const { content } = request
    answers.unshift(
      answerOf({ operationId, status: 'request', content, evidence: undefined, inherited: own }),
    )
  }
  return { operationId, method: method.toUpperCase(), path, ...known, answers }

  function answerOf({ operationId, status, content = {}, evidence, inherited }: AnswerGiven): AnswerFidelity {
    const own = knownFrom(evidence, inherited)
    const media = Object.entries(content).find(([type]) => type === 'application/json')?.[1]
    const fields = media?.schema ? fieldsOf(media.schema, own, description) : []
    const at = (pointer?: string) => seen.get(keyOf({ operationId, status, ...(pointer && { pointer }) }))
    return {
      status,
      ...withSighting(own, at()),
      fields: fields.map((field) => ({ ...field, ...withSighting(field, at(field.pointer)) })),
    }
  }
}

interface AnswerGiven {
  readonly operationId: string
  readonly status: string
  readonly content?: ResponseObject['content'] | undefined
  readonly evidence: unknown
  readonly inherited: Known
}

function withSighting(known: Known, date: string | undefined): Known {
  return date === undefined ? known : stronger({ grade: 'live', date }, known)
}
