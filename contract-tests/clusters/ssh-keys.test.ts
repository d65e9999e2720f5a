import { expect, it } from 'vitest'
import { makeKeyPair } from '../../client/clusters/key-pair.ts'
import { createRescale } from '../../mock-server/index.ts'

const asked = async (
  test: (ask: (path: string, init?: RequestInit) => Promise<Response>) => Promise<void>,
) => {
  await using rescale = createRescale()
  await test((path, init = {}) => {
    const headers = new Headers(init.headers)
    if (!headers.has('authorization')) headers.set('authorization', `Token ${rescale.apiKey}`)
    return rescale.fetch(`http://rescale.test${path}`, { ...init, headers })
  })
}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

it('registers, lists and forgets public keys', () =>
  asked(async (ask) => {
    const { publicKey } = await makeKeyPair('test')
    const added = await ask('/_mock/ssh-keys/', json({ publicKey }))
    expect(added.status).toBe(201)
    const key = (await added.json()) as { id: string }
    expect(key).toMatchObject({ publicKey: publicKey.trim(), fingerprint: expect.stringMatching(/^SHA256:/) })
    expect(await (await ask('/_mock/ssh-keys/', json({ publicKey }))).json()).toEqual(key)
    expect(await (await ask('/_mock/ssh-keys/')).json()).toEqual([key])
    expect((await ask(`/_mock/ssh-keys/${key.id}/`, { method: 'DELETE' })).status).toBe(204)
    expect((await ask(`/_mock/ssh-keys/${key.id}/`, { method: 'DELETE' })).status).toBe(404)
    expect(await (await ask('/_mock/ssh-keys/')).json()).toEqual([])
  }))

it.each([{}, { publicKey: 'ssh-dss AAAA' }, { publicKey: 7 }])('refuses %j as a key', (body) =>
  asked(async (ask) => {
    const response = await ask('/_mock/ssh-keys/', json(body))
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ publicKey: [expect.any(String)] })
  }),
)

it('keeps the keys of tenants apart', () =>
  asked(async (ask) => {
    await ask('/_mock/ssh-keys/', json({ publicKey: (await makeKeyPair('test')).publicKey }))
    const other = await ask('/_mock/ssh-keys/', { headers: { authorization: `Token ${'f'.repeat(40)}` } })
    expect(await other.json()).toEqual([])
  }))

it('answers neither strangers nor pages of other origins', () =>
  asked(async (ask) => {
    expect((await ask('/_mock/ssh-keys/', { headers: { authorization: '' } })).status).toBe(401)
    expect((await ask('/_mock/ssh-keys/', { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await ask('/_mock/nothing/')).status).toBe(404)
    expect((await ask('/_mock/ssh-keys/', { method: 'PUT' })).status).toBe(405)
  }))
