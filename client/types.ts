import type { components, operations, paths } from '../openapi/generated/schema.d.ts'

type Schemas = components['schemas']

export type User = Schemas['User']
export type Project = Schemas['Project']
export type CoreType = Schemas['CoreType']
export type ComputePrice = Schemas['ComputePrice']
export type Analysis = Schemas['Analysis']
export type Job = Schemas['Job']
export type JobListItem = Schemas['JobListItem']
/** What `jobs.create` takes; keys that the API would silently ignore do not compile. */
export type JobCreate = Schemas['JobCreate']
export type JobUpdate = Schemas['JobUpdate']
export type JobStatus = Schemas['JobStatus']
export type JobStatusEntry = Schemas['JobStatusEntry']
export type ClusterStatus = Schemas['ClusterStatus']
export type ClusterStatusEntry = Schemas['ClusterStatusEntry']
export type Instance = Schemas['Instance']
export type ConnectionDetail = Schemas['ConnectionDetail']
export type JobShare = Schemas['JobShare']
export type JobShareReceipt = Schemas['JobShareReceipt']
export type JobTag = Schemas['JobTag']
export type CustomFields = Schemas['CustomFields']
export type CustomFieldValues = Schemas['CustomFieldValues']
export type Run = Schemas['Run']
export type DirectoryEntry = Schemas['DirectoryEntry']
export type FileTail = Schemas['FileTail']
export type Snapshot = Schemas['Snapshot']
export type StorageDevice = Schemas['StorageDevice']
export type StorageDeviceListItem = Schemas['StorageDeviceListItem']
export type StorageDeviceCreate = Schemas['StorageDeviceCreate']
export type StorageRegion = Schemas['StorageRegion']
export type StorageAttachment = Schemas['StorageAttachment']
export type StorageFileDownload = Schemas['StorageFileDownload']
/** A file's metadata. Named so that it does not hide the global `File`. */
export type RescaleFile = Schemas['File']
export type FileUpdate = Schemas['FileUpdate']
export type FileTypeId = Schemas['FileTypeId']

/** The description's paths, for `createClient().api` and for further clients. */
export type { operations, paths }

type Query<Operation extends keyof operations> = NonNullable<operations[Operation]['parameters']['query']>

/** Filters of a list. `page` is left out: a list starts at its first page and follows its links. */
export type Filters<Operation extends keyof operations> = Omit<Query<Operation>, 'page'>

/** Options that every call takes. */
export interface CallOptions {
  signal?: AbortSignal
}

/** Options of a list. */
export interface ListOptions extends CallOptions {
  /** Refuses to go on after so many pages; 10,000 unless told otherwise. */
  maxPages?: number
}

type PathsWithGet = { [P in keyof paths]: paths[P]['get'] extends undefined ? never : P }[keyof paths]

type GetAnswer<P extends PathsWithGet> = paths[P]['get'] extends {
  responses: { 200: { content: { 'application/json': infer Body } } }
}
  ? Body
  : never

/** Paths that answer page by page. */
export type PagedPath = {
  [P in PathsWithGet]: GetAnswer<P> extends { results: readonly unknown[] } ? P : never
}[PathsWithGet]

/** The items of a paged path. */
export type ItemOf<P extends PagedPath> =
  GetAnswer<P> extends { results: readonly (infer Item)[] } ? Item : never
