import type { components } from '../../openapi/generated/schema.d.ts'

type Schemas = components['schemas']

/** A described shape, by its name in the description. */
export type Wire<Name extends keyof Schemas> = Schemas[Name]
