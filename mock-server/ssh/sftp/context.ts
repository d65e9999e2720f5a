import type { Stats } from 'node:fs'
import { HomeError, type HomeFolder, type Place } from '../home/home-folder.ts'
import type { WireReader } from '../wire.ts'
import type { WantedAttributes } from './attributes.ts'
import type { Handles } from './handles.ts'
import type { InFlight } from './in-flight.ts'
import { SftpError } from './protocol.ts'

export interface SftpContext {
  readonly home: HomeFolder
  readonly username: string
  readonly handles: Handles
  readonly handleLimit: number
  readonly inFlight: InFlight
  readonly send: (reply: Buffer) => void
}

/** Answers one request; `request` stands behind its id. */
export type Answer = (context: SftpContext, id: number, request: WireReader) => Buffer | Promise<Buffer>

export const existing = (place: Place): Stats => {
  if (place.stats === null) throw new HomeError('ENOENT', 'no such file or directory')
  return place.stats
}

export const refuseHome = (place: Place): void => {
  if (place.names.length === 0) throw new SftpError('PERMISSION_DENIED')
}

/** A user cannot give files away; also not where the server happens to run as root. */
export const refuseOtherOwner = ({ owner }: WantedAttributes, stats: Stats): void => {
  const same = owner === undefined || (owner.uid === stats.uid && owner.gid === stats.gid)
  if (!same) throw new SftpError('PERMISSION_DENIED')
}
