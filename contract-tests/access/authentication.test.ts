import { expect, it } from 'vitest'
import { describeRescale } from '../targets.ts'

const me = '/api/v2/users/me/'

describeRescale('authentication', (target) => {
  it('asks for credentials where there are none', async () => {
    const response = await target().anonymous(me)
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Token')
    expect(await response.json()).toEqual({ detail: 'Authentication credentials were not provided.' })
  })

  it.each([
    ['Token 123', 'Invalid token.'],
    [`Token ${'A'.repeat(40)}`, 'Invalid token.'],
    ['Token', 'Invalid token header. No credentials provided.'],
    ['Token a b', 'Invalid token header. Token string should not contain spaces.'],
    [`Bearer ${'a'.repeat(40)}`, 'Authentication credentials were not provided.'],
  ])('refuses %j', async (authorization, detail) => {
    const response = await target().anonymous(me, { headers: { authorization } })
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({ detail })
  })

  it('takes any key of forty hexadecimal characters, and keeps their worlds apart', async () => {
    const other = { headers: { authorization: `Token ${'b'.repeat(40)}` } }
    const { data: mine } = await target().client.GET('/api/v2/users/me/')
    const theirs = (await (await target().anonymous(me, other)).json()) as { email: string }
    expect(theirs.email).not.toBe(mine?.email)
  })

  it('answers 401 before it says which methods are allowed', async () => {
    const answer = target().anonymous(me, { method: 'DELETE' })
    if (!target().takesUndescribed) return expect(answer).rejects.toThrow()
    expect((await answer).status).toBe(401)
  })
})

describeRescale(
  'a server with one key',
  (target) => {
    it('refuses every other key', async () => {
      const response = await target().anonymous(me, { headers: { authorization: `Token ${'c'.repeat(40)}` } })
      expect(response.status).toBe(401)
      expect(await response.json()).toEqual({ detail: 'Invalid token.' })
      expect((await target().fetch(me)).status).toBe(200)
    })
  },
  { apiKeys: ['d'.repeat(40)] },
)
