import type { Answer } from './context.ts'
import { answerExtension } from './extensions.ts'
import { closeHandle, fsetstat, fstat, open, opendir, readdir } from './handle-requests.ts'
import { mkdir, readlink, realpath, remove, rename, rmdir, setstat, stat, symlink } from './path-requests.ts'
import type { RequestType } from './protocol.ts'

/** Everything but INIT, READ and WRITE. */
export const answers: Readonly<Record<Exclude<RequestType, 'INIT' | 'READ' | 'WRITE'>, Answer>> = {
  OPEN: open,
  CLOSE: closeHandle,
  LSTAT: stat('entry'),
  STAT: stat('target'),
  FSTAT: fstat,
  SETSTAT: setstat,
  FSETSTAT: fsetstat,
  OPENDIR: opendir,
  READDIR: readdir,
  REMOVE: remove,
  MKDIR: mkdir,
  RMDIR: rmdir,
  REALPATH: realpath,
  RENAME: rename,
  READLINK: readlink,
  SYMLINK: symlink,
  EXTENDED: answerExtension,
}
