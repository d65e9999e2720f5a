/** What kind of disagreement it is; groups of findings are counted and accepted by it. */
export type FindingClass =
  | 'undocumented-path'
  | 'undocumented-method'
  | 'undocumented-status'
  | 'undocumented-field'
  | 'undocumented-header'
  | 'undocumented-content-type'
  | 'undocumented-enum-value'
  | 'undocumented-parameter'
  | 'missing-field'
  | 'missing-header'
  | 'type'
  /** A described constraint other than type, format and enum: a bound, a length, a number of items. */
  | 'constraint'
  | 'format-class'
  | 'nullability'
  | 'write-only-leaked'
  | 'read-only-sent'
  /** A key that an object of a JSON body holds twice: what it means is left to each reader. */
  | 'duplicate-key'
  /** A body where there must be none, or none where there must be one. */
  | 'empty-body'
  /** What two or more exchanges say of each other: see `Finding.rule`. */
  | 'relation'
  /** A status that may not follow the one before, or a history that changes its past. */
  | 'lifecycle'
  | 'error-shape'
  | 'order'
  /** Nothing was found because nothing was looked at. Never to be taken for a pass. */
  | 'not-checked'

export type FindingSeverity = 'error' | 'warning' | 'info'

/** Which relation between exchanges was broken. */
export type RelationRule =
  | 'pagination-count'
  | 'pagination-duplicate'
  | 'pagination-filter'
  | 'pagination-page-size'
  | 'pagination-link'
  | 'echo'
  | 'read-after-write'
  | 'history-order'
  | 'history-past'
  | 'history-end'
  | 'job-status'
  | 'cluster-status'
  | 'storage-status'
  | 'checksum'
  | 'size'
  | 'range'
  | 'conditional'
  | 'deleted-is-gone'
  | 'isolation'

/** One disagreement, with everything a report needs. */
export interface Finding {
  readonly class: FindingClass
  /** Of class `relation` and `lifecycle` only. */
  readonly rule?: RelationRule
  readonly operationId: string | null
  readonly status: number | null
  readonly side: 'request' | 'response'
  /** JSON pointer into the body; `/` and a name for a header; empty for the whole. */
  readonly pointer: string
  readonly expected: string
  /** Shortened, and not redacted: reports redact it with everything else. */
  readonly received: string
  /** One sentence that stands alone. */
  readonly message: string
  /** JSON pointer into the schema, where a schema said so. */
  readonly schemaPath?: string
  readonly scenario: string
  /** Of the exchange that shows it. */
  readonly seq: number
  readonly severity: FindingSeverity
}
