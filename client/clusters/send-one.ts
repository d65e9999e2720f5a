import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Stats } from 'ssh2'
import { IntegrityError } from '../errors.ts'
import type { FileSession } from './file-session.ts'
import type { Login } from './login.ts'
import { TRANSFER } from './sftp-transfer.ts'

interface Sent {
  /** Here. */
  readonly path: string
  /** On the cluster. */
  readonly target: string
  readonly size: number
}

const PERMISSIONS = 0o7777
// Whoever has aborted it shall not wait long for what is left to be removed.
const CLEANUP_PATIENCE_MS = 5_000

/** Writes a file of the cluster next to its target, which it becomes when it is whole. */
export async function sendOne(
  login: Login,
  session: FileSession,
  { path, target, size }: Sent,
  onStep: (sent: number) => void,
): Promise<void> {
  const there = await session.find(target)
  const send = (to: string) =>
    session.ask((sftp, done) => sftp.fastPut(path, to, { ...TRANSFER, step: onStep }, done))
  // A pipe or a device takes bytes, and no other file its place.
  if (there && !there.isFile()) return send(target)
  // What a link points to is replaced or, where nothing is yet, made (OpenSSH does so), and the link left alone.
  const isKnown = there !== undefined || (await session.find(target, 'lstat')) !== undefined
  const place = isKnown ? await session.ask<string>((sftp, done) => sftp.realpath(target, done)) : target
  const part = `${place}.${randomBytes(4).toString('hex')}.part`
  try {
    await send(part)
    await checkSize(session, part, size)
    if (there) await session.ask((sftp, done) => sftp.chmod(part, there.mode & PERMISSIONS, done))
    await session.ask((sftp, done) => sftp.ext_openssh_rename(part, place, done))
  } catch (error) {
    await removed(login, part)
    throw error
  }
}

async function checkSize(session: FileSession, path: string, size: number): Promise<void> {
  const { size: there } = await session.ask<Stats>((sftp, done) => sftp.stat(path, done))
  if (there !== size) throw new IntegrityError(`${path} should have ${size} bytes, and has ${there}`)
}

/** In a session of its own: the one that it was written in may have ended. */
async function removed(login: Login, part: string): Promise<void> {
  if (!login.isOpen) return
  const removing = login.withFiles((session) => session.ask((sftp, done) => sftp.unlink(part, done)))
  await Promise.race([removing.catch(() => {}), once(AbortSignal.timeout(CLEANUP_PATIENCE_MS), 'abort')])
}
