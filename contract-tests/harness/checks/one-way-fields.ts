import type { OneWayFields } from '../../../openapi/field-sides.ts'
import { fieldSides } from '../../../openapi/generated/field-sides.ts'

const lookup = (all: readonly OneWayFields[]): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(
    all.flatMap(({ missingFrom, fields }) => missingFrom.map((from) => [from, new Set(fields)] as const)),
  )

const writeOnly = lookup(fieldSides.writeOnly)
const readOnly = lookup(fieldSides.readOnly)

/** Whether an undescribed field of an answer is one that only requests may hold. */
export const isWriteOnly = (operationId: string | null, status: number, pointer: string): boolean =>
  writeOnly.get(`${operationId} ${status}`)?.has(anyIndex(pointer)) === true

/** Whether an undescribed field of a request is one that only answers hold. */
export const isReadOnly = (operationId: string | null, pointer: string): boolean =>
  readOnly.get(`${operationId}`)?.has(anyIndex(pointer)) === true

const anyIndex = (pointer: string): string => pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*')
