import type { ChannelInput } from '../channel-input.ts'
import type { ChannelOutput } from '../channel-output.ts'
import type { HomeFolder } from '../home/home-folder.ts'
import { WireReader } from '../wire.ts'
import { answers } from './answers.ts'
import type { SftpContext } from './context.ts'
import { announcedExtensions } from './extensions.ts'
import { Handles } from './handles.ts'
import { InFlight } from './in-flight.ts'
import { PacketSplitter } from './packet-splitter.ts'
import { errorReply, MAX_DATA_BYTES, requestTypeOf, SftpError, versionReply } from './protocol.ts'

export interface SftpOptions {
  readonly home: HomeFolder
  readonly username: string
  readonly handleLimit: number
}

/** Type and id. */
const REQUEST_HEADER_BYTES = 5

/**
 * Serves the SFTP subsystem on a channel until the client ends it, and returns the exit code: OpenSSH's scp
 * and sftp wait for the end of the channel and for an exit code after having sent EOF.
 *
 * Reads and writes overlap; every other request waits until they are done, as clients send a file's
 * attributes right behind its last write.
 */
export const serveSftp = async (
  input: ChannelInput,
  output: ChannelOutput,
  { home, username, handleLimit }: SftpOptions,
): Promise<number> => {
  const handles = new Handles(handleLimit)
  const inFlight = new InFlight()
  const send = (reply: Buffer): void => output.write(reply)
  const context: SftpContext = { home, username, handles, handleLimit, inFlight, send }
  try {
    await serveRequests(input, output, context)
    return 0
  } catch {
    return 1
  } finally {
    await inFlight.silence()
    await handles.closeAll()
  }
}

const serveRequests = async (
  input: ChannelInput,
  output: ChannelOutput,
  context: SftpContext,
): Promise<void> => {
  const splitter = new PacketSplitter()
  for (let taken = input.take(); ; taken = input.take()) {
    const chunk = taken instanceof Promise ? await taken : taken
    if (chunk === null || output.closed) return
    for (const packet of splitter.feed(chunk)) {
      const answered = takeRequest(packet, context)
      if (answered !== undefined) await answered
      if (context.inFlight.crowded) await context.inFlight.room()
      const room = output.room()
      if (room !== null) await room
    }
  }
}

const takeRequest = (packet: Buffer, context: SftpContext): Promise<void> | undefined => {
  const type = requestTypeOf(packet[0] ?? 0)
  if (type === 'INIT') {
    context.send(versionReply(announcedExtensions))
    return
  }
  const id = new WireReader(packet, 1).uint32()
  if (type === 'READ' || type === 'WRITE') {
    return startTransfer(type, id, packet, context)
  }
  return answerRequest(type, id, packet, context)
}

const startTransfer = (
  type: 'READ' | 'WRITE',
  id: number,
  packet: Buffer,
  context: SftpContext,
): undefined => {
  try {
    const request = new WireReader(packet, REQUEST_HEADER_BYTES)
    const file = context.handles.file(request.string())
    const offset = offsetOf(request.uint64())
    if (type === 'READ') file.read(id, offset, Math.min(request.uint32(), MAX_DATA_BYTES))
    else file.write(id, offset, request.string())
  } catch (error) {
    context.send(errorReply(id, error))
  }
}

/** Linux ends files at 2^63, Node at 2^53. */
const offsetOf = (offset: bigint): number => {
  if (offset > BigInt(Number.MAX_SAFE_INTEGER)) throw new SftpError('FAILURE', 'File too large')
  return Number(offset)
}

const answerRequest = async (
  type: keyof typeof answers | undefined,
  id: number,
  packet: Buffer,
  context: SftpContext,
): Promise<void> => {
  if (!context.inFlight.silent) await context.inFlight.silence()
  try {
    if (type === undefined) throw new SftpError('OP_UNSUPPORTED')
    context.send(await answers[type](context, id, new WireReader(packet, REQUEST_HEADER_BYTES)))
  } catch (error) {
    context.send(errorReply(id, error))
  }
}
