import { close, readv, writev } from 'node:fs'
import { writeAll } from '../write-all.ts'
import type { InFlight } from './in-flight.ts'
import { DATA_HEADER_BYTES, dataReply, errorReply, statusReply } from './protocol.ts'

interface Read {
  readonly kind: 'read'
  readonly id: number
  readonly offset: number
  readonly length: number
}

interface Write {
  readonly kind: 'write'
  readonly id: number
  readonly offset: number
  readonly length: number
  readonly data: Buffer
}

type Transfer = Read | Write

/** Requests that follow one another in the file are done by one system call, up to this size together. */
const MAX_BATCH_BYTES = 1024 * 1024

/** Linux: IOV_MAX is 1024. */
const MAX_BATCH_REQUESTS = 256

/**
 * A file opened over SFTP. Reads and writes are done in the order in which they came, so that overlapping ones
 * end as the client expects, though they are sent without waiting for answers.
 */
export class OpenFile {
  readonly fd: number
  readonly #appends: boolean
  readonly #inFlight: InFlight
  readonly #send: (reply: Buffer) => void
  #queue: Transfer[] = []
  #busy = false

  constructor(fd: number, appends: boolean, inFlight: InFlight, send: (reply: Buffer) => void) {
    this.fd = fd
    this.#appends = appends
    this.#inFlight = inFlight
    this.#send = send
  }

  read(id: number, offset: number, length: number): void {
    this.#enqueue({ kind: 'read', id, offset, length })
  }

  write(id: number, offset: number, data: Buffer): void {
    this.#enqueue({ kind: 'write', id, offset, length: data.length, data })
  }

  /** Only when nothing is under way. */
  close(): Promise<void> {
    return new Promise((resolve, reject) => {
      close(this.fd, (error) => (error ? reject(error) : resolve()))
    })
  }

  #enqueue(transfer: Transfer): void {
    this.#inFlight.start(transfer.length)
    this.#queue.push(transfer)
    if (!this.#busy) this.#next()
  }

  #next(): void {
    const batch = takeBatch(this.#queue)
    this.#busy = batch.length > 0
    if (isWriting(batch)) this.#writeBatch(batch)
    else if (batch.length > 0) this.#readBatch(batch)
  }

  #writeBatch(batch: readonly Write[]): void {
    const position = this.#appends ? null : (batch[0]?.offset ?? 0)
    writeAll(
      writev,
      this.fd,
      batch.map(({ data }) => data),
      position,
      (error) => {
        this.#finish(batch, ({ id }) => (error ? errorReply(id, error) : statusReply(id, 'OK')))
      },
    )
  }

  #readBatch(batch: readonly Transfer[]): void {
    const replies = batch.map(({ length }) => Buffer.allocUnsafeSlow(DATA_HEADER_BYTES + length))
    const bodies = replies.map((reply) => reply.subarray(DATA_HEADER_BYTES))
    readv(this.fd, bodies, batch[0]?.offset ?? 0, (error, bytesRead) => {
      let left = bytesRead
      this.#finish(batch, ({ id, length }, index) => {
        const count = Math.min(left, length)
        left -= count
        if (error) return errorReply(id, error)
        return count === 0 ? statusReply(id, 'EOF') : dataReply(id, replies[index] ?? Buffer.alloc(0), count)
      })
    })
  }

  /** The next batch is on its way to the disk while the answers to this one are encrypted. */
  #finish(batch: readonly Transfer[], replyTo: (transfer: Transfer, index: number) => Buffer): void {
    this.#next()
    for (const [index, transfer] of batch.entries()) {
      this.#send(replyTo(transfer, index))
      this.#inFlight.finish(transfer.length)
    }
  }
}

const isWriting = (batch: readonly Transfer[]): batch is readonly Write[] => batch[0]?.kind === 'write'

/** Takes the first transfer and all that continue it. */
const takeBatch = (queue: Transfer[]): Transfer[] => {
  let bytes = 0
  let count = 0
  for (const transfer of queue) {
    const continues = count === 0 || isContinuedBy(queue[count - 1], transfer)
    if (
      !continues ||
      count === MAX_BATCH_REQUESTS ||
      (count > 0 && bytes + transfer.length > MAX_BATCH_BYTES)
    )
      break
    bytes += transfer.length
    count += 1
  }
  return queue.splice(0, count)
}

const isContinuedBy = (one: Transfer | undefined, next: Transfer): boolean =>
  one !== undefined && one.kind === next.kind && next.offset === one.offset + one.length
