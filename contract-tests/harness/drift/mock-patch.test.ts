import { beforeAll, describe, expect, it } from 'vitest'
import { description } from '../../../openapi/testing/description.ts'
import type { Answered } from '../checks/answered.ts'
import { allDeviations } from '../selfcheck/corpus.ts'
import { drift } from './drift.ts'
import type { Pair } from './drift-finding.ts'
import { exchangesOnMock, type Seeded, seeded } from './testing/seeded.ts'

let exchanges: readonly Answered[] = []
beforeAll(async () => {
  exchanges = await exchangesOnMock()
}, 60_000)

/** The mock does otherwise, and the platform does as described. */
function seededIntoMock(id: string): Seeded {
  const deviation = allDeviations(description).find((one) => one.id === id)
  const found = deviation && seeded(deviation, exchanges)
  if (!found) throw new Error(`${id} can be seeded nowhere`)
  return found
}

type Case = readonly [id: string, field: string | null, byDescription: string, byPlatform: string | null]

describe('what would mend the mock', () => {
  it.each<Case>([
    [
      ...(['coretypes undocumented-field', 'brandNewField'] as const),
      ...(['not show /results/*/brandNewField', 'not show /results/*/brandNewField'] as const),
    ],
    ['coretypes missing-field', 'count', 'show /count', 'show /count (number)'],
    ['coretypes type', 'count', 'make /count integer', 'make /count number'],
    [
      ...(['coretypes undocumented-status', null] as const),
      ...(['answer with one of 200, 401, 404, 429', 'answer with status 200'] as const),
    ],
    [
      ...(['jobs undocumented-enum-value', 'billingPriorityValue'] as const),
      // Other values say nothing of a platform: that one gives others than another is no difference.
      ...(['give /billingPriorityValue as one of ["INSTANT","ON_DEMAND","RESERVED"]', null] as const),
    ],
    ['coretypes nullability', 'count', 'make /count integer, never null', null],
    ['coretypes constraint', 'count', 'heed at /count: must be >= 0', null],
    [
      ...(['jobs format-class', 'dateInserted'] as const),
      String.raw`write /dateInserted as ^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z$`,
      'write /dateInserted as date-time Z',
    ],
  ])('is told of %s, by the description, recordings and a live platform', (id, field, ...texts) => {
    const { deviation, exchange, side, clean } = seededIntoMock(id)
    const findings = drift({ mock: side, recording: clean, live: clean }, description)
    const [byDescription, byPlatform] = texts
    const { operationId } = exchange
    const mended = (pair: Pair, text: string) => ({
      ...{ pair, culprit: 'mock', operationId },
      patch: { kind: 'mock', operationId, field, text },
    })
    expect(findings.filter((one) => one.class === deviation.class)).toMatchObject([
      mended('mock-description', byDescription),
      ...(byPlatform === null ? [] : [mended('mock-recording', byPlatform), mended('mock-live', byPlatform)]),
    ])
  })
})
