import { fsync, statfsSync } from 'node:fs'
import { textOf } from '../home/home-path.ts'
import { uint64 } from '../wire.ts'
import type { Answer } from './context.ts'
import { moveEntry } from './path-requests.ts'
import {
  extendedReply,
  MAX_DATA_BYTES,
  MAX_MESSAGE_BYTES,
  namesReply,
  SftpError,
  statusReply,
} from './protocol.ts'

const posixRename: Answer = ({ home }, id, request) => {
  moveEntry(home, request.text(), request.text(), () => undefined)
  return statusReply(id, 'OK')
}

const statvfs: Answer = ({ home }, id, request) =>
  volumeReply(
    id,
    home.at(request.text(), 'target', (place) => statfsSync(place.node)),
  )

const fstatvfs: Answer = ({ home, handles }, id, request) => {
  handles.file(request.string())
  return volumeReply(
    id,
    home.at('', 'target', (place) => statfsSync(place.node)),
  )
}

/** ST_NOSUID: set-user-id bits are never set. */
const VOLUME_FLAGS = 2n

const MAX_NAME_BYTES = 255n

const volumeReply = (id: number, volume: ReturnType<typeof statfsSync>): Buffer => {
  const { bsize, blocks, bfree, bavail, files, ffree } = volume
  const counts = [bsize, bsize, blocks, bfree, bavail, files, ffree, ffree].map(BigInt)
  return extendedReply(id, ...[...counts, 0n, VOLUME_FLAGS, MAX_NAME_BYTES].map(uint64))
}

const flush: Answer = ({ handles }, id, request) => {
  const { fd } = handles.file(request.string())
  return new Promise((resolve, reject) => {
    fsync(fd, (error) => (error ? reject(error) : resolve(statusReply(id, 'OK'))))
  })
}

/** OpenSSH's clients send larger requests when they are told that they may, which is worth a third of the speed. */
const limits: Answer = ({ handleLimit }, id) =>
  extendedReply(
    id,
    ...[MAX_MESSAGE_BYTES, MAX_DATA_BYTES, MAX_DATA_BYTES, handleLimit].map((n) => uint64(BigInt(n))),
  )

/** `~` and `~user` stand for the home, as long as the user is the one who is logged in. */
const expandPath: Answer = ({ home, username }, id, request) => {
  const path = request.text()
  const [, user, rest = ''] = /^~([^/]*)(.*)$/s.exec(path) ?? []
  if (user !== undefined && user !== '' && textOf(user) !== username) throw new SftpError('NO_SUCH_FILE')
  const steps = user === undefined ? path : rest.replace(/^\/+/, '')
  const name = home.at(steps, 'target', (place) => home.present(place.names))
  return namesReply(id, [{ name, longName: name, stats: null }])
}

const extensions: Readonly<Record<string, { readonly version: string; readonly answer: Answer }>> = {
  'posix-rename@openssh.com': { version: '1', answer: posixRename },
  'statvfs@openssh.com': { version: '2', answer: statvfs },
  'fstatvfs@openssh.com': { version: '2', answer: fstatvfs },
  'fsync@openssh.com': { version: '1', answer: flush },
  'limits@openssh.com': { version: '1', answer: limits },
  'expand-path@openssh.com': { version: '1', answer: expandPath },
}

export const announcedExtensions: readonly (readonly [string, string])[] = Object.entries(extensions).map(
  ([name, { version }]) => [name, version],
)

export const answerExtension: Answer = (context, id, request) => {
  const name = request.text()
  const extension = Object.hasOwn(extensions, name) ? extensions[name] : undefined
  if (extension === undefined) throw new SftpError('OP_UNSUPPORTED')
  return extension.answer(context, id, request)
}
