import type { ControlRoute } from './control-plane.ts'
import { endingRoutes } from './endings.ts'
import { sshKeyRoutes } from './ssh-keys.ts'
import { timeRoutes } from './time.ts'

/** All controls, as openapi/mock-control.yaml describes them. */
export const controlRoutes: readonly ControlRoute[] = [...endingRoutes, ...sshKeyRoutes, ...timeRoutes]
