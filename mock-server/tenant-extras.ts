import type { KeptExtras } from './durable/extras-keeper.ts'
import type { KeptImage } from './durable/load-tenants.ts'
import type { PlannedFault } from './faults/fault.ts'
import type { FaultPlans, SavedPlans } from './faults/fault-plans.ts'
import { misplanned } from './faults/misplanned.ts'
import type { SavedThrottle, Throttle } from './throttling/throttle.ts'
import {
  fields,
  flag,
  listOf,
  MalformedRecordError,
  nullable,
  object,
  type Reader,
  text,
  whole,
} from './worlds/records/fields.ts'
import { PLANS, THROTTLE } from './worlds/settings-record.ts'
import type { TenantWorlds } from './worlds/tenant-worlds.ts'

interface ExtrasPlace {
  readonly faults: FaultPlans
  readonly throttle: Throttle
  readonly worlds: TenantWorlds
}

/** What outlives the process of a tenant besides its world: planned faults, throttling and snapshots. */
export const extrasOf = ({ faults, throttle, worlds }: ExtrasPlace): KeptExtras => ({
  records: [
    { key: PLANS, version: () => faults.version, value: () => faults.save() ?? undefined },
    {
      key: THROTTLE,
      version: () => throttle.version,
      counted: () => throttle.counted,
      value: () => throttle.save(),
    },
  ],
  snapshots: { version: () => worlds.version, all: () => worlds.allSnapshots() },
})

/**
 * As they were when the last process ended. Formats before the second have none of them. `onError` is told of what another
 * version may have written and this one cannot read: plans for an operation that there is not, say.
 */
export function loadExtras(
  { faults, throttle, worlds }: ExtrasPlace,
  { extras, snapshots }: KeptImage,
  onError: (error: unknown) => void,
): void {
  const load = <Saved>(key: string, read: Reader<Saved>, take: (saved: Saved) => void): void => {
    const value = extras.get(key)
    try {
      if (value !== undefined) take(read(value, key))
    } catch (error) {
      if (!(error instanceof MalformedRecordError)) throw error
      onError(new Error(`A record of the data folder cannot be read, and is left out: ${error.message}`))
    }
  }
  load(PLANS, readPlans, (saved) => faults.load(saved))
  load(THROTTLE, readThrottle, (saved) => throttle.load(saved))
  worlds.loadSnapshots(snapshots)
}

const readFault: Reader<PlannedFault> = (value, where) => {
  const fault = object(value, where) as unknown as PlannedFault
  if (Object.keys(misplanned(fault)).length > 0) throw new MalformedRecordError(`${where} is no fault`)
  return fault
}

const readPlans: Reader<SavedPlans> = fields({
  named: whole,
  plans: listOf(
    fields({
      name: text,
      onlyByHeader: flag,
      faults: listOf(fields({ fault: readFault, consumed: whole, draws: whole })),
    }),
  ),
})

const scope = fields({
  window: fields({ steps: listOf(whole), counts: listOf(whole) }),
  busiest: fields({ byMinute: listOf(whole), minute: whole, most: whole }),
  requests: whole,
  refused: whole,
  wouldRefuse: whole,
})

const readThrottle: Reader<SavedThrottle> = fields({
  isOn: nullable(flag),
  limits: nullable(fields({ user: whole, 'job-submission': whole, 'jobs-usage': whole })),
  scopes: fields({ user: scope, 'job-submission': scope, 'jobs-usage': scope }),
})
