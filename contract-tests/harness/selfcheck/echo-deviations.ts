import type { OperationId } from '../../../openapi/generated/routes.ts'
import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import type { Deviation, Spoiler } from './deviation.ts'
import { withJson } from './field-deviations.ts'
import { of, page } from './related.ts'

/** What comes back is not what was sent. */
export const echoDeviations: readonly Deviation[] = [
  of('echo', 'jobs', 'saves another name than it was sent', () => changedField('createJob', 'name')),
  of('echo', 'jobs', 'saves another command than it was sent', () => changedCommand('createJob')),
  of('echo', 'files', 'keeps another name than it was sent', () => changedField('uploadFile', 'name')),
  of('echo', 'jobs', 'takes another name than it was sent for it', () => changedField('updateJob', 'name')),
  of('echo', 'files', 'takes another name than it was sent for it', () => changedField('updateFile', 'name')),
  of('echo', 'storage', 'saves another name than it was sent', () =>
    changedField('createStorageDevice', 'name'),
  ),
  of('echo', 'sharing', 'takes another tag than it was sent', () => changedField('addJobTag', 'name')),
  of('read-after-write', 'sharing', 'does not list the tag that it took', () =>
    changedTags((tags) => (tags.length > 0 ? [] : null)),
  ),
  of('echo', 'sharing', 'notes another value than it was sent', () =>
    changedField('setJobCustomFields', 'Run Number'),
  ),
  of('read-after-write', 'sharing', 'forgets the values of custom fields', () =>
    page('getJobCustomFields', (fields) => (Object.keys(fields).length > 0 ? {} : null)),
  ),
  of('read-after-write', 'sharing', 'reads another value of a custom field than was set', () =>
    page('getJobCustomFields', otherValues),
  ),
  of('deleted-is-gone', 'sharing', 'still lists a tag that was removed', undeadTags),
  of('read-after-write', 'storage', 'reads another name than it saved', () =>
    changedField('getStorageDevice', 'name'),
  ),
  of('read-after-write', 'jobs', 'reads another name than it saved', () => changedField('getJob', 'name')),
  of('read-after-write', 'files', 'reads another name than it saved', () => changedField('getFile', 'name')),
]

/** Another text, or the next number. */
export function changedField(operationId: OperationId, key: string): Spoiler {
  return (exchange) => {
    const { answer } = exchange
    if (exchange.operationId !== operationId || answer.status >= 300 || answer.body.kind !== 'json')
      return null
    const { value } = answer.body
    if (!isObject(value)) return null
    const was = value[key]
    return withJson(answer, { ...value, [key]: typeof was === 'number' ? was + 1 : `${was} otherwise` })
  }
}

function changedTags(change: (tags: readonly Json[]) => Json | null): Spoiler {
  return ({ operationId, answer }) => {
    if (operationId !== 'listJobTags' || answer.status !== 200 || answer.body.kind !== 'json') return null
    const changed = isList(answer.body.value) ? change(answer.body.value) : null
    return changed === null ? null : withJson(answer, changed)
  }
}

/** Lists what it listed before. */
function undeadTags(): Spoiler {
  let before: readonly Json[] = []
  return changedTags((tags) => {
    const gone = tags.length < before.length ? before : null
    before = tags
    return gone && [...gone]
  })
}

const otherValues = (fields: JsonObject): Json | null =>
  Object.keys(fields).length === 0
    ? null
    : Object.fromEntries(
        Object.entries(fields).map(([name, field]) => [
          name,
          isObject(field) ? { ...field, value: 'otherwise' } : field,
        ]),
      )

const changedCommand = (operationId: OperationId): Spoiler =>
  madeBy(operationId, (body) => {
    const { jobanalyses } = body
    const [first, ...rest] = isList(jobanalyses) ? jobanalyses : []
    return isObject(first)
      ? { ...body, jobanalyses: [{ ...first, command: 'echo otherwise' }, ...rest] }
      : null
  })

function madeBy(operationId: OperationId, change: (body: JsonObject) => Json | null): Spoiler {
  return ({ operationId: given, answer }) => {
    if (given !== operationId || answer.status !== 201 || answer.body.kind !== 'json') return null
    const changed = isObject(answer.body.value) ? change(answer.body.value) : null
    return changed === null ? null : withJson(answer, changed)
  }
}
