import type { OperationId } from '../../../openapi/generated/routes.ts'
import { isList, isObject, type Json } from '../json.ts'
import type { Deviation, Spoiler } from './deviation.ts'
import { of, page } from './related.ts'

/** What can go wrong with the histories of jobs, clusters and storage devices. */
export const historyDeviations: readonly Deviation[] = [
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
    'history-end',
    'storage',
    'goes on after the end',
    () => afterTheEnd('listStorageDeviceStatuses', 'Stopped', 'Stopping'),
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
]

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
