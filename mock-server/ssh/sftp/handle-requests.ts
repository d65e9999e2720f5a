import { constants, fchmodSync, fstatSync, ftruncateSync, futimesSync } from 'node:fs'
import { decodeAttributes } from './attributes.ts'
import { type Answer, existing, refuseOtherOwner } from './context.ts'
import { FolderListing } from './folder-listing.ts'
import type { Handles } from './handles.ts'
import { longName } from './long-name.ts'
import { OpenFile } from './open-file.ts'
import { attributesReply, handleReply, namesReply, SftpError, statusReply } from './protocol.ts'

/** As many names as OpenSSH's sftp-server puts into one answer. */
const NAMES_PER_ANSWER = 100

const openFlags = { READ: 0x1, WRITE: 0x2, APPEND: 0x4, CREATE: 0x8, TRUNCATE: 0x10, EXCLUSIVE: 0x20 }

export const open: Answer = ({ home, handles, inFlight, send }, id, request) => {
  const path = request.text()
  const wanted = request.uint32()
  const { mode = 0o666 } = decodeAttributes(request)
  refuseWhenFull(handles)
  const fd = home.open(path, systemFlags(wanted), mode)
  const appends = (wanted & openFlags.APPEND) !== 0
  return handleReply(id, handles.addFile(new OpenFile(fd, appends, inFlight, send)))
}

const systemFlags = (wanted: number): number => {
  const reads = (wanted & openFlags.READ) !== 0
  const writes = (wanted & openFlags.WRITE) !== 0
  const access = reads && writes ? constants.O_RDWR : writes ? constants.O_WRONLY : constants.O_RDONLY
  return (
    access |
    (wanted & openFlags.APPEND ? constants.O_APPEND : 0) |
    (wanted & openFlags.CREATE ? constants.O_CREAT : 0) |
    (wanted & openFlags.TRUNCATE ? constants.O_TRUNC : 0) |
    (wanted & openFlags.EXCLUSIVE ? constants.O_EXCL : 0)
  )
}

const refuseWhenFull = (handles: Handles): void => {
  if (handles.isFull) throw new SftpError('FAILURE', 'Too many open files')
}

export const closeHandle: Answer = async ({ handles }, id, request) => {
  await handles.close(request.string())
  return statusReply(id, 'OK')
}

export const fstat: Answer = ({ handles }, id, request) =>
  attributesReply(id, fstatSync(handles.file(request.string()).fd))

export const fsetstat: Answer = ({ handles }, id, request) => {
  const { fd } = handles.file(request.string())
  const wanted = decodeAttributes(request)
  refuseOtherOwner(wanted, fstatSync(fd))
  if (wanted.size !== undefined) ftruncateSync(fd, wanted.size)
  if (wanted.mode !== undefined) fchmodSync(fd, wanted.mode)
  if (wanted.times !== undefined) futimesSync(fd, wanted.times.accessed, wanted.times.modified)
  return statusReply(id, 'OK')
}

export const opendir: Answer = ({ home, handles }, id, request) => {
  const path = request.text()
  refuseWhenFull(handles)
  const parent = home.at(`${path}/..`, 'target', existing)
  const listing = home.at(path, 'target', (place) => new FolderListing(place, existing(place), parent))
  return handleReply(id, handles.addFolder(listing))
}

export const readdir: Answer = ({ handles, username }, id, request) => {
  const entries = handles.folder(request.string()).next(NAMES_PER_ANSWER)
  if (entries.length === 0) return statusReply(id, 'EOF')
  const now = Date.now()
  const named = entries.map(({ name, stats }) => ({
    name,
    longName: longName(name, stats, username, now),
    stats,
  }))
  return namesReply(id, named)
}
