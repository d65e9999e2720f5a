import type { FindingClass, RelationRule } from '../finding.ts'

/** Who gives rise to a class of finding: no deviation of a platform shows what its client does. */
const bySide: Readonly<Record<FindingClass, 'platform' | 'client' | 'nobody'>> = {
  'undocumented-path': 'platform',
  'undocumented-method': 'platform',
  'undocumented-status': 'platform',
  'undocumented-field': 'platform',
  'undocumented-header': 'platform',
  'undocumented-content-type': 'platform',
  'undocumented-enum-value': 'platform',
  'undocumented-parameter': 'client',
  'missing-field': 'platform',
  'missing-header': 'platform',
  type: 'platform',
  constraint: 'platform',
  'format-class': 'platform',
  nullability: 'platform',
  'write-only-leaked': 'platform',
  'read-only-sent': 'client',
  'duplicate-key': 'platform',
  'empty-body': 'platform',
  relation: 'platform',
  lifecycle: 'platform',
  'error-shape': 'platform',
  order: 'platform',
  'not-checked': 'nobody',
}

const allRules: Readonly<Record<RelationRule, true>> = {
  'pagination-count': true,
  'pagination-duplicate': true,
  'pagination-filter': true,
  'pagination-page-size': true,
  'pagination-link': true,
  echo: true,
  'read-after-write': true,
  'history-order': true,
  'history-past': true,
  'history-end': true,
  'job-status': true,
  'cluster-status': true,
  'storage-status': true,
  checksum: true,
  size: true,
  range: true,
  conditional: true,
  'deleted-is-gone': true,
  isolation: true,
}

/** Classes of finding that a platform can give rise to. */
export const platformClasses = (Object.keys(bySide) as FindingClass[]).filter(
  (one) => bySide[one] === 'platform',
)

export const relationRules = Object.keys(allRules) as RelationRule[]

/** What every group of operations is to be tried with: of relations and histories, each rule by itself. */
export const platformKinds: readonly (FindingClass | RelationRule)[] = [
  ...platformClasses.filter((one) => one !== 'relation' && one !== 'lifecycle'),
  ...relationRules,
]
