import { format, inspect } from 'node:util'
import { expect, it } from 'vitest'
import { Secret } from './secret.ts'
import { A_KEY } from './test-support/server.ts'

it('prints a key as its last four characters, however it is printed', () => {
  const secret = new Secret(A_KEY)
  const prints = [
    `${secret}`,
    String(secret),
    JSON.stringify({ secret }),
    inspect({ deep: { secret } }, { depth: 9, showHidden: true }),
    format('%s %o %j', secret, secret, secret),
    Object.entries(secret).join(),
  ]
  for (const print of prints) expect(print).not.toContain(A_KEY.slice(0, 8))
  expect(String(secret)).toBe('***2489')
})

it('prints nothing of a short key', () => {
  expect(String(new Secret('hunter2'))).toBe('***')
})

it('masks the key in a text that repeats it', () => {
  expect(new Secret(A_KEY).redact(`HTTP_AUTHORIZATION: Token ${A_KEY}`)).toBe(
    'HTTP_AUTHORIZATION: Token ***2489',
  )
})

it('sends legacy keys as tokens and JWTs as bearers', () => {
  expect(new Secret(A_KEY).authorization()).toBe(`Token ${A_KEY}`)
  expect(new Secret('eyJh.eyJz.c2ln').authorization()).toBe('Bearer eyJh.eyJz.c2ln')
})
