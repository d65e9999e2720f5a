import { expect, it } from 'vitest'
import { Ids } from './ids.ts'
import { Random } from './random.ts'
import { makeUser } from './tenant-user.ts'

it('gives no two users the same address, as a platform does', () => {
  const users = Array.from({ length: 2_000 }, (_, seed) =>
    makeUser(new Ids(`${seed}`), new Random(`${seed}`)),
  )
  expect(new Set(users.map(({ email }) => email)).size).toBe(users.length)
  expect(new Set(users.map(({ fullName }) => fullName)).size).toBeGreaterThan(50)
})
