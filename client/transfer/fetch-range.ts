import { ConnectError, IntegrityError } from '../errors.ts'
import type { AttemptHistory } from './attempt-history.ts'
import { refusal, type TransferContext } from './context.ts'
import { checkLength, checkPartial } from './ranges.ts'
import { Enough, SegmentWriter, type Sink } from './segment-writer.ts'
import type { Segment } from './segments.ts'
import type { TransferAnswer } from './transport.ts'

/** Where the bytes of one file come from and go to. */
export interface RangeSource {
  readonly context: TransferContext
  /** The path of the file's contents. */
  readonly path: string
  readonly size: number
  readonly sink: Sink
  /** Whether the sink has no use for the bytes once it has written them, so that their memory may be used again. */
  readonly forgets: boolean
  readonly onWritten: (bytes: number) => void
  /** A request has delivered so many bytes, in so many milliseconds. */
  readonly onDelivered: (bytes: number, ms: number) => void
}

/** What the answers for one file have in common. */
export interface RangeState {
  etag: string | undefined
  /** A 206 has come: the server knows ranges. */
  knowsRanges: boolean
}

/** The server answered 200 to a Range: what it sends starts at byte 0, whatever was asked for. */
export class RangesIgnored extends Error {}

export interface RangeOptions {
  readonly signal: AbortSignal
  readonly state: RangeState
  /** Asks for a range even where it is the whole file, so that others may take over a part of it. */
  readonly alwaysRange: boolean
  readonly onAccepted: () => void
  readonly history: AttemptHistory
}

/** One request for what a segment lacks. The segment is complete afterwards, or this throws. */
export async function fetchRange(
  source: RangeSource,
  segment: Segment,
  options: RangeOptions,
): Promise<void> {
  const asked = { start: segment.next, end: segment.end }
  const whole = asked.start === 0 && asked.end === source.size - 1
  const headers: Record<string, string> =
    whole && !options.alwaysRange ? {} : { Range: `bytes=${asked.start}-${asked.end}` }
  const { context, path } = source
  const { signal, history } = options
  const answer = await context.transport.send({ method: 'GET', path, headers, signal, history })
  if (answer.status === 200 && !whole) {
    answer.discard()
    throw new RangesIgnored()
  }
  if (answer.status !== 206 && answer.status !== 200) throw await refused(source, answer)
  checked(answer, () => {
    if (answer.status === 200) checkLength(answer.headers, source.size, answer.request)
    else checkPartial(answer.headers, asked, source.size, answer.request)
    checkEtag(answer, options.state)
  })
  if (answer.status === 206) options.state.knowsRanges = true
  options.onAccepted()
  await receive(source, segment, answer, asked.end, history)
}

/** The file from its first byte, without a range. */
export async function fetchWhole(
  source: RangeSource,
  segment: Segment,
  signal: AbortSignal,
  history: AttemptHistory,
): Promise<void> {
  const { context, path } = source
  const answer = await context.transport.send({ method: 'GET', path, headers: {}, signal, history })
  if (answer.status !== 200) throw await refused(source, answer)
  checked(answer, () => checkLength(answer.headers, source.size, answer.request))
  await receive(source, segment, answer, segment.end, history)
}

/** An answer that is not taken must be given up: its connection would wait for somebody to read it. */
function checked(answer: TransferAnswer, check: () => void): void {
  try {
    check()
  } catch (error) {
    answer.discard()
    throw error
  }
}

async function receive(
  source: RangeSource,
  segment: Segment,
  answer: TransferAnswer,
  askedEnd: number,
  history: AttemptHistory,
): Promise<void> {
  const { clock } = source.context
  const writer = new SegmentWriter(segment, askedEnd, source.sink, (chunks, bytes) => {
    if (source.forgets) for (const chunk of chunks) answer.giveBack?.(chunk)
    source.onWritten(bytes)
  })
  segment.since = clock.now()
  segment.from = segment.next
  try {
    await answer
      .pump((chunk) => writer.add(chunk))
      .catch((error) => {
        if (error instanceof Enough) return
        history.brokeOff(error, clock.now())
        throw error
      })
  } finally {
    source.onDelivered(segment.received - segment.from, clock.now() - segment.since)
    segment.since = undefined
    // What came before a connection broke is good, and need not come again.
    await writer.flush()
  }
  if (segment.next > segment.end) return
  const what = `The answer ended at byte ${segment.next} of ${segment.start}-${segment.end}`
  const error = new ConnectError(what, { maybeSent: true }, { request: answer.request })
  history.brokeOff(error, clock.now())
  throw error
}

async function refused(source: RangeSource, answer: TransferAnswer): Promise<Error> {
  if (answer.status !== 416) return refusal(source.context, answer)
  answer.discard()
  return new IntegrityError(`The file has fewer than ${source.size} bytes now: it changed`, {
    request: answer.request,
  })
}

function checkEtag(answer: TransferAnswer, state: RangeState): void {
  const etag = answer.headers.etag
  state.etag ??= etag
  if (etag !== undefined && etag !== state.etag) {
    throw new IntegrityError('The file changed while it was being fetched', { request: answer.request })
  }
}
