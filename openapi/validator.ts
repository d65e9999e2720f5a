/** What is used of ajv's errors. */
export interface SchemaError {
  /** JSON pointer into the value. */
  readonly instancePath: string
  readonly schemaPath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message?: string
}

/** A precompiled schema. Errors are left on the function, to be read at once. */
export interface Validator {
  (value: unknown): boolean
  errors?: readonly SchemaError[] | null
}
