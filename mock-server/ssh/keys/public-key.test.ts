import { generateKeyPairSync, timingSafeEqual } from 'node:crypto'
import { afterEach, expect, it, vi } from 'vitest'
import { string } from '../wire.ts'
import { type PublicKey, samePublicKey } from './public-key.ts'

vi.mock('node:crypto', { spy: true })

const SHA256_BYTES = 32

afterEach(() => vi.clearAllMocks())

const ed25519 = (): PublicKey => {
  const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
  return {
    type: 'ssh-ed25519',
    blob: Buffer.concat([string('ssh-ed25519'), string(Buffer.from(x, 'base64url'))]),
  }
}

const one = ed25519()

it.each([
  ['itself', one, true],
  ['another', ed25519(), false],
  ['half of itself', { ...one, blob: one.blob.subarray(0, 20) }, false],
  ['itself and more', { ...one, blob: Buffer.concat([one.blob, one.blob]) }, false],
])('takes as long to compare a public key with %s: whole digests, in constant time', (_, other, isSame) => {
  expect(samePublicKey(one, other)).toBe(isSame)
  const { calls } = vi.mocked(timingSafeEqual).mock
  expect(calls.map((sides) => sides.map(({ byteLength }) => byteLength))).toEqual([
    [SHA256_BYTES, SHA256_BYTES],
  ])
})
