import type { FindingClass, RelationRule } from '../finding.ts'
import type { Inapplicable } from './inapplicable.ts'

/** Kinds of deviation that a group of operations cannot have, so that there is none to seed. */
export interface NotOfGroup extends Inapplicable {
  readonly kinds: readonly (FindingClass | RelationRule)[]
  /** Tags of operations. */
  readonly groups: readonly string[]
}

const catalogue = ['root', 'analyses', 'billing', 'coretypes', 'users']

export const notOfGroup: readonly NotOfGroup[] = [
  {
    kinds: ['undocumented-field'],
    groups: ['root'],
    why: 'no-such-field',
    text: 'The root is a map from any name to an address: one more name is described.',
  },
  {
    kinds: ['undocumented-path', 'undocumented-method'],
    groups: [...catalogue, 'files', 'jobs', 'clusters', 'sharing', 'runs', 'storage'],
    why: 'outside-of-groups',
    text: 'A path or method that is described nowhere is in no group.',
  },
  {
    kinds: [
      ...(['pagination-count', 'pagination-duplicate', 'pagination-filter'] as const),
      ...(['pagination-link', 'pagination-page-size'] as const),
    ],
    groups: ['root', 'billing', 'sharing'],
    why: 'no-pages',
    text: 'Their lists come whole.',
  },
  {
    kinds: ['echo', 'read-after-write'],
    groups: [...catalogue, 'clusters', 'runs'],
    why: 'nothing-written',
    text: 'They take no body that says anything.',
  },
  {
    kinds: ['deleted-is-gone'],
    groups: catalogue,
    why: 'nothing-deleted',
    text: 'What they tell is there for good.',
  },
  {
    kinds: ['deleted-is-gone'],
    groups: ['storage'],
    why: 'nothing-deleted',
    text: 'A device that is shut down stays listed, as Stopped.',
  },
  {
    kinds: ['history-order', 'history-past', 'history-end'],
    groups: [...catalogue, 'files', 'sharing', 'runs'],
    why: 'no-history',
    text: 'Only jobs, clusters and storage devices tell what they went through.',
  },
  {
    kinds: ['job-status'],
    groups: [...catalogue, 'files', 'clusters', 'sharing', 'runs', 'storage'],
    why: 'no-history',
    text: 'Only jobs have statuses of jobs.',
  },
  {
    kinds: ['cluster-status'],
    groups: [...catalogue, 'files', 'jobs', 'sharing', 'runs', 'storage'],
    why: 'no-history',
    text: 'Only clusters have statuses of clusters.',
  },
  {
    kinds: ['storage-status'],
    groups: [...catalogue, 'files', 'jobs', 'clusters', 'sharing', 'runs'],
    why: 'no-history',
    text: 'Only storage devices have statuses of storage devices.',
  },
  {
    kinds: ['range', 'conditional'],
    groups: [...catalogue, 'jobs', 'clusters', 'sharing', 'runs', 'storage'],
    why: 'no-bytes',
    text: 'Bytes of files come from one operation, downloadFile.',
  },
  {
    kinds: ['checksum', 'size'],
    groups: [...catalogue, 'clusters', 'sharing', 'storage'],
    why: 'no-bytes',
    text: 'They describe no file.',
  },
  {
    kinds: ['isolation'],
    groups: catalogue,
    why: 'not-owned',
    text: 'What they tell belongs to nobody, or is of whoever asks.',
  },
]
