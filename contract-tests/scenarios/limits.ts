import { type Scenario, scenario } from '../harness/scenario.ts'
import { expectThat } from '../harness/scenario-context.ts'
import { operationsWith, refused, validRequestFor } from './every-operation.ts'

export const limitScenarios: readonly Scenario[] = [
  scenario({
    id: 'limits/used-up',
    title: 'every operation answers 429, and when to come back, to who is over a limit',
    needs: ['a rate limit that is used up'],
    covers: operationsWith(429).map((operationId) => [operationId, 429] as const),
    cost: 'free',
    notOnLive: {
      kind: 'cannot-be-provoked',
      text: 'Using up a limit takes thousands of requests, and shuts the account out of the platform for long.',
    },
    async run(t) {
      for (const operationId of operationsWith(429)) {
        const answer = await refused(t, validRequestFor(operationId), 429, 'is over the limit')
        expectThat(/^\d+$/.test(answer.header('retry-after') ?? ''), 'Retry-After tells the seconds to wait')
      }
    },
  }),
]
