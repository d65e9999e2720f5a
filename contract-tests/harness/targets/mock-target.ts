import {
  announcedQuirks,
  createRescale,
  type PlannedFault,
  type RescaleOptions,
  sharedCatalogues,
  type WorldSeed,
} from '../../../mock-server/index.ts'
import { Conversation } from '../conversation.ts'
import { CannotRunError } from '../not-run.ts'
import type { StateName } from '../states.ts'
import type { Stage, Target } from '../target.ts'
import { uniqueNames } from '../unique-names.ts'
import { inProcessTransport } from './in-process-transport.ts'
import { seededStates } from './seeded-states.ts'

/** Nobody listens there: the transport never leaves the process. */
const ORIGIN = 'http://rescale.test'
const OWNER = '0123456789abcdef0123456789abcdef01234567'
const OTHER = 'fedcba9876543210fedcba9876543210fedcba98'

/** A mock of its own for each scenario, in this process: nothing of one scenario is seen by another. */
export function mockTarget(given: RescaleOptions = {}): Target {
  const options = { catalogue: sharedCatalogues(), ...given }
  return {
    kind: 'mock',
    name: 'mock in this process',
    redact: (text) => text,
    refuses: () => null,
    enter: async ({ needs }) =>
      mockStage({ ...options, ...(wantsAnnounced(needs) && { quirks: announcedQuirks }) }),
    close: async () => undefined,
  }
}

export const wantsAnnounced = (needs: readonly StateName[]): boolean =>
  needs.includes('the announced changes')

function mockStage(options: RescaleOptions): Stage {
  const errors: unknown[] = []
  const rescale = createRescale({
    pace: 'still',
    ...options,
    apiKeys: [OWNER, OTHER],
    onError: (error) => errors.push(error),
  })
  const transport = inProcessTransport(rescale.exchange)
  const means: MockMeans = {
    seed: (seed) => rescale.world().seed(seed),
    plan: async (faults) => void rescale.world().faults.plan(faults),
  }
  return seededStage(means, {
    origin: ORIGIN,
    transport,
    keys: { owner: OWNER, other: OTHER },
    unique: uniqueNames('mock'),
    wait: async () => rescale.world().advanceTo('next'),
    async leave() {
      await rescale.close()
      if (errors.length > 0) throw new Error(`the mock failed: ${String(errors[0])}`)
    },
  })
}

/** The means of a mock's own: no client of the API has them. */
export interface MockMeans {
  seed(seed: WorldSeed): Promise<void>
  plan(faults: readonly PlannedFault[]): Promise<void>
}

/** A stage of a mock: preconditions are seeded, and looked for behind the scenario's back: nothing of it is observed. */
export function seededStage({ seed, plan }: MockMeans, stage: Omit<Stage, 'provide'>): Stage {
  const seeding: Stage = {
    ...stage,
    provide: () => Promise.reject(new Error('preconditions have no preconditions')),
  }
  const behind = new Conversation({ stage: seeding, transport: stage.transport, onCleanUp: () => undefined })
  return {
    ...stage,
    async provide(state) {
      // It was begun so.
      if (state === 'a second key' || state === 'the announced changes') return {} as never
      if (state === 'a rate limit that is used up') {
        await plan([{ operation: '*', kind: 'status', status: 429, retryAfter: 42, times: 1_000 }])
        return {} as never
      }
      const seeded = seededStates[state]?.(stage.unique)
      if (!seeded) throw new CannotRunError({ kind: 'no-such-state', text: `"${state}" cannot be made.` })
      try {
        await seed(seeded.seed)
        return await seeded.found(behind)
      } catch (error) {
        if (error instanceof CannotRunError) throw error
        throw new Error(`"${state}" could not be made`, { cause: error })
      }
    },
  }
}
