import type { Sighting } from '../../openapi/fidelity/grades.ts'
import type { FidelityLedger } from '../../openapi/fidelity/ledger.ts'
import type { operations } from '../../openapi/generated/control-schema.d.ts'
import type { Description } from '../../openapi/openapi-document.ts'
import type { ControlOperation } from './control-operation.ts'

type Fidelity = operations['readFidelity']['responses'][200]['content']['application/json']

/** How every operation, answer and field of the API is known. The description is loaded when first asked for. */
export const readFidelity: ControlOperation<'readFidelity'> = async ({ query: { operationId } }) => {
  const { operations } = await fidelity(operationId)
  return { status: 200, body: { operations: operations as Fidelity['operations'] } }
}

/** The same in process, of one operation or of all. */
export async function fidelity(operationId?: string): Promise<FidelityLedger> {
  const { operations } = await ledger()
  return {
    operations: operations.filter((one) => operationId === undefined || one.operationId === operationId),
  }
}

async function ledger(): Promise<FidelityLedger> {
  const [{ fidelityLedger }, { default: description }, { default: sightings }] = await Promise.all([
    import('../../openapi/fidelity/ledger.ts'),
    import('../../openapi/generated/rescale.json', { with: { type: 'json' } }),
    import('../../openapi/generated/sightings.json', { with: { type: 'json' } }),
  ])
  return fidelityLedger(description as unknown as Description, sightings as Sighting[])
}
