import type { operations } from '../../openapi/generated/control-schema.d.ts'
import { type ControlApi, type ControlOptions, controlApi, dataOf } from './connection.ts'
import { FaultsControl } from './faults.ts'
import { JournalControl } from './journal.ts'
import { ServerControl } from './server.ts'
import { ThrottlingControl } from './throttling.ts'
import { TimeControl } from './time.ts'
import { EndingsControl, SshKeysControl } from './world.ts'
import { WorldsControl } from './worlds.ts'

export type Fidelity = operations['readFidelity']['responses'][200]['content']['application/json']

/** What a test does to a mock besides talking to its API. */
export interface Control {
  readonly time: TimeControl
  readonly faults: FaultsControl
  readonly journal: JournalControl
  readonly throttling: ThrottlingControl
  readonly endings: EndingsControl
  readonly sshKeys: SshKeysControl
  readonly world: WorldsControl
  /** How an operation (all, unless one is named by its operationId) is known: its answers and their fields, each with its grade. */
  fidelity(operationId?: string): Promise<Fidelity>
  /** The whole server. @throws {TypeError} without an admin token */
  readonly server: ServerControl
  /** Every tenant-scoped control of the description, as openapi-fetch gives it: `{ data, error, response }`. */
  readonly api: ControlApi
}

/** Controls of one world, and with the admin token of the server: `createControl({ baseUrl, apiKey })`. */
export function createControl(options: ControlOptions): Control {
  const api = controlApi(options, options.apiKey)
  const { adminToken } = options
  return {
    time: new TimeControl(api),
    faults: new FaultsControl(api),
    journal: new JournalControl(api),
    throttling: new ThrottlingControl(api),
    endings: new EndingsControl(api),
    sshKeys: new SshKeysControl(api),
    world: new WorldsControl(api),
    fidelity(operationId) {
      const query = { ...(operationId !== undefined && { operationId }) }
      return dataOf(api.GET('/_mock/fidelity/', { params: { query } }))
    },
    get server() {
      if (adminToken === undefined)
        throw new TypeError('Give createControl the adminToken that the server printed when it started.')
      return new ServerControl(controlApi(options, adminToken))
    },
    api,
  }
}
