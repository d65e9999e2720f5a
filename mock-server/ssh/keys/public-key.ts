import { createHash, createPublicKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto'
import { WireReader } from '../wire.ts'

/** The key types that may log in. DSA and certificates may not. */
export type PublicKeyType =
  | 'ssh-ed25519'
  | 'ssh-rsa'
  | 'ecdsa-sha2-nistp256'
  | 'ecdsa-sha2-nistp384'
  | 'ecdsa-sha2-nistp521'

export interface PublicKey {
  readonly type: PublicKeyType
  /** As in RFC 4253 §6.6: what `authorized_keys` has in base64. */
  readonly blob: Buffer
}

/** Shorter RSA keys are refused. OpenSSH's own floor (`RequiredRSASize`) is 1024; NIST SP 800-131A asks for 2048. */
export const MIN_RSA_BITS = 2048

/** Longer ones only cost time to verify: OpenSSH's `SSHBUF_MAX_BIGNUM` is 16384 bits. */
export const MAX_RSA_BITS = 16_384

const curves = {
  'ecdsa-sha2-nistp256': { name: 'nistp256', jwk: 'P-256', bytes: 32, hash: 'sha256' },
  'ecdsa-sha2-nistp384': { name: 'nistp384', jwk: 'P-384', bytes: 48, hash: 'sha384' },
  'ecdsa-sha2-nistp521': { name: 'nistp521', jwk: 'P-521', bytes: 66, hash: 'sha512' },
} as const

/** One line of an `authorized_keys` or `.pub` file, without options before the type. Null when it is not a key we take. */
export const parsePublicKeyLine = (line: string): PublicKey | null => {
  const [type, base64] = line.trim().split(/[ \t]+/)
  if (type === undefined || base64 === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null
  const key = publicKeyOf(Buffer.from(base64, 'base64'))
  return key?.type === type ? key : null
}

/** Null unless the blob is exactly one well-formed key of a type that may log in. */
export const publicKeyOf = (blob: Buffer): PublicKey | null => {
  try {
    const type = new WireReader(blob).text()
    keyObjectOf(blob)
    return { type: type as PublicKeyType, blob }
  } catch {
    return null
  }
}

/** Takes the same time wherever the two differ. */
export const samePublicKey = (one: PublicKey, other: PublicKey): boolean =>
  timingSafeEqual(digestOf(one.blob), digestOf(other.blob))

/** As `ssh-keygen -l` prints it: `SHA256:` and base64 without padding. */
export const fingerprintOf = (blob: Uint8Array): string =>
  `SHA256:${digestOf(blob).toString('base64').replace(/=+$/, '')}`

/**
 * Whether `signature` over `data` was made with the private half of `key`.
 * ECDSA signatures come in DER, as ssh2 hands them over. RSA signatures with SHA-1 are never valid here.
 */
export const verifiesWith = (
  key: PublicKey,
  data: Uint8Array,
  signature: Uint8Array,
  rsaHash: string | undefined,
): boolean => {
  const hash = hashFor(key.type, rsaHash)
  if (hash === undefined) return false
  try {
    return verify(hash, data, keyObjectOf(key.blob), signature)
  } catch {
    return false
  }
}

const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** Null leaves the hash to the algorithm (Ed25519); undefined means that there is none that we accept. */
const hashFor = (type: PublicKeyType, rsaHash: string | undefined): string | null | undefined => {
  if (type === 'ssh-ed25519') return null
  if (type === 'ssh-rsa') return rsaHash === 'sha256' || rsaHash === 'sha512' ? rsaHash : undefined
  return curves[type].hash
}

const keyObjectOf = (blob: Buffer): KeyObject => {
  const reader = new WireReader(blob)
  const key = keyFrom(reader.text(), reader)
  if (reader.remaining !== 0) throw new Error('bytes after the key')
  return key
}

const keyFrom = (type: string, reader: WireReader): KeyObject => {
  if (type === 'ssh-ed25519') return ed25519From(reader)
  if (type === 'ssh-rsa') return rsaFrom(reader)
  if (Object.hasOwn(curves, type)) return ecdsaFrom(curves[type as keyof typeof curves], reader)
  throw new Error('a key type that may not log in')
}

const ed25519From = (reader: WireReader): KeyObject => {
  const x = reader.string()
  if (x.length !== 32) throw new Error('an Ed25519 key has 32 bytes')
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: x.toString('base64url') } })
}

const rsaFrom = (reader: WireReader): KeyObject => {
  const e = reader.integer()
  const n = reader.integer()
  const bits = n.length * 8 - Math.clz32(n[0] ?? 0) + 24
  if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) throw new Error('an RSA key of a size that may not log in')
  return createPublicKey({
    format: 'jwk',
    key: { kty: 'RSA', e: e.toString('base64url'), n: n.toString('base64url') },
  })
}

const ecdsaFrom = (curve: (typeof curves)[keyof typeof curves], reader: WireReader): KeyObject => {
  const name = reader.text()
  const point = reader.string()
  if (name !== curve.name || point.length !== 1 + 2 * curve.bytes || point[0] !== 4) {
    throw new Error('not an uncompressed point of the curve')
  }
  const x = point.subarray(1, 1 + curve.bytes).toString('base64url')
  const y = point.subarray(1 + curve.bytes).toString('base64url')
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: curve.jwk, x, y } })
}
