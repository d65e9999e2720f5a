import { createPrivateKey, createPublicKey, type JsonWebKey, sign, verify } from 'node:crypto'
import { WireReader } from '../wire.ts'
import { fieldsOf, type HostKeyKind } from './key-fields.ts'

const SAMPLE = Buffer.from('signed to be verified')

/**
 * Whether the public half verifies what the private one signs. A key one bit of which was flipped can often be read all
 * the same, and then nobody can log in by it. (Not by ssh2, which takes longer to load than all else of a start.)
 */
export function isWhole(kind: HostKeyKind, publicBlob: Buffer, privateSection: Buffer): boolean {
  const reader = new WireReader(privateSection)
  // The same number twice: what decrypts wrongly has two.
  const numbers = [reader.uint32(), reader.uint32()]
  if (numbers[0] !== numbers[1]) return false
  const jwk = privateJwk(kind, reader)
  const wanted = fieldsOf(kind, jwk)
  const fields = privateSection.subarray(8, reader.offset)
  reader.string()
  return (
    wanted.publicBlob.equals(publicBlob) &&
    wanted.privateFields.equals(fields) &&
    isPadding(privateSection.subarray(reader.offset)) &&
    verifiesItself(kind, jwk)
  )
}

function verifiesItself(kind: HostKeyKind, jwk: JsonWebKey): boolean {
  const { d: _, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...publicJwk } = jwk
  const digest = kind === 'ed25519' ? null : 'sha256'
  const signature = sign(digest, SAMPLE, createPrivateKey({ format: 'jwk', key: jwk }))
  return verify(digest, SAMPLE, createPublicKey({ format: 'jwk', key: publicJwk }), signature)
}

const isPadding = (bytes: Uint8Array): boolean => bytes.every((byte, index) => byte === index + 1)

/** Fields and order are those of OpenSSH's `sshkey_private_serialize`. */
function privateJwk(kind: HostKeyKind, reader: WireReader): JsonWebKey {
  reader.string()
  if (kind === 'ed25519') return ed25519(reader)
  return kind === 'rsa' ? rsa(reader) : ecdsa(reader)
}

function ed25519(reader: WireReader): JsonWebKey {
  const x = text(reader.string())
  return { kty: 'OKP', crv: 'Ed25519', x, d: text(reader.string().subarray(0, 32)) }
}

function ecdsa(reader: WireReader): JsonWebKey {
  reader.string()
  const point = coordinates(reader.string())
  const d = reader.string()
  return { kty: 'EC', crv: 'P-256', ...point, d: text(Buffer.concat([Buffer.alloc(32), d]).subarray(-32)) }
}

function rsa(reader: WireReader): JsonWebKey {
  const [n, e, d, qi, p, q] = Array.from({ length: 6 }, () => reader.integer())
  const less = (prime?: Buffer) => text(fromBig(toBig(d) % (toBig(prime) - 1n)))
  const numbers = { n, e, d, p, q, qi }
  const parts = Object.entries(numbers).map(([name, value]) => [name, text(value ?? new Uint8Array())])
  return { kty: 'RSA', ...Object.fromEntries(parts), dp: less(p), dq: less(q) }
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')

/** An uncompressed point. */
const coordinates = (point: Uint8Array) => ({
  x: text(point.subarray(1, 33)),
  y: text(point.subarray(33, 65)),
})

const toBig = (bytes: Uint8Array = new Uint8Array()): bigint =>
  BigInt(`0x0${Buffer.from(bytes).toString('hex')}`)

function fromBig(number: bigint): Buffer {
  const digits = number.toString(16)
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')
}
