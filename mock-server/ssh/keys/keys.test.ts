import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import ssh2 from 'ssh2'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { runClient, testWith } from '../testing/real-clients.ts'
import { string } from '../wire.ts'
import { type DamagedHostKey, type HostKey, loadHostKeys, makeHostKeys } from './host-keys.ts'
import { fingerprintOf, parsePublicKeyLine, publicKeyOf, samePublicKey, verifiesWith } from './public-key.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'localscale-keys-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const rsaLine = (bits: number): string => {
  const jwk = generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' })
  const n = Buffer.concat([Buffer.of(0), Buffer.from(jwk.n ?? '', 'base64url')])
  const blob = Buffer.concat([string('ssh-rsa'), string(Buffer.from(jwk.e ?? '', 'base64url')), string(n)])
  return `ssh-rsa ${blob.toString('base64')} somebody@somewhere`
}

function flipped(bytes: Buffer, at: number): Buffer {
  const damaged = Buffer.from(bytes)
  damaged[at] = (bytes[at] ?? 0) ^ 1
  return damaged
}

describe('The keys of a data folder', () => {
  test('are made once, readable by the owner alone', async () => {
    const made = await loadHostKeys(join(folder, 'keys'), { kinds: ['ed25519', 'ecdsa'] })
    expect(await loadHostKeys(join(folder, 'keys'), { kinds: ['ed25519', 'ecdsa'] })).toEqual(made)
    for (const kind of ['ed25519', 'ecdsa']) {
      expect(statSync(join(folder, 'keys', `ssh_host_${kind}_key`)).mode & 0o777).toBe(0o600)
    }
    expect(readdirSync(join(folder, 'keys')).sort()).toEqual(
      ['ecdsa', 'ed25519'].flatMap((kind) => [`ssh_host_${kind}_key`, `ssh_host_${kind}_key.pub`]),
    )
  })

  test('are the same for servers that start at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 8 }, () => loadHostKeys(folder, { kinds: ['ed25519'] })),
    )
    expect(new Set(all.map(([key]) => key?.fingerprint)).size).toBe(1)
  })

  test.each([
    { kind: 'ed25519', flips: 24 },
    { kind: 'ecdsa', flips: 24 },
    { kind: 'rsa', flips: 3 },
  ] as const)(
    'of the kind $kind is set aside, told, and made anew where a byte of it is flipped or it is cut',
    async (wanted) => {
      const { kind, flips } = wanted
      const path = join(folder, `ssh_host_${kind}_key`)
      let [last] = await loadHostKeys(folder, { kinds: [kind] })
      for (let flip = 0; flip <= flips; flip += 1) {
        const whole = readFileSync(path)
        const damaged = flip === flips ? whole.subarray(0, -40) : flipped(whole, (flip * 37) % whole.length)
        writeFileSync(path, damaged)
        const told: DamagedHostKey[] = []
        const [key] = await loadHostKeys(folder, { kinds: [kind], onDamaged: (one) => told.push(one) })
        expect(ssh2.utils.parseKey(key?.privateKey ?? '')).not.toBeInstanceOf(Error)
        // Of the comment nothing hangs.
        if (key?.publicKey === last?.publicKey) expect(told).toEqual([])
        else expect(told.map((one) => one.path)).toEqual([path])
        for (const { setAside } of told) expect(readFileSync(setAside).equals(damaged)).toBe(true)
        expect(await loadHostKeys(folder, { kinds: [kind] })).toEqual([key])
        last = key
      }
    },
    60_000,
  )

  test('never serve what is no key', async () => {
    writeFileSync(join(folder, 'ssh_host_ed25519_key'), 'broken')
    const told: DamagedHostKey[] = []
    const [key] = await loadHostKeys(folder, { kinds: ['ed25519'], onDamaged: (one) => told.push(one) })
    expect(key?.publicKey).toMatch(/^ssh-ed25519 /)
    expect(told).toHaveLength(1)
    expect(readFileSync(told[0]?.setAside ?? '', 'utf8')).toBe('broken')
  })
})

describe('A made key', () => {
  let keys: readonly HostKey[]

  beforeAll(async () => {
    keys = await makeHostKeys()
  })

  testWith('ssh-keygen')('has the fingerprint and public half that ssh-keygen finds', async () => {
    for (const { kind, privateKey, publicKey, fingerprint } of keys) {
      const path = join(folder, kind)
      writeFileSync(path, privateKey, { mode: 0o600 })
      const printed = await runClient('ssh-keygen', ['-y', '-P', '', '-f', path])
      expect(printed.stdout.split(' ').slice(0, 2).join(' ').trim()).toBe(publicKey)
      writeFileSync(`${path}.pub`, publicKey)
      const listed = await runClient('ssh-keygen', ['-l', '-f', `${path}.pub`])
      expect(listed.stdout.split(' ')[1]).toBe(fingerprint)
    }
  })

  test('is understood by ssh2, and what it signs verifies with its public half only', () => {
    const data = Buffer.from('challenge')
    for (const { privateKey, publicKey } of keys) {
      const key = ssh2.utils.parseKey(privateKey)
      const [own, other] = [parsePublicKeyLine(publicKey), parsePublicKeyLine(rsaLine(2048))]
      if (key instanceof Error || own === null || other === null) throw new Error('no key')
      const hash = own.type === 'ssh-rsa' ? 'sha256' : undefined
      const signature = key.sign(data, hash) as Buffer
      expect(verifiesWith(own, data, signature, hash)).toBe(true)
      expect(verifiesWith(own, Buffer.from('other'), signature, hash)).toBe(false)
      expect(verifiesWith(other, data, signature, 'sha256')).toBe(false)
      expect(samePublicKey(own, own)).toBe(true)
      expect(samePublicKey(own, other)).toBe(false)
      expect(fingerprintOf(own.blob)).not.toBe(fingerprintOf(other.blob))
    }
  })
})

describe('A line of authorized_keys', () => {
  test('is a key with or without a comment, and with blanks around it', async () => {
    const [key] = await makeHostKeys(['ecdsa'])
    const line = key?.publicKey ?? ''
    for (const text of [line, `${line} me@here`, `  ${line}\t# x\n`]) {
      expect(parsePublicKeyLine(text)?.type).toBe('ecdsa-sha2-nistp256')
    }
  })

  test('is refused when it is no key that may log in', async () => {
    const [key] = await makeHostKeys(['ed25519'])
    const [type = '', base64 = ''] = key?.publicKey.split(' ') ?? []
    const cut = Buffer.from(base64, 'base64').subarray(0, 40).toString('base64')
    const long = Buffer.concat([Buffer.from(base64, 'base64'), Buffer.of(1)]).toString('base64')
    const lines = [
      '',
      'x',
      type,
      `ssh-rsa ${base64}`,
      `${type} ${cut}`,
      `${type} ${long}`,
      `${type} !!!`,
      rsaLine(1024),
    ]
    for (const line of lines) expect([line, parsePublicKeyLine(line)]).toEqual([line, null])
    expect(parsePublicKeyLine(rsaLine(2048))?.type).toBe('ssh-rsa')
  })

  test('never makes the parser throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array({ maxLength: 100 }), (text, bytes) => {
        parsePublicKeyLine(text)
        parsePublicKeyLine(`ssh-ed25519 ${Buffer.from(bytes).toString('base64')}`)
        publicKeyOf(Buffer.concat([string('ecdsa-sha2-nistp256'), Buffer.from(bytes)]))
      }),
    )
  })
})

describe('An RSA signature', () => {
  test('with SHA-1 is worth nothing', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const jwk = publicKey.export({ format: 'jwk' })
    const n = Buffer.concat([Buffer.of(0), Buffer.from(jwk.n ?? '', 'base64url')])
    const key = publicKeyOf(
      Buffer.concat([string('ssh-rsa'), string(Buffer.from(jwk.e ?? '', 'base64url')), string(n)]),
    )
    if (key === null) throw new Error('no key')
    const data = Buffer.from('challenge')
    const signature = sign(
      'sha1',
      data,
      createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    )
    expect(verifiesWith(key, data, signature, 'sha1')).toBe(false)
    expect(verifiesWith(key, data, signature, undefined)).toBe(false)
    expect(verifiesWith(key, data, sign('sha512', data, privateKey), 'sha512')).toBe(true)
  })
})
