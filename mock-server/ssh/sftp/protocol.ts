import type { Stats } from 'node:fs'
import { string, uint32, WireError } from '../wire.ts'
import { encodeAttributes } from './attributes.ts'

/** SFTP version 3: draft-ietf-secsh-filexfer-02, and OpenSSH's PROTOCOL for the extensions. */
export const SFTP_VERSION = 3

export const requestTypes = {
  1: 'INIT',
  3: 'OPEN',
  4: 'CLOSE',
  5: 'READ',
  6: 'WRITE',
  7: 'LSTAT',
  8: 'FSTAT',
  9: 'SETSTAT',
  10: 'FSETSTAT',
  11: 'OPENDIR',
  12: 'READDIR',
  13: 'REMOVE',
  14: 'MKDIR',
  15: 'RMDIR',
  16: 'REALPATH',
  17: 'STAT',
  18: 'RENAME',
  19: 'READLINK',
  20: 'SYMLINK',
  200: 'EXTENDED',
} as const

export type RequestType = (typeof requestTypes)[keyof typeof requestTypes]

export const requestTypeOf = (byte: number): RequestType | undefined =>
  (requestTypes as Record<number, RequestType>)[byte]

const reply = { VERSION: 2, STATUS: 101, HANDLE: 102, DATA: 103, NAME: 104, ATTRS: 105, EXTENDED_REPLY: 201 }

const statusCodes = {
  OK: 0,
  EOF: 1,
  NO_SUCH_FILE: 2,
  PERMISSION_DENIED: 3,
  FAILURE: 4,
  BAD_MESSAGE: 5,
  OP_UNSUPPORTED: 8,
} as const

export type StatusName = keyof typeof statusCodes

/** The texts of OpenSSH's sftp-server. */
const statusTexts: Readonly<Record<StatusName, string>> = {
  OK: 'Success',
  EOF: 'End of file',
  NO_SUCH_FILE: 'No such file',
  PERMISSION_DENIED: 'Permission denied',
  FAILURE: 'Failure',
  BAD_MESSAGE: 'Bad message',
  OP_UNSUPPORTED: 'Operation unsupported',
}

/** OpenSSH: SFTP_MAX_MSG_LENGTH. */
export const MAX_MESSAGE_BYTES = 256 * 1024

/** OpenSSH: SFTP_MAX_MSG_LENGTH less 1024 for what stands around the data. */
export const MAX_DATA_BYTES = MAX_MESSAGE_BYTES - 1024

/** A refusal with a status of its own. Everything else that is thrown becomes one by its `code`. */
export class SftpError extends Error {
  readonly status: StatusName

  constructor(status: StatusName, message: string = statusTexts[status]) {
    super(message)
    this.status = status
  }
}

/** OpenSSH's `errno_to_portable`. */
const statusOfErrno: Readonly<Record<string, StatusName>> = {
  ENOENT: 'NO_SUCH_FILE',
  ENOTDIR: 'NO_SUCH_FILE',
  EBADF: 'NO_SUCH_FILE',
  ELOOP: 'NO_SUCH_FILE',
  EPERM: 'PERMISSION_DENIED',
  EACCES: 'PERMISSION_DENIED',
  ENAMETOOLONG: 'BAD_MESSAGE',
  EINVAL: 'BAD_MESSAGE',
}

export const statusReply = (id: number, status: StatusName, text = statusTexts[status]): Buffer =>
  message(reply.STATUS, id, uint32(statusCodes[status]), string(Buffer.from(text)), string(''))

export const errorReply = (id: number, error: unknown): Buffer => {
  if (error instanceof SftpError) return statusReply(id, error.status, error.message)
  if (error instanceof WireError) return statusReply(id, 'BAD_MESSAGE')
  return statusReply(id, statusOfErrno[(error as NodeJS.ErrnoException).code ?? ''] ?? 'FAILURE')
}

export const handleReply = (id: number, handle: Buffer): Buffer => message(reply.HANDLE, id, string(handle))

export const attributesReply = (id: number, stats: Stats): Buffer =>
  message(reply.ATTRS, id, encodeAttributes(stats))

export interface NamedEntry {
  readonly name: string
  readonly longName: string
  /** Null where only the name counts (REALPATH, READLINK). */
  readonly stats: Stats | null
}

export const namesReply = (id: number, entries: readonly NamedEntry[]): Buffer =>
  message(
    reply.NAME,
    id,
    uint32(entries.length),
    ...entries.flatMap(({ name, longName, stats }) => [
      string(name),
      string(longName),
      stats === null ? uint32(0) : encodeAttributes(stats),
    ]),
  )

export const extendedReply = (id: number, ...parts: readonly Buffer[]): Buffer =>
  message(reply.EXTENDED_REPLY, id, ...parts)

export const versionReply = (extensions: readonly (readonly [string, string])[]): Buffer =>
  frame(
    Buffer.of(reply.VERSION),
    uint32(SFTP_VERSION),
    ...extensions.flatMap(([name, value]) => [string(name), string(value)]),
  )

/** What stands before the bytes of a DATA reply. */
export const DATA_HEADER_BYTES = 4 + 1 + 4 + 4

/** Writes the header in front of `length` bytes that are in `buffer` already, and returns the whole reply. */
export const dataReply = (id: number, buffer: Buffer, length: number): Buffer => {
  buffer.writeUInt32BE(DATA_HEADER_BYTES - 4 + length, 0)
  buffer.writeUInt8(reply.DATA, 4)
  buffer.writeUInt32BE(id, 5)
  buffer.writeUInt32BE(length, 9)
  return buffer.subarray(0, DATA_HEADER_BYTES + length)
}

const message = (type: number, id: number, ...parts: readonly Buffer[]): Buffer =>
  frame(Buffer.of(type), uint32(id), ...parts)

const frame = (...parts: readonly Buffer[]): Buffer => string(Buffer.concat(parts))
