import { instantOf } from '../domain/instant.ts'
import { utcTime } from '../operations/present-time.ts'
import { type ControlOperation, wrong } from './control-operation.ts'

/** Worlds as a whole, and the server that they live in. */
export const listTenants: ControlOperation<'listTenants'> = ({ server }) => ({
  status: 200,
  body: server.tenants().map(({ now, ...tenant }) => ({ ...tenant, now: utcTime(instantOf(now)) })),
})

export const createTenant: ControlOperation<'createTenant'> = async ({ server, body, savedOf }) => {
  const created = server.createTenant(body?.apiKey)
  if (!created) return wrong('apiKey', 'There is no room for another world.')
  await savedOf(created.apiKey)
  return { status: 201, body: created }
}

export const deleteTenant: ControlOperation<'deleteTenant'> = async ({ server, path }) =>
  (await server.deleteTenant(path.tenantId))
    ? { status: 204 }
    : { status: 404, body: { detail: 'Not found.' } }

export const readSettings: ControlOperation<'readSettings'> = ({ server }) => ({
  status: 200,
  body: server.defaults,
})

export const changeSettings: ControlOperation<'changeSettings'> = ({ server, body }) => {
  try {
    server.changeDefaults(body)
  } catch (error) {
    if (error instanceof RangeError) return wrong('pace', error.message)
    throw error
  }
  return { status: 200, body: server.defaults }
}

export const shutDown: ControlOperation<'shutDown'> = ({ server }) => {
  const text = Buffer.from(JSON.stringify({ detail: 'The server ends.' }))
  const headers = { 'content-type': 'application/json' }
  async function* read() {
    yield text
    // Asked for more, so this is on its way.
    server.shutDown()
  }
  return { raw: { status: 202, headers, body: { size: text.length, read } } }
}
