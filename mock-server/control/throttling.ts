import type { ControlledTenant, ControlOperation } from './control-operation.ts'

/** The platform's limits of requests. */
export const readThrottling: ControlOperation<'readThrottling'> = ({ tenant }) => ({
  status: 200,
  body: presentThrottling(tenant),
})

export const setThrottling: ControlOperation<'setThrottling'> = ({ tenant, body: { isOn, limits } }) => {
  tenant.throttle.setLimits(limits ?? {})
  tenant.throttle.isOn = isOn
  return { status: 200, body: presentThrottling(tenant) }
}

const presentThrottling = ({ throttle, time }: ControlledTenant) => ({
  isOn: throttle.isOn,
  scopes: [...throttle.report(time.now())],
})
