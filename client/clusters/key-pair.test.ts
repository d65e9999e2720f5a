import ssh2 from 'ssh2'
import { expect, it } from 'vitest'
import { makeKeyPair } from './key-pair.ts'

it('makes keys that servers take, whatever their first byte', async () => {
  const lengths = new Set<number>()
  // Of so many keys about twelve begin with zero, which ssh2 by itself gets wrong.
  for (let made = 0; made < 3_000; made++) {
    const { publicKey } = await makeKeyPair('test')
    lengths.add(Buffer.from(publicKey.split(' ')[1] ?? '', 'base64').length)
  }
  expect([...lengths]).toEqual([51])
})

it('makes two halves of one key', async () => {
  const { privateKey, publicKey } = await makeKeyPair('a comment')
  expect(publicKey).toMatch(/^ssh-ed25519 [A-Za-z0-9+/]+={0,2} a comment$/)
  const [one, other] = [ssh2.utils.parseKey(privateKey), ssh2.utils.parseKey(publicKey)]
  if (one instanceof Error || other instanceof Error) throw new Error('no keys')
  expect(one.getPublicSSH()).toEqual(other.getPublicSSH())
  expect(other.verify('text', one.sign('text'))).toBe(true)
})
