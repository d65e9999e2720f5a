import { randomBytes } from 'node:crypto'

/** A line of a `.pub` file: any 32 bytes are a key of Ed25519. */
export function aPublicKey(): string {
  const blob = [Buffer.from('ssh-ed25519'), randomBytes(32)].flatMap((part) => [
    Buffer.from([0, 0, 0, part.length]),
    part,
  ])
  return `ssh-ed25519 ${Buffer.concat(blob).toString('base64')}`
}
