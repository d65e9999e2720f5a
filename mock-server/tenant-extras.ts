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
  version: () => faults.version + throttle.version + worlds.version,
  counted: () => throttle.counted,
  records: () => [
    { key: PLANS, value: faults.save() ?? undefined },
    { key: THROTTLE, value: throttle.save() },
  ],
  snapshots: () => worlds.allSnapshots(),
})

/** As they were when the last process ended. Formats before the second have none of them. */
export function loadExtras(
  { faults, throttle, worlds }: ExtrasPlace,
  { extras, snapshots }: KeptImage,
): void {
  const [plans, throttling] = [extras.get(PLANS), extras.get(THROTTLE)]
  if (plans !== undefined) faults.load(readPlans(plans, PLANS))
  if (throttling !== undefined) throttle.load(readThrottle(throttling, THROTTLE))
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
