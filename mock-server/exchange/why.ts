import type { OperationId } from '../../openapi/generated/routes.ts'

/** An operation that the request may have meant. */
export interface NearOperation {
  readonly operationId: OperationId
  readonly method: string
  readonly path: string
  /** What of the request differs from it; empty where nothing does. */
  readonly whyNot: string
}

/** Why a request failed, or matched nothing. */
export interface Why {
  /** For programs, e.g. `slash-missing`. */
  readonly code: string
  /** For people: what is wrong and what would be right. */
  readonly text: string
  /** The nearest first; empty where the operation is certain. */
  readonly nearest: readonly NearOperation[]
}

/** Says why in the answer itself, so that it is seen where the request was made. The real platform has no such header. */
export const WHY_HEADER = 'x-mock-why'

/** What a terminal shows of a header in a few lines. Characters. */
const LONGEST_WHY = 400

/** Header values are visible ASCII: anything else could end the header, or is refused by node:http. */
export function whyHeader({ code, text }: Why): string {
  const value = `${code}: ${text}`.replace(/[^\x20-\x7e]+/g, '?')
  return value.length > LONGEST_WHY ? `${value.slice(0, LONGEST_WHY - 3)}...` : value
}
