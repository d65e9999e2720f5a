import { timingSafeEqual } from 'node:crypto'
import { afterEach, expect, it, vi } from 'vitest'
import { createRescale } from '../index.ts'

vi.mock('node:crypto', { spy: true })

const SHA256_BYTES = 32
const adminToken = `localscale-admin-${'5'.repeat(40)}`
const apiKey = 'a'.repeat(40)

afterEach(() => vi.clearAllMocks())

/** Status of a control of the whole server, and the bytes that were compared for it. */
async function compared(token: string): Promise<{ status: number; lengths: number[][] }> {
  await using rescale = createRescale({ adminToken, apiKeys: [apiKey] })
  vi.clearAllMocks()
  const headers = { authorization: `Token ${token}` }
  const { status } = await rescale.fetch('http://localhost/_mock/tenants/', { headers })
  const { calls } = vi.mocked(timingSafeEqual).mock
  return { status, lengths: calls.map((sides) => sides.map(({ byteLength }) => byteLength)) }
}

it.each([
  ['the right one', adminToken, 200],
  ['one whose last character is wrong', `${adminToken.slice(0, -1)}6`, 401],
  ['its beginning', adminToken.slice(0, 20), 401],
  ['one character', 'l', 401],
  ['a longer one', adminToken.repeat(20), 401],
  ['an API key', apiKey, 401],
])(
  'takes as long to compare the admin token with %s: whole digests, in constant time',
  async (_, token, status) => {
    expect(await compared(token)).toEqual({ status, lengths: [[SHA256_BYTES, SHA256_BYTES]] })
  },
)

it('compares nothing when no token was sent', async () => {
  await using rescale = createRescale({ adminToken })
  expect((await rescale.fetch('http://localhost/_mock/tenants/')).status).toBe(401)
  expect(timingSafeEqual).not.toHaveBeenCalled()
})
