import type { OperationId } from '../../../openapi/generated/routes.ts'
import { escaped } from '../../../openapi/json-pointer.ts'
import { type Answered, answeredOf, broken, calls, isSuccess, jsonIn, pathValue } from '../checks/answered.ts'
import type { Finding, RelationRule } from '../finding.ts'
import { isList, isObject, type Json, textAt } from '../json.ts'
import type { SeenExchange } from '../seen-exchange.ts'

interface Resource {
  readonly id: string
  readonly creates: readonly OperationId[]
  readonly changes: readonly OperationId[]
  readonly reads: readonly OperationId[]
  /** From then on a change may be taken and have no effect (NB 44: PATCH of a submitted job). */
  readonly freezes: readonly OperationId[]
  /** Its names are the client's own, so that no schema can miss one that does not come back. */
  readonly isMap?: true
}

const resources: readonly Resource[] = [
  {
    id: 'jobId',
    creates: ['createJob'],
    changes: ['updateJob', 'replaceJob'],
    reads: ['getJob'],
    freezes: ['submitJob'],
  },
  { id: 'fileId', creates: [], changes: ['updateFile'], reads: ['getFile'], freezes: [] },
  { id: 'deviceId', creates: ['createStorageDevice'], changes: [], reads: ['getStorageDevice'], freezes: [] },
  {
    id: 'jobId',
    creates: [],
    changes: ['setJobCustomFields'],
    reads: ['getJobCustomFields'],
    freezes: [],
    isMap: true,
  },
]

/** What was sent comes back: in the answer, and whenever it is read until it is changed again. */
export function echoFindings(exchanges: readonly SeenExchange[]): Finding[] {
  const answered = answeredOf(exchanges).filter(isSuccess)
  return resources.flatMap((resource) => findingsAbout(resource, answered))
}

function findingsAbout(resource: Resource, answered: readonly Answered[]): Finding[] {
  const found: Finding[] = []
  const sent = new Map<string, Json>()
  const frozen = new Set<string>()
  for (const exchange of calls(
    answered,
    ...(Object.values(resource).flatMap((one) => (isList(one) ? one : [])) as OperationId[]),
  )) {
    const operationId = exchange.operationId as OperationId
    const answer = jsonIn(exchange.response.body)
    const id = resource.creates.includes(operationId)
      ? textAt(answer, 'id')
      : pathValue(exchange, resource.id)
    if (id === undefined) continue
    if (resource.freezes.includes(operationId)) frozen.add(id)
    const request = jsonIn(exchange.request.body)
    const writes =
      resource.creates.includes(operationId) || (resource.changes.includes(operationId) && !frozen.has(id))
    if (writes && request !== undefined) {
      found.push(...differences(exchange, 'echo', request, whole(resource, request, answer)))
      sent.set(id, request)
    } else if (resource.reads.includes(operationId)) {
      const written = sent.get(id)
      found.push(...differences(exchange, 'read-after-write', written, whole(resource, written, answer)))
    }
  }
  return found
}

/** Of a map, what does not come back is null. */
function whole({ isMap }: Resource, sent: Json | undefined, answer: Json | undefined): Json | undefined {
  if (!isMap || !isObject(sent) || !isObject(answer)) return answer
  return { ...Object.fromEntries(Object.keys(sent).map((key) => [key, null])), ...answer }
}

function differences(
  exchange: Answered,
  rule: RelationRule,
  sent: Json | undefined,
  answer: Json | undefined,
): Finding[] {
  return differing(sent, answer, '').map(({ pointer, expected, received }) =>
    broken(exchange, rule, {
      pointer,
      expected: JSON.stringify(expected).slice(0, 120),
      received: JSON.stringify(received).slice(0, 120),
      message: `${pointer} is not what was sent`,
    }),
  )
}

interface Difference {
  readonly pointer: string
  readonly expected: Json
  readonly received: Json
}

/**
 * What is not answered as it was sent. Fields that do not come back at all are for the schema to judge; null means
 * "as you like", and what the platform then takes is no difference.
 */
function differing(sent: Json | undefined, answer: Json | undefined, pointer: string): Difference[] {
  if (sent === undefined || sent === null || answer === undefined) return []
  if (isList(sent) && isList(answer)) return differingLists(sent, answer, pointer)
  if (isObject(sent) && isObject(answer)) {
    return Object.entries(sent).flatMap(([key, value]) =>
      differing(value, answer[key], `${pointer}/${escaped(key)}`),
    )
  }
  // A core type is sent by its code and answered as an object; ids of files and values of custom fields likewise.
  const isName = !isObject(sent) && !isList(sent) && isObject(answer)
  const said = isName ? (answer.code ?? answer.id ?? answer.value ?? answer) : answer
  return sameScalar(sent, said) ? [] : [{ pointer, expected: sent, received: answer }]
}

function differingLists(sent: readonly Json[], answer: readonly Json[], pointer: string): Difference[] {
  if (sent.length !== answer.length) return [{ pointer, expected: sent, received: answer }]
  return sent.flatMap((item, index) => differing(item, answer[index], `${pointer}/${index}`))
}

/** Strings are taken in place of numbers and booleans (api-facts §1.4). */
const sameScalar = (sent: Json, answer: Json): boolean =>
  sent === answer ||
  (typeof sent !== 'object' && typeof answer !== 'object' && String(sent) === String(answer))
