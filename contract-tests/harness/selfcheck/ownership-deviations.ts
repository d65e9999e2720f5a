import type { OperationId } from '../../../openapi/generated/routes.ts'
import { isList, type Json, type JsonObject } from '../json.ts'
import type { WholeAnswer } from './answer.ts'
import type { Deviation, Spoiler } from './deviation.ts'
import { withJson } from './field-deviations.ts'
import { of, page } from './related.ts'

/** What was deleted is there, and what is somebody else's is shown. */
export const ownershipDeviations: readonly Deviation[] = [
  of('deleted-is-gone', 'files', 'still has a file that was deleted', () => undead('getFile', 'deleteFile')),
  of('deleted-is-gone', 'jobs', 'still has a job that was deleted', () => undead('getJob', 'deleteJob')),
  of('deleted-is-gone', 'runs', 'still has the runs of a job that was deleted', () =>
    undead('listRuns', 'deleteJob'),
  ),
  of('deleted-is-gone', 'clusters', 'still has the cluster of a job that was deleted', () =>
    undead('listClusterStatuses', 'deleteJob'),
  ),
  of('isolation', 'jobs', 'shows a job to another key', () => leaky('getJob')),
  of('isolation', 'files', 'shows a file to another key', () => leaky('getFile')),
  of('isolation', 'storage', 'shows a storage device to another key', () => leaky('getStorageDevice')),
  ...(
    [
      ['jobs', 'listJobStatuses'],
      ['files', 'downloadFile'],
      ['runs', 'listRuns'],
      ['clusters', 'listClusterStatuses'],
      ['sharing', 'listJobTags'],
      ['storage', 'listStorageDeviceStatuses'],
    ] as const
  ).map(([group, operationId]) =>
    of('isolation', group, `admits to another key that there is something (${operationId})`, () =>
      forbidden(operationId),
    ),
  ),
  ...(
    [
      ['jobs', 'listJobs', 'getJob'],
      ['files', 'listFiles', 'getFile'],
      ['storage', 'listStorageDevices', 'getStorageDevice'],
    ] as const
  ).map(([group, list, read]) =>
    of('isolation', group, 'lists to another key what that does not own', () => listedToOthers(list, read)),
  ),
  ...(
    [
      ['jobs', 'listJobs', 'deleteJob'],
      ['files', 'listFiles', 'deleteFile'],
    ] as const
  ).map(([group, list, remove]) =>
    of('deleted-is-gone', group, 'still lists what was deleted', () => stillListed(list, remove)),
  ),
]

/** Answers for what was deleted, or is of what was deleted, as it did before. */
function undead(read: OperationId, remove: OperationId): Spoiler {
  const seen = new Map<string, WholeAnswer>()
  const removed = new Set<string>()
  return ({ operationId, url, answer }) => {
    const path = new URL(url).pathname
    if (operationId === remove && answer.status === 204) removed.add(path)
    if (operationId !== read) return null
    if (answer.status === 200) seen.set(path, answer)
    const isRemoved = [...removed].some((one) => path.startsWith(one))
    return answer.status === 404 && isRemoved ? (seen.get(path) ?? null) : null
  }
}

/** Answers anybody what it answered the owner. */
function leaky(read: OperationId): Spoiler {
  const seen = new Map<string, { authorization: string | undefined; answer: WholeAnswer }>()
  return ({ operationId, url, authorization, answer }) => {
    if (operationId !== read) return null
    const path = new URL(url).pathname
    if (answer.status === 200) seen.set(path, { authorization, answer })
    const other = seen.get(path)
    const isStranger = answer.status === 404 && other !== undefined && other.authorization !== authorization
    return isStranger ? other.answer : null
  }
}

/** To whoever is not the first that is heard of, what should be 404 is 403. */
function forbidden(operationId: OperationId): Spoiler {
  let first: string | undefined
  return ({ operationId: given, authorization, answer }) => {
    first ??= authorization
    if (given !== operationId || answer.status !== 404 || authorization === first) return null
    const detail = 'You do not have permission to perform this action.'
    return { ...withJson(answer, { detail }), status: 403 }
  }
}

/** What the owner read stands in the list of somebody else. */
function listedToOthers(list: OperationId, read: OperationId): Spoiler {
  let owned: { readonly by: string | undefined; readonly item: Json } | undefined
  return (exchange) => {
    const { operationId, authorization, answer } = exchange
    if (operationId === read && answer.status === 200 && answer.body.kind === 'json')
      owned = { by: authorization, item: answer.body.value }
    const theirs = owned
    if (theirs === undefined || authorization === theirs.by) return null
    return page(list, (body) => withItem(body, theirs.item))(exchange)
  }
}

function stillListed(list: OperationId, remove: OperationId): Spoiler {
  let gone: string | undefined
  return (exchange) => {
    const { operationId, url, answer } = exchange
    if (operationId === remove && answer.status === 204) gone = new URL(url).pathname.split('/').at(-2)
    const id = gone
    return id === undefined ? null : page(list, (body) => withItem(body, { id }))(exchange)
  }
}

const withItem = ({ results, count, ...rest }: JsonObject, item: Json): Json | null =>
  isList(results) ? { ...rest, count: Number(count) + 1, results: [item, ...results] } : null
