import { generateKeyPair, type JsonWebKey, randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { string, uint32, WireReader } from '../wire.ts'
import { isWhole } from './is-whole.ts'
import { fieldsOf, type HostKeyKind } from './key-fields.ts'
import { fingerprintOf } from './public-key.ts'

export interface HostKey {
  readonly kind: HostKeyKind
  /** Unencrypted, in OpenSSH's own format (`openssh-key-v1`). */
  readonly privateKey: string
  /** `ssh-ed25519 AAAA…`: a line of `known_hosts` without its host. */
  readonly publicKey: string
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string
}

/** In the order in which sshd offers its own. */
export const hostKeyKinds: readonly HostKeyKind[] = ['ed25519', 'ecdsa', 'rsa']

/** What the tutorial's clusters and `ssh-keygen` use by default (api-facts §9.5). */
const RSA_BITS = 3072

/**
 * New keys in memory. RSA takes half a second of processor time, the other two a few milliseconds:
 * leave it out where the keys do not outlive the process.
 */
export const makeHostKeys = (kinds: readonly HostKeyKind[] = hostKeyKinds): Promise<readonly HostKey[]> =>
  Promise.all(kinds.map(makeHostKey))

/** A file that holds no key of ours, or no longer a whole one. Another key is made in its place. */
export interface DamagedHostKey {
  readonly path: string
  /** Where the file is now. */
  readonly setAside: string
}

/** The keys of a data folder, made at the first start. Two servers that start at once end up with the same keys. */
export const loadHostKeys = async (
  folder: string,
  {
    kinds = hostKeyKinds,
    onDamaged = () => undefined,
  }: { kinds?: readonly HostKeyKind[]; onDamaged?: (damaged: DamagedHostKey) => void } = {},
): Promise<readonly HostKey[]> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return Promise.all(kinds.map((kind) => loadHostKey(folder, kind, onDamaged)))
}

const loadHostKey = async (
  folder: string,
  kind: HostKeyKind,
  onDamaged: (damaged: DamagedHostKey) => void,
): Promise<HostKey> => {
  const path = join(folder, `ssh_host_${kind}_key`)
  const kept = await readIfThere(path)
  const key = kept === null ? null : wholeKeyFrom(kind, kept)
  if (key) return key
  if (kept !== null) onDamaged(await setAside(path))
  return newHostKey(path, kind)
}

const newHostKey = async (path: string, kind: HostKeyKind): Promise<HostKey> => {
  const made = await makeHostKey(kind)
  const key = hostKeyFrom(kind, await writeOnce(path, made.privateKey))
  await writeFile(`${path}.pub`, `${key.publicKey}\n`, { mode: 0o644 })
  return key
}

const wholeKeyFrom = (kind: HostKeyKind, privateKey: string): HostKey | null => {
  try {
    const { publicBlob, privateSection } = partsOf(privateKey)
    return isWhole(kind, publicBlob, privateSection) ? hostKeyFrom(kind, privateKey) : null
  } catch {
    return null
  }
}

const setAside = async (path: string): Promise<DamagedHostKey> => {
  const aside = `${path}.damaged-${randomBytes(6).toString('hex')}`
  await rename(path, aside)
  return { path, setAside: aside }
}

const readIfThere = async (path: string): Promise<string | null> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

/** A link appears whole or not at all, and never replaces the key of somebody who was faster. */
const writeOnce = async (path: string, text: string): Promise<string> => {
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, text, { mode: 0o600, flag: 'wx' })
  try {
    await link(draft, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await unlink(draft)
  }
  return readFile(path, 'utf8')
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code

const makeHostKey = async (kind: HostKeyKind): Promise<HostKey> => {
  const { publicBlob, privateFields } = fieldsOf(kind, await generate(kind))
  return hostKeyFrom(kind, openSshFile(publicBlob, privateFields))
}

const pair = promisify(generateKeyPair)

const generate = async (kind: HostKeyKind): Promise<JsonWebKey> => {
  if (kind === 'ed25519') return (await pair('ed25519')).privateKey.export({ format: 'jwk' })
  if (kind === 'ecdsa')
    return (await pair('ec', { namedCurve: 'P-256' })).privateKey.export({ format: 'jwk' })
  return (await pair('rsa', { modulusLength: RSA_BITS })).privateKey.export({ format: 'jwk' })
}

const MAGIC = 'openssh-key-v1\0'

/** OpenSSH's PROTOCOL.key, without a cipher; the private section is padded to a block of 8 bytes. */
const openSshFile = (publicBlob: Buffer, privateFields: Buffer): string => {
  const check = randomBytes(4)
  const section = Buffer.concat([check, check, privateFields, string('localscale')])
  const padding = Buffer.from(Array.from({ length: (8 - (section.length % 8)) % 8 }, (_, index) => index + 1))
  const file = Buffer.concat([
    Buffer.from(MAGIC),
    string('none'),
    string('none'),
    string(''),
    uint32(1),
    string(publicBlob),
    string(Buffer.concat([section, padding])),
  ])
  return pemOf(file)
}

const pemOf = (file: Buffer): string => {
  const lines = file.toString('base64').match(/.{1,70}/g) ?? []
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`
}

const hostKeyFrom = (kind: HostKeyKind, privateKey: string): HostKey => {
  const blob = partsOf(privateKey).publicBlob
  const type = new WireReader(blob).text()
  return {
    kind,
    privateKey,
    publicKey: `${type} ${blob.toString('base64')}`,
    fingerprint: fingerprintOf(blob),
  }
}

interface KeyParts {
  readonly publicBlob: Buffer
  readonly privateSection: Buffer
}

const partsOf = (privateKey: string): KeyParts => {
  const bytes = Buffer.from(privateKey.replace(/-----[^\n]*-----/g, ''), 'base64')
  const reader = new WireReader(bytes, MAGIC.length)
  const isOurs =
    pemOf(bytes) === privateKey &&
    bytes.subarray(0, MAGIC.length).toString('latin1') === MAGIC &&
    ['none', 'none', ''].every((name) => reader.text() === name) &&
    reader.uint32() === 1
  if (!isOurs) throw new Error('The host key is not an unencrypted key in OpenSSH format.')
  return { publicBlob: Buffer.from(reader.string()), privateSection: Buffer.from(reader.string()) }
}
