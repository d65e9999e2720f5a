import { routes } from '../../../openapi/generated/routes.ts'

/** Operations are grouped by their tags. */
const tagOf = new Map<string, string>(routes.map(({ operationId, tag }) => [operationId, tag]))

/** Undefined for what is described nowhere. */
export const groupOf = (operationId: string | null): string | undefined =>
  operationId === null ? undefined : tagOf.get(operationId)

export const groups: readonly string[] = [...new Set(tagOf.values())]
