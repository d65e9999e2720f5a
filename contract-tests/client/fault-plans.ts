import fc from 'fast-check'
import type { PlannedFault } from '../../mock-server/index.ts'

export type FaultyOperation = Extract<PlannedFault['operation'], string>

/** The connection is reset before the request, without its answer, amid it, or after it. */
export const resetOf = (operation: FaultyOperation, afterBytes: fc.Arbitrary<number>) =>
  fc.record({
    ...{ operation: fc.constant(operation), kind: fc.constant('reset' as const), afterBytes },
    when: fc.constantFrom('before' as const, 'unanswered' as const, 'during' as const, 'after' as const),
  })

/** The answer ends early, and does or does not say so. */
export const cutOf = (
  operation: FaultyOperation,
  afterBytes: fc.Arbitrary<number>,
  ...lengths: ('honest' | 'lying')[]
) =>
  fc.record({
    ...{ operation: fc.constant(operation), kind: fc.constant('cut' as const), afterBytes },
    contentLength: fc.constantFrom(...lengths),
  })

/** What passes. */
export const PASSING = [429, 500, 502, 503, 504] as const
/** And what may be wrong with a key or an id. */
export const REFUSING = [...PASSING, 401, 404] as const

export const statusOf = (operation: FaultyOperation, statuses: readonly number[]) =>
  fc.record({
    ...{ operation: fc.constant(operation), kind: fc.constant('status' as const) },
    status: fc.constantFrom(...statuses),
    retryAfter: fc.constantFrom(1, 60),
  })

/** 429 several times in a row. */
export const stormOf = (operation: FaultyOperation) =>
  fc.record({
    ...{ operation: fc.constant(operation), kind: fc.constant('status' as const) },
    ...{
      status: fc.constant(429),
      retryAfter: fc.constantFrom(1, 60),
      times: fc.integer({ min: 2, max: 4 }),
    },
  })

/** The answer stops coming, for longer than any client waits. Each takes the client's real time to notice. */
export const stallOf = (operation: FaultyOperation, afterBytes: fc.Arbitrary<number>) =>
  fc.record({
    ...{ operation: fc.constant(operation), kind: fc.constant('delay' as const), afterBytes },
    ...{ when: fc.constant('during' as const), for: fc.constant('10m') },
  })

/** The SHA-512 that is told of a file is another one. */
export const wrongChecksumOf = (operation: FaultyOperation) =>
  fc.constant({ operation, kind: 'wrong-checksum' as const })

export const noneOf = (operation: FaultyOperation) => fc.constant({ operation, kind: 'none' as const })

/** A downloaded byte is another one, or the whole file comes where a range was asked for. */
export const wrongBytes = (offset: fc.Arbitrary<number>) => [
  fc.record({
    ...{ operation: fc.constant('downloadFile' as const), kind: fc.constant('flip-byte' as const) },
    offset,
  }),
  fc.constant({ operation: 'downloadFile' as const, kind: 'ignore-range' as const }),
]
