/** What is left of the OpenAPI description at run time: small enough to be loaded by every start. */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'

/** A literal piece of a path, or the parameter that stands there. A wildcard takes the rest of the path, slashes and all. */
export type Segment = string | { readonly parameter: string; readonly wildcard: boolean }

export type ScalarType = 'string' | 'integer' | 'number' | 'boolean'

export interface ParameterSchema {
  readonly type: ScalarType
  readonly enum?: readonly (string | number)[]
  readonly default?: string | number | boolean
  readonly minimum?: number
  readonly maximum?: number
}

export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: ParameterSchema
}

/** How a body is read: `none` must be empty, `binary` is not looked into. */
export type BodyKind = 'json' | 'text' | 'binary' | 'none'

export interface Answer {
  /** Media type, lower case and without parameters, to what its bytes hold. Empty where the answer has no body. */
  readonly content: Readonly<Record<string, BodyKind>>
  /** Names in lower case. */
  readonly requiredHeaders: readonly string[]
  /** Headers that are described and may be missing, in lower case. */
  readonly optionalHeaders: readonly string[]
}

export interface Evidence {
  readonly grade: string
  readonly source?: string
  readonly date?: string
}

export interface Route<OperationId extends string = string> {
  readonly operationId: OperationId
  readonly method: Method
  /** As described, e.g. `/api/v2/jobs/{jobId}/`. */
  readonly path: string
  readonly segments: readonly Segment[]
  readonly trailingSlash: boolean
  readonly tag: string
  /** Whether the caller has to say who they are. */
  readonly security: boolean
  readonly evidence: Evidence | null
  readonly requestBody: {
    readonly kind: 'json' | 'multipart' | 'binary'
    readonly required: boolean
    readonly mediaTypes: readonly string[]
  } | null
  readonly parameters: readonly Parameter[]
  /** By status (`200`), range (`4XX`) or `default`. */
  readonly answers: Readonly<Record<string, Answer>>
}

/** The part of a JSON schema that a reader of request bodies needs, references followed and `allOf` merged. */
export interface BodySchema {
  /** Absent: any JSON value. */
  readonly type?: ScalarType | 'object' | 'array'
  readonly nullable?: boolean
  readonly properties?: Readonly<Record<string, BodySchema>>
  /** A free map's values; `true` where they may be anything. */
  readonly additionalProperties?: BodySchema | true
  readonly required?: readonly string[]
  readonly items?: BodySchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly enum?: readonly (string | number | boolean)[]
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
  /** A text that is taken as it is: blanks at its ends are part of it. */
  readonly verbatim?: true
  /** Other spellings of the key that the real service takes; the canonical one wins. */
  readonly aliases?: readonly string[]
  readonly oneOf?: readonly BodySchema[]
}

/** A control of the mock (openapi/mock-control.yaml), as its server needs to know it. */
export interface ControlRoute<OperationId extends string = string> {
  readonly operationId: OperationId
  readonly method: Method
  /** With the prefix, e.g. `/_mock/ssh-keys/{keyId}/`. */
  readonly path: string
  /** `tenant`: takes a tenant's own key. `server`: takes the admin token. */
  readonly authority: 'tenant' | 'server'
  readonly parameters: readonly Parameter[]
  readonly bodyRequired: boolean
}
