import { type OperationId, routes } from '../../../openapi/generated/routes.ts'
import type { FindingClass, RelationRule } from '../finding.ts'
import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import { headerOf } from '../transport.ts'
import type { WholeAnswer, WholeExchange } from './answer.ts'
import { withHeader } from './answer-deviations.ts'
import type { Deviation, Spoiler } from './deviation.ts'
import { withJson } from './field-deviations.ts'

const of = (
  rule: RelationRule,
  group: string,
  text: string,
  create: () => Spoiler,
  kind: FindingClass = 'relation',
): Deviation => ({ id: `${group} ${rule}: ${text}`, group, class: kind, rule, text, create })

const pagedLists: readonly OperationId[] = routes
  .filter(({ parameters }) => parameters.some(({ name }) => name === 'page'))
  .map(({ operationId }) => operationId)

/** Answers that are each as described, and contradict each other. */
export const relationDeviations: readonly Deviation[] = [
  ...pagedLists.flatMap(ofPages),
  of('echo', 'jobs', 'saves another name than it was sent', () => changedField('createJob', 'name')),
  of('echo', 'jobs', 'saves another command than it was sent', () => changedCommand('createJob')),
  of('echo', 'files', 'keeps another name than it was sent', () => changedField('uploadFile', 'name')),
  of('echo', 'jobs', 'takes another name than it was sent for it', () => changedField('updateJob', 'name')),
  of('echo', 'files', 'takes another name than it was sent for it', () => changedField('updateFile', 'name')),
  of('echo', 'storage', 'saves another name than it was sent', () =>
    changedField('createStorageDevice', 'name'),
  ),
  of('read-after-write', 'storage', 'reads another name than it saved', () =>
    changedField('getStorageDevice', 'name'),
  ),
  of('read-after-write', 'jobs', 'reads another name than it saved', () => changedField('getJob', 'name')),
  of('read-after-write', 'files', 'reads another name than it saved', () => changedField('getFile', 'name')),
  of('history-order', 'jobs', 'lists statuses oldest first', () => reversed('listJobStatuses'), 'order'),
  of(
    'history-order',
    'clusters',
    'lists statuses oldest first',
    () => reversed('listClusterStatuses'),
    'order',
  ),
  of(
    'history-past',
    'jobs',
    'changes the date of what has been',
    () => rewrittenPast('listJobStatuses'),
    'lifecycle',
  ),
  of(
    'job-status',
    'jobs',
    'goes back from Executing to Queued',
    () => insertedRow('listJobStatuses', 'Queued'),
    'lifecycle',
  ),
  of('job-status', 'jobs', 'never validates', () => withoutRow('listJobStatuses', 'Validated'), 'lifecycle'),
  of(
    'cluster-status',
    'clusters',
    'starts a cluster twice',
    () => insertedRow('listClusterStatuses', 'Not Started'),
    'lifecycle',
  ),
  of(
    'storage-status',
    'storage',
    'starts a storage device twice',
    () => insertedRow('listStorageDeviceStatuses', 'Not Started'),
    'lifecycle',
  ),
  of('history-end', 'jobs', 'goes on after the end', () => afterTheEnd('listJobStatuses'), 'lifecycle'),
  of(
    'history-end',
    'clusters',
    'goes on after the end',
    () => afterTheEnd('listClusterStatuses', 'Stopped', 'Stopping'),
    'lifecycle',
  ),
  of(
    'history-past',
    'clusters',
    'changes the date of what has been',
    () => rewrittenPast('listClusterStatuses'),
    'lifecycle',
  ),
  of(
    'history-past',
    'storage',
    'changes the date of what has been',
    () => rewrittenPast('listStorageDeviceStatuses'),
    'lifecycle',
  ),
  of(
    'history-order',
    'storage',
    'lists statuses oldest first',
    () => reversed('listStorageDeviceStatuses'),
    'order',
  ),
  of('conditional', 'files', 'says of what nobody has that it has not changed', neverModified),
  of('checksum', 'files', 'tells the checksum of another file', changedChecksum),
  of('size', 'files', 'tells another size', () => changedField('uploadFile', 'decryptedSize')),
  of('range', 'files', 'sends other bytes than were uploaded', flippedByte),
  of('range', 'files', 'sends the range next to the one that was asked', shiftedRange),
  of('range', 'files', 'sends more than the range', longRange),
  of('range', 'files', 'sends only the first of several ranges', firstPartOnly),
  of('deleted-is-gone', 'files', 'still has a file that was deleted', () => undead('getFile', 'deleteFile')),
  of('deleted-is-gone', 'jobs', 'still has a job that was deleted', () => undead('getJob', 'deleteJob')),
  of('isolation', 'jobs', 'shows a job to another key', () => leaky('getJob')),
  of('isolation', 'files', 'shows a file to another key', () => leaky('getFile')),
  of('isolation', 'storage', 'shows a storage device to another key', () => leaky('getStorageDevice')),
  ...(
    [
      ['jobs', 'listJobStatuses'],
      ['files', 'downloadFile'],
      ['runs', 'listRuns'],
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

function ofPages(operationId: OperationId): Deviation[] {
  const group = operationId.replace(/^list/, 'pages of ')
  return [
    of('pagination-count', group, 'counts one more than there are', () =>
      page(operationId, (body) => ({ ...body, count: Number(body.count) + 1 })),
    ),
    of('pagination-duplicate', group, 'lists an item on two pages', () => duplicated(operationId)),
    of('pagination-filter', group, 'loses what was asked for on the next page', () => forgetful(operationId)),
    of('pagination-link', group, 'leads to another host', () =>
      page(operationId, (body) =>
        typeof body.next === 'string' ? { ...body, next: withoutHost(body.next) } : null,
      ),
    ),
    of('pagination-page-size', group, 'gives more than was asked for', () => generous(operationId)),
  ]
}

/** As a platform behind a proxy that it does not know of would write it. */
const withoutHost = (link: string): string => link.replace(/^https?:\/\/[^/]+/, 'http://internal.test')

function page(
  operationId: OperationId,
  change: (body: JsonObject, exchange: WholeExchange) => Json | null,
): Spoiler {
  return (exchange) => {
    const { answer } = exchange
    const isPage =
      exchange.operationId === operationId && answer.status === 200 && answer.body.kind === 'json'
    if (!isPage || !isObject(answer.body.value)) return null
    const changed = change(answer.body.value, exchange)
    return changed === null ? null : withJson(answer, changed)
  }
}

function duplicated(operationId: OperationId): Spoiler {
  let last: Json | undefined
  return page(operationId, (body, { url }) => {
    const { results } = body
    if (!isList(results) || results.length === 0) return null
    const before = last
    last = results.at(-1)
    const isFirst = !/[?&]page=(?!1(&|$))/.test(url)
    return isFirst || before === undefined ? null : { ...body, results: [before, ...results.slice(1)] }
  })
}

const forgetful = (operationId: OperationId): Spoiler =>
  page(operationId, (body) => {
    const next = typeof body.next === 'string' ? new URL(body.next) : null
    const asked = [...(next?.searchParams.keys() ?? [])].filter((name) => name !== 'page')
    // A list without filters has at least a size to forget.
    const lost = asked.find((name) => name !== 'page_size') ?? asked[0]
    if (!next || lost === undefined) return null
    next.searchParams.delete(lost)
    return { ...body, next: next.href }
  })

const generous = (operationId: OperationId): Spoiler =>
  page(operationId, (body, { url }) => {
    const { results } = body
    const asked = Number(new URL(url).searchParams.get('page_size'))
    if (!asked || !isList(results) || results.length !== asked || results[0] === undefined) return null
    return { ...body, results: [...results, results[0]] }
  })

function changedField(operationId: OperationId, key: string): Spoiler {
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

const changedCommand = (operationId: OperationId): Spoiler =>
  page201(operationId, (body) => {
    const { jobanalyses } = body
    const [first, ...rest] = isList(jobanalyses) ? jobanalyses : []
    return isObject(first)
      ? { ...body, jobanalyses: [{ ...first, command: 'echo otherwise' }, ...rest] }
      : null
  })

function page201(operationId: OperationId, change: (body: JsonObject) => Json | null): Spoiler {
  return ({ operationId: given, answer }) => {
    if (given !== operationId || answer.status !== 201 || answer.body.kind !== 'json') return null
    const changed = isObject(answer.body.value) ? change(answer.body.value) : null
    return changed === null ? null : withJson(answer, changed)
  }
}

/** Of a history: its rows, newest first. */
function rows(operationId: OperationId, change: (all: readonly Json[]) => readonly Json[] | null): Spoiler {
  return page(operationId, (body) => {
    const { results } = body
    if (!isList(results) || results.length < 2) return null
    const changed = change(results)
    return changed && { ...body, results: changed, count: changed.length }
  })
}

const reversed = (operationId: OperationId): Spoiler => rows(operationId, (all) => all.toReversed())

function rewrittenPast(operationId: OperationId): Spoiler {
  let reads = 0
  return rows(operationId, (all) => {
    reads += 1
    const oldest = all.at(-1)
    if (reads < 2 || !isObject(oldest)) return null
    return [
      ...all.slice(0, -1),
      { ...oldest, statusDate: String(oldest.statusDate).replace(/^\d{4}/, '2001') },
    ]
  })
}

/** A job that was told to be over does something more. */
function afterTheEnd(operationId: OperationId, end = 'Completed', after = 'Stopping'): Spoiler {
  let wasOver = false
  return rows(operationId, (all) => {
    const [newest] = all
    if (!isObject(newest) || newest.status !== end) return null
    const later = wasOver ? [{ ...newest, status: after }, ...all] : null
    wasOver = true
    return later
  })
}

/** Once the job executes or the cluster is up, something stands between that cannot be there. */
const insertedRow = (operationId: OperationId, status: string): Spoiler =>
  rows(operationId, (all) => {
    const [newest, ...older] = all
    if (!isObject(newest) || older.length < 2) return null
    return [newest, { ...newest, status }, ...older]
  })

const withoutRow = (operationId: OperationId, status: string): Spoiler =>
  rows(operationId, (all) => {
    const rest = all.filter((row) => !isObject(row) || row.status !== status)
    const isPast = isObject(all[0]) && all[0].status !== status && rest.length < all.length
    return isPast ? rest : null
  })

function changedChecksum(): Spoiler {
  return ({ operationId, answer }) => {
    if ((operationId !== 'getFile' && operationId !== 'uploadFile') || answer.body.kind !== 'json')
      return null
    const { value } = answer.body
    const sums = isObject(value) ? value.fileChecksums : undefined
    if (!isObject(value) || !isList(sums) || sums.length === 0) return null
    const other = sums.map((sum) => (isObject(sum) ? { ...sum, fileHash: '0'.repeat(128) } : sum))
    return withJson(answer, { ...value, fileChecksums: other })
  }
}

const contentIds: ReadonlySet<string | null> = new Set(['downloadFile'])

function contents(change: (bytes: Uint8Array, answer: WholeAnswer) => WholeAnswer | null): Spoiler {
  return ({ operationId, method, answer }) => {
    if (!contentIds.has(operationId) || method !== 'GET' || answer.body.kind !== 'bytes') return null
    return change(answer.body.bytes, answer)
  }
}

function flippedByte(): Spoiler {
  return contents((bytes, answer) => {
    if (answer.status !== 200) return null
    const other = Uint8Array.from(bytes)
    other[0] = (other[0] ?? 0) ^ 1
    return { ...answer, body: { kind: 'bytes', bytes: other } }
  })
}

function neverModified(): Spoiler {
  return contents((_, answer) =>
    answer.status === 200 ? { ...answer, status: 304, body: { kind: 'none' } } : null,
  )
}

function shiftedRange(): Spoiler {
  return contents((_, answer) => {
    const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headerOf(answer.headers, 'content-range') ?? '')
    if (answer.status !== 206 || !range) return null
    const [, first, last, size] = range.map(Number)
    const shifted = `bytes ${Number(first) + 1}-${Number(last) + 1}/${size}`
    return { ...answer, headers: withHeader(answer.headers, 'content-range', shifted) }
  })
}

function longRange(): Spoiler {
  return contents((bytes, answer) => {
    if (answer.status !== 206 || headerOf(answer.headers, 'content-range') === undefined) return null
    return { ...answer, body: { kind: 'bytes', bytes: Uint8Array.from([...bytes, 0]) } }
  })
}

function firstPartOnly(): Spoiler {
  return contents((bytes, answer) => {
    const type = headerOf(answer.headers, 'content-type') ?? ''
    const [, boundary] = /^multipart\/byteranges;.*boundary="?([^";]+)/i.exec(type) ?? []
    if (answer.status !== 206 || boundary === undefined) return null
    const [before = '', first = ''] = Buffer.from(bytes).toString('latin1').split(`--${boundary}`)
    const text = `${before}--${boundary}${first}--${boundary}--\r\n`
    const body = { kind: 'bytes', bytes: Uint8Array.from(Buffer.from(text, 'latin1')) } as const
    return { ...answer, headers: withHeader(answer.headers, 'content-length', String(text.length)), body }
  })
}

/** Answers for what was deleted as it did before. */
function undead(read: OperationId, remove: OperationId): Spoiler {
  const seen = new Map<string, WholeAnswer>()
  const removed = new Set<string>()
  return ({ operationId, url, answer }) => {
    const path = new URL(url).pathname
    if (operationId === remove && answer.status === 204) removed.add(path)
    if (operationId !== read) return null
    if (answer.status === 200) seen.set(path, answer)
    return answer.status === 404 && removed.has(path) ? (seen.get(path) ?? null) : null
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
