/** Fields that go one way only. */
export interface OneWayFields {
  /** `<operationId> <status>` of the answers, or operationIds of the requests, that they are missing from. */
  readonly missingFrom: readonly string[]
  /** JSON pointers, `*` standing for any index of a list. */
  readonly fields: readonly string[]
}

/** Which fields of a resource go one way only. */
export interface FieldSides {
  /** What only requests about a resource hold, and answers about it never. */
  readonly writeOnly: readonly OneWayFields[]
  /** What only answers about a resource hold, and requests about it never. */
  readonly readOnly: readonly OneWayFields[]
}
