import { MAX_AUTHORIZED_KEYS } from '../authorized-keys.ts'
import { type ControlOperation, wrong } from './control-operation.ts'

/** What the portal's job settings are on the real platform: which public keys open one's clusters. */
export const listSshKeys: ControlOperation<'listSshKeys'> = ({ tenant }) => ({
  status: 200,
  body: [...tenant.authorizedKeys.list()],
})

export const addSshKey: ControlOperation<'addSshKey'> = ({ tenant, body }) => {
  const added = tenant.authorizedKeys.add(body.publicKey)
  if (added === null) return wrong('publicKey', 'Not a public key that clusters take (RSA, ECDSA, Ed25519).')
  if (added === 'full') return wrong('publicKey', `No more than ${MAX_AUTHORIZED_KEYS} keys.`)
  return { status: 201, body: added }
}

export const removeSshKey: ControlOperation<'removeSshKey'> = ({ tenant, path }) =>
  tenant.authorizedKeys.remove(path.keyId) ? { status: 204 } : { status: 404, body: { detail: 'Not found.' } }
