/**
 * What stands in a leaf of a body, which decides what a recording keeps of it:
 *
 * - `public`: catalogues, codes, numbers, enumerations: kept as they are
 * - `id:TYPE`: an identifier, kept as a name such as `job#1`
 * - `date`: kept, typed
 * - `url`: kept as a template, its ids named
 * - `path`: a path in a storage: kept as a template while all its parts are known, else named
 * - `text`: what people wrote: kept only when this recording itself has sent it, else named
 * - `message`: the platform's own sentences: kept, secrets masked
 * - `log`: what programs wrote: named line by line, unless the scenario says that its output is harmless
 * - `email`, `host`, `hash`: named
 * - `secret`: never kept
 */
export type LeafKind =
  | 'public'
  | `id:${string}`
  | 'date'
  | 'url'
  | 'path'
  | 'text'
  | 'message'
  | 'log'
  | 'email'
  | 'host'
  | 'hash'
  | 'secret'

/** Components that hold nothing of the user's. */
const publicComponents: ReadonlySet<string> = new Set([
  'Analysis',
  'AnalysisChoice',
  'AnalysisReference',
  'AnalysisVersion',
  'ClusterStatusLabel',
  'ComputePrice',
  'CoreSummary',
  'CoreType',
  'CoreTypeChoice',
  'FileChecksum',
  'Hardware',
  'HardwareCoreType',
  'HardwareCreate',
  'Industry',
  'JobStatusLabel',
  'LicenseFeature',
  'LicenseFeatureSet',
  'LicenseSeller',
  'LicenseSetting',
  'Money',
  'ResourceFilter',
  'Run',
  'StorageHardware',
  'StorageHardwareCreate',
  'StorageRegion',
  'StorageRegionChoice',
])

/** Leaves by component and property; `*` stands for every component that has no entry of its own. */
const leaves: Readonly<Record<string, LeafKind>> = {
  'Job.id': 'id:job',
  'JobListItem.id': 'id:job',
  'JobStatusEntry.id': 'id:status-entry',
  'JobStatusEntry.jobId': 'id:job',
  'JobStatusEntry.statusReason': 'message',
  'ClusterStatusEntry.statusReason': 'message',
  'File.id': 'id:file',
  'FileChoice.id': 'id:file',
  'InputFile.id': 'id:file',
  'InputFileChoice.id': 'id:file',
  'Instance.id': 'id:instance',
  'Instance.instanceGroup': 'public',
  'Instance.supportedServices': 'public',
  'Instance.tenancy': 'public',
  'StorageDevice.id': 'id:storage-device',
  'StorageDeviceListItem.id': 'id:storage-device',
  'StorageDeviceChoice.id': 'id:storage-device',
  'AutomationReference.id': 'id:automation',
  'Project.id': 'id:project',
  'StorageLocation.id': 'id:storage',
  'StorageLocation.encryptionType': 'public',
  'StorageConnection.region': 'public',
  'Workspace.id': 'id:workspace',
  'Company.code': 'id:company',
  'JobListItem.analysisNames': 'public',
  'JobVariable.variableType': 'public',
  'JobVariable.valueGeneratorType': 'public',
  'JobVariableCreate.valueGeneratorType': 'public',
  'FileTail.fileType': 'public',
  'FileChecksum.fileHash': 'hash',
  'ErrorDetail.detail': 'message',
  ValidationMessages: 'message',
  'Snapshot.data': 'log',
  'Snapshot.reason': 'message',
  'Snapshot.lastSnapshotID': 'id:snapshot',
  'SupportDesk.email': 'email',
  'DirectoryEntry.resource': 'url',
  ApiRoot: 'url',
  NextLink: 'url',
  PreviousLink: 'url',
  'StorageDevice.region': 'public',
  'Job.cidrRule': 'public',
  'JobCreate.cidrRule': 'public',
  'JobUpdate.cidrRule': 'public',
  '*.clusterId': 'id:cluster',
  '*.folderId': 'id:folder',
  '*.projectId': 'id:project',
  '*.clonedFrom': 'id:job',
  '*.templatedFrom': 'id:job',
  '*.owner': 'email',
  '*.email': 'email',
  '*.username': 'email',
  '*.sharedWith': 'email',
  '*.recipient': 'email',
  '*.account': 'email',
  '*.md5': 'hash',
  '*.path': 'path',
  '*.pathBase': 'path',
  '*.pathPartsBase': 'path',
  '*.lines': 'log',
  '*.encodedEncryptionKey': 'secret',
  '*.container': 'host',
  '*.host': 'host',
  '*.privateHostname': 'host',
  '*.publicHostname': 'host',
  '*.privateIp': 'host',
  '*.publicIp': 'host',
  '*.storageAccount': 'host',
  '*.accountName': 'host',
}

/** The kind of a described leaf by where it is described; undefined where its schema has to tell. */
export function declaredKind(component: string, property: string | null): LeafKind | undefined {
  if (property === null) return leaves[component]
  const own = leaves[`${component}.${property}`]
  if (own !== undefined) return own
  if (publicComponents.has(component)) return 'public'
  return leaves[`*.${property}`]
}

/** What fields are called that hold an identifier somewhere: `jobId`, `clonedFrom`. */
export const identifierFields: ReadonlySet<string> = new Set(
  Object.entries(leaves)
    .filter(([, kind]) => kind.startsWith('id:'))
    .map(([place]) => place.slice(place.indexOf('.') + 1))
    .filter((field) => field !== 'code'),
)

/** Parameters by name. What is not listed here and not described is `text`. */
export const parameterKinds: Readonly<Record<string, LeafKind>> = {
  jobId: 'id:job',
  fileId: 'id:file',
  deviceId: 'id:storage-device',
  organizationCode: 'id:company',
  runId: 'public',
  code: 'public',
  path: 'text',
  search: 'text',
}

/** What names are of that a redactor gives: identifiers, and whatever else is not kept. */
export const nameTypes: ReadonlySet<string> = new Set([
  ...[...Object.values(leaves), ...Object.values(parameterKinds)]
    .filter((kind) => kind.startsWith('id:'))
    .map((kind) => kind.slice('id:'.length)),
  ...[
    'user',
    'marker',
    'secret',
    'email',
    'host',
    'hash',
    'text',
    'log',
    'unknown',
    'key',
    'segment',
    'number',
  ],
  ...['etag', 'url', 'body'],
])
