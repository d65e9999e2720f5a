import { randomBytes } from 'node:crypto'
import { ADMIN_TOKEN_PREFIX } from './control/authorities.ts'
import type { ControlledServer } from './control/control-operation.ts'
import { dateOf } from './domain/instant.ts'
import type { JournalControl } from './journal/journal-control.ts'
import { type Pace, paceText, parsePace } from './pace.ts'
import { newKey, type Tenants } from './tenants.ts'

const KEY_BYTES = 20
const SHOWN_OF_KEY = 4

export const newAdminToken = (): string => ADMIN_TOKEN_PREFIX + randomBytes(KEY_BYTES).toString('hex')

/** What one may do to a whole Rescale, by its methods and with the admin token alike. */
export function serverControl(
  tenants: Tenants,
  defaults: { pace: Pace; throttling: boolean },
  unclaimed: JournalControl,
  shutDown: () => void,
): ControlledServer {
  return {
    tenants: () => [
      ...tenants.asleep().map((tenant) => ({ ...tenant, keyEnding: null, now: dateOf(tenant.now) })),
      ...tenants.entries().map(([key, { platform, pacer, time }]) => {
        pacer.catchUp()
        return {
          tenantId: platform.tenantId,
          keyEnding: key.slice(-SHOWN_OF_KEY),
          now: dateOf(time.now()),
          pace: time.pace,
          jobs: platform.jobs().count,
        }
      }),
    ],
    createTenant(apiKey = newKey()) {
      const tenant = tenants.create(apiKey)
      return tenant && { tenantId: tenant.platform.tenantId, apiKey }
    },
    deleteTenant: (tenantId) => tenants.delete(tenantId),
    get defaults() {
      return { pace: paceText(defaults.pace), throttling: defaults.throttling }
    },
    changeDefaults({ pace, throttling = defaults.throttling }) {
      if (pace !== undefined) defaults.pace = parsePace(pace)
      defaults.throttling = throttling
    },
    unclaimed,
    shutDown,
  }
}
