import { MAX_AUTHORIZED_KEYS } from '../authorized-keys.ts'
import { detail, emptyAnswer, jsonAnswer, notFound } from '../exchange/answers.ts'
import type { ControlRoute } from './control-plane.ts'

/** What the portal's job settings are on the real platform: which public keys open one's clusters. */
export const sshKeyRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/_mock/ssh-keys/',
    run: ({ tenant }) => jsonAnswer(200, tenant.authorizedKeys.list()),
  },
  {
    method: 'POST',
    path: '/_mock/ssh-keys/',
    run({ tenant, body }) {
      const publicKey = (body as { publicKey?: unknown } | null | undefined)?.publicKey
      if (publicKey === undefined) return jsonAnswer(400, { publicKey: ['This field is required.'] })
      const added = typeof publicKey === 'string' ? tenant.authorizedKeys.add(publicKey) : null
      if (added === null)
        return jsonAnswer(400, { publicKey: ['Not a public key that clusters take (RSA, ECDSA, Ed25519).'] })
      if (added === 'full') return detail(400, `No more than ${MAX_AUTHORIZED_KEYS} keys.`)
      return jsonAnswer(201, added)
    },
  },
  {
    method: 'DELETE',
    path: '/_mock/ssh-keys/{keyId}/',
    run: ({ tenant, path }) =>
      tenant.authorizedKeys.remove(path.keyId ?? '') ? emptyAnswer(204) : notFound(),
  },
]
