import type { OperationId } from '../../../openapi/generated/routes.ts'
import type { OwnedKind } from './ledger-entries.ts'

/** What an operation that is not safe (RFC 9110 §9.2.1) does to an account. */
export type OperationRule =
  /** Makes something; its name is in the body, or in the form's file name. */
  | { readonly does: 'create'; readonly kind: OwnedKind }
  /** Changes what its path names. */
  | {
      readonly does: 'change'
      readonly kind: OwnedKind
      /** Whatever its body says, nothing but what the path names is changed: it may be unreadable. */
      readonly bodyNamesNothing?: true
    }
  /** Begins to cost money. */
  | { readonly does: 'submit'; readonly kind: OwnedKind }
  | { readonly does: 'delete'; readonly kind: OwnedKind }
  /** Not to be done to a real account by a test at all. */
  | { readonly does: 'never'; readonly because: string }

/** Every described operation that is not safe. One that is missing here is refused. */
export const operationRules: { readonly [Id in OperationId]?: OperationRule } = {
  createJob: { does: 'create', kind: 'job' },
  replaceJob: { does: 'change', kind: 'job' },
  updateJob: { does: 'change', kind: 'job' },
  deleteJob: { does: 'delete', kind: 'job' },
  submitJob: { does: 'submit', kind: 'job' },
  stopJob: { does: 'change', kind: 'job' },
  forceStopJob: { does: 'change', kind: 'job' },
  stopRun: { does: 'change', kind: 'job' },
  snapshotRun: { does: 'change', kind: 'job' },
  addJobTag: { does: 'change', kind: 'job', bodyNamesNothing: true },
  removeJobTag: { does: 'change', kind: 'job', bodyNamesNothing: true },
  setJobCustomFields: { does: 'change', kind: 'job' },
  assignJobToProject: { does: 'never', because: 'it decides whose budget in the company pays' },
  attachStorageDevice: { does: 'change', kind: 'job' },
  shareJob: { does: 'never', because: 'it writes to a person, and shows them a job' },
  uploadFile: { does: 'create', kind: 'file' },
  replaceUploadFile: { does: 'create', kind: 'file' },
  updateFile: { does: 'change', kind: 'file', bodyNamesNothing: true },
  deleteFile: { does: 'delete', kind: 'file' },
  createStorageDevice: {
    does: 'never',
    because: 'the API has no operation that takes a storage device away again',
  },
  submitStorageDevice: {
    does: 'never',
    because: 'no price of storage devices is published, so nobody can say what it costs at worst',
  },
  shutDownStorageDevice: { does: 'change', kind: 'storage-device' },
  downloadFilesToStorageDevice: { does: 'change', kind: 'storage-device' },
}

/** The parameter of a path that names each kind. */
export const pathParameters: Readonly<Record<string, OwnedKind>> = {
  jobId: 'job',
  fileId: 'file',
  deviceId: 'storage-device',
}
