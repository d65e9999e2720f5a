import type { ControlRoute } from './control-plane.ts'
import { endingRoutes } from './endings.ts'
import { sshKeyRoutes } from './ssh-keys.ts'

/** All controls, as openapi/mock-control.yaml describes them. */
export const controlRoutes: readonly ControlRoute[] = [...endingRoutes, ...sshKeyRoutes]
