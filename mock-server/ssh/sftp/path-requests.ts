import {
  chmodSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
} from 'node:fs'
import type { HomeFolder, Place } from '../home/home-folder.ts'
import { bytesOf } from '../home/home-path.ts'
import { decodeAttributes } from './attributes.ts'
import { type Answer, existing, refuseHome, refuseOtherOwner } from './context.ts'
import { attributesReply, namesReply, SftpError, statusReply } from './protocol.ts'

export const stat =
  (last: 'target' | 'entry'): Answer =>
  ({ home }, id, request) =>
    attributesReply(
      id,
      home.at(request.text(), last, (place) => existing(place)),
    )

export const setstat: Answer = ({ home }, id, request) => {
  const path = request.text()
  const wanted = decodeAttributes(request)
  home.at(path, 'target', (place) => {
    const stats = existing(place)
    refuseOtherOwner(wanted, stats)
    if (wanted.size !== undefined && !stats.isFile()) throw new SftpError('FAILURE')
    if (wanted.size !== undefined) truncateSync(place.node, wanted.size)
    if (wanted.mode !== undefined) chmodSync(place.node, wanted.mode)
    if (wanted.times !== undefined) utimesSync(place.node, wanted.times.accessed, wanted.times.modified)
  })
  return statusReply(id, 'OK')
}

export const remove: Answer = ({ home }, id, request) => {
  home.at(request.text(), 'entry', (place) => {
    if (existing(place).isDirectory()) throw new SftpError('FAILURE')
    unlinkSync(place.entry)
  })
  return statusReply(id, 'OK')
}

export const mkdir: Answer = ({ home }, id, request) => {
  const path = request.text()
  const { mode = 0o777 } = decodeAttributes(request)
  home.at(path, 'entry', (place) => mkdirSync(place.entry, mode))
  return statusReply(id, 'OK')
}

export const rmdir: Answer = ({ home }, id, request) => {
  home.at(request.text(), 'entry', (place) => {
    refuseHome(place)
    rmdirSync(place.entry)
  })
  return statusReply(id, 'OK')
}

export const realpath: Answer = ({ home }, id, request) => {
  const name = home.at(request.text(), 'target', (place) => home.present(place.names))
  return namesReply(id, [{ name, longName: name, stats: null }])
}

/** Version 3 says nothing of a target that exists; OpenSSH refuses it here and replaces it with `posix-rename`. */
export const rename: Answer = (context, id, request) => {
  moveEntry(context.home, request.text(), request.text(), (target) => {
    if (target.stats !== null) throw new SftpError('FAILURE')
  })
  return statusReply(id, 'OK')
}

export const moveEntry = (home: HomeFolder, from: string, to: string, check: (target: Place) => void): void =>
  home.at(from, 'entry', (source) =>
    home.at(to, 'entry', (target) => {
      existing(source)
      refuseHome(source)
      refuseHome(target)
      check(target)
      renameSync(source.entry, target.entry)
    }),
  )

export const readlink: Answer = ({ home }, id, request) => {
  const target = home.at(request.text(), 'entry', (place) => {
    if (!existing(place).isSymbolicLink()) throw new SftpError('BAD_MESSAGE')
    return readlinkSync(place.entry, 'buffer').toString('latin1')
  })
  const name = home.presentLink(target)
  return namesReply(id, [{ name, longName: name, stats: null }])
}

/** The target comes first, as OpenSSH has it (the draft has it the other way round). */
export const symlink: Answer = ({ home }, id, request) => {
  const target = request.text()
  home.at(request.text(), 'entry', (place) => {
    symlinkSync(bytesOf(home.linkTarget(place.names.slice(0, -1), target)), place.entry)
  })
  return statusReply(id, 'OK')
}
