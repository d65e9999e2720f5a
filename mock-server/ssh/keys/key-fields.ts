import type { JsonWebKey } from 'node:crypto'
import { integer, string } from '../wire.ts'

export type HostKeyKind = 'ed25519' | 'ecdsa' | 'rsa'

export interface KeyFields {
  readonly publicBlob: Buffer
  /** What stands between the check numbers and the comment in the private section. */
  readonly privateFields: Buffer
}

/** The fields and their order are those of OpenSSH's PROTOCOL.key and `sshkey_private_serialize`. */
export const fieldsOf = (kind: HostKeyKind, jwk: JsonWebKey): KeyFields => {
  if (kind === 'ed25519') return ed25519Fields(jwk)
  return kind === 'ecdsa' ? ecdsaFields(jwk) : rsaFields(jwk)
}

const ed25519Fields = (jwk: JsonWebKey): KeyFields => {
  const head = Buffer.concat([string('ssh-ed25519'), string(part(jwk, 'x'))])
  const seedAndPublic = Buffer.concat([part(jwk, 'd'), part(jwk, 'x')])
  return { publicBlob: head, privateFields: Buffer.concat([head, string(seedAndPublic)]) }
}

const ecdsaFields = (jwk: JsonWebKey): KeyFields => {
  const point = Buffer.concat([Buffer.of(4), part(jwk, 'x'), part(jwk, 'y')])
  const head = Buffer.concat([string('ecdsa-sha2-nistp256'), string('nistp256'), string(point)])
  return { publicBlob: head, privateFields: Buffer.concat([head, integer(part(jwk, 'd'))]) }
}

const rsaFields = (jwk: JsonWebKey): KeyFields => {
  const [e, n] = [integer(part(jwk, 'e')), integer(part(jwk, 'n'))]
  const secret = (['d', 'qi', 'p', 'q'] as const).map((name) => integer(part(jwk, name)))
  return {
    publicBlob: Buffer.concat([string('ssh-rsa'), e, n]),
    privateFields: Buffer.concat([string('ssh-rsa'), n, e, ...secret]),
  }
}

const part = (jwk: JsonWebKey, name: 'd' | 'e' | 'n' | 'p' | 'q' | 'qi' | 'x' | 'y'): Buffer =>
  Buffer.from(jwk[name] ?? '', 'base64url')
