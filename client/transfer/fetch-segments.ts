import {
  ConnectError,
  HttpError,
  IntegrityError,
  RateLimitedError,
  ServerError,
  TimeoutError,
} from '../errors.ts'
import { refusal, type TransferContext } from './context.ts'
import { checkLength, checkPartial } from './ranges.ts'
import { SegmentWriter, type Sink } from './segment-writer.ts'
import type { Segment, SegmentPlan } from './segments.ts'
import { TaskGroup } from './task-group.ts'
import type { TransferAnswer } from './transport.ts'

/** One file's bytes on their way into a sink. */
export interface FetchJob {
  readonly context: TransferContext
  /** The path of the file's contents. */
  readonly path: string
  readonly plan: SegmentPlan
  readonly connections: number
  readonly sink: Sink
  readonly signal: AbortSignal | undefined
  /** Called when more bytes are written. */
  readonly onWritten: () => void
  /** Called before bytes that are written already are fetched again; throws where that is impossible. */
  readonly onRestart: () => void
}

// In a row and without progress. aria2 tries 5 times, rclone 10.
const MAX_FAILURES = 5
const PROGRESS_BYTES = 64 * 1024
const FIRST_BACKOFF_MS = 250
const LAST_BACKOFF_MS = 8_000
// Waiting longer than that for a rate limit is the caller's decision.
const MAX_RETRY_AFTER_MS = 120_000

/** The server answered 200 to a Range: what it sends starts at byte 0, whatever was asked for. */
class RangesIgnored extends Error {}

/**
 * Fetches every segment of the plan, over so many connections at a time. A segment that breaks off is resumed
 * where it broke. If the server turns out not to know ranges, the file is fetched as one stream instead.
 */
export async function fetchSegments(job: FetchJob): Promise<void> {
  try {
    await fetchRanges(job)
  } catch (error) {
    if (!(error instanceof RangesIgnored)) throw error
    if (job.plan.written() > 0) job.onRestart()
    await fetchAsOne(job)
  }
}

async function fetchRanges(job: FetchJob): Promise<void> {
  const group = new TaskGroup(job.signal)
  const state: RangeState = { etag: undefined }
  const worker = async (onAccepted?: () => void) => {
    for (let segment = job.plan.take(); segment && !group.signal.aborted; segment = job.plan.take()) {
      await resumed(job, segment, group.signal, () =>
        fetchRange(job, segment, group.signal, state, onAccepted),
      )
    }
  }
  let others = job.connections - 1
  // The others wait for the first answer: a server that ignores ranges would send the file to each of them.
  const startOthers = () => {
    for (; others > 0; others--) group.run(() => worker())
  }
  group.run(() => worker(startOthers))
  await group.done()
}

interface RangeState {
  etag: string | undefined
}

async function fetchRange(
  job: FetchJob,
  segment: Segment,
  signal: AbortSignal,
  state: RangeState,
  onAccepted: (() => void) | undefined,
): Promise<void> {
  const asked = { start: segment.next, end: segment.end }
  const whole = asked.start === 0 && asked.end === job.plan.size - 1
  const headers: Record<string, string> = whole ? {} : { Range: `bytes=${asked.start}-${asked.end}` }
  const answer = await job.context.transport.send({ method: 'GET', path: job.path, headers, signal })
  if (answer.status === 200 && !whole) {
    answer.discard()
    throw new RangesIgnored()
  }
  if (answer.status !== (whole ? 200 : 206)) throw await refused(job, answer)
  try {
    if (whole) checkLength(answer.headers, job.plan.size, answer.request)
    else checkPartial(answer.headers, asked, job.plan.size, answer.request)
    checkEtag(answer, state)
  } catch (error) {
    answer.discard()
    throw error
  }
  onAccepted?.()
  await receive(job, segment, answer)
}

async function fetchAsOne(job: FetchJob): Promise<void> {
  const group = new TaskGroup(job.signal)
  const segment = job.plan.restartAsOne()
  const attempt = async () => {
    if (segment.next > 0) {
      job.onRestart()
      segment.next = 0
    }
    const request = { method: 'GET' as const, path: job.path, headers: {}, signal: group.signal }
    const answer = await job.context.transport.send(request)
    if (answer.status !== 200) throw await refused(job, answer)
    checkLength(answer.headers, job.plan.size, answer.request)
    await receive(job, segment, answer)
  }
  group.run(() => resumed(job, segment, group.signal, attempt))
  await group.done()
}

async function receive(job: FetchJob, segment: Segment, answer: TransferAnswer): Promise<void> {
  const writer = new SegmentWriter(segment, job.sink, job.onWritten)
  try {
    await answer.pump((chunk) => writer.add(chunk))
  } finally {
    // What came before a connection broke is good, and need not come again.
    await writer.flush()
  }
  if (segment.next <= segment.end) {
    const what = `The answer ended at byte ${segment.next} of ${segment.start}-${segment.end}`
    throw new ConnectError(what, { maybeSent: true }, { request: answer.request })
  }
}

async function refused(job: FetchJob, answer: TransferAnswer): Promise<Error> {
  if (answer.status !== 416) return refusal(job.context, answer)
  answer.discard()
  return new IntegrityError(`The file has fewer than ${job.plan.size} bytes now: it changed`, {
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

async function resumed(
  job: FetchJob,
  segment: Segment,
  signal: AbortSignal,
  attempt: () => Promise<void>,
): Promise<void> {
  let failures = 0
  for (;;) {
    const before = segment.next
    try {
      return await attempt()
    } catch (error) {
      failures = segment.next - before >= PROGRESS_BYTES ? 1 : failures + 1
      const pause = signal.aborted ? undefined : pauseAfter(error, failures)
      if (pause === undefined) throw error
      await job.context.clock.sleep(pause, signal)
    }
  }
}

/** How long to wait before trying again, or undefined when that is of no use. */
function pauseAfter(error: unknown, failures: number): number | undefined {
  if (failures >= MAX_FAILURES) return undefined
  if (error instanceof RateLimitedError) {
    const wait = error.retryAfterMs ?? LAST_BACKOFF_MS
    return wait <= MAX_RETRY_AFTER_MS ? wait : undefined
  }
  const passing =
    error instanceof ConnectError ||
    error instanceof TimeoutError ||
    error instanceof ServerError ||
    (error instanceof HttpError && error.status === 408)
  if (!passing) return undefined
  const backoff = Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), LAST_BACKOFF_MS)
  // Half of it at random, so that connections that broke together do not come back together.
  return backoff * (0.5 + Math.random() / 2)
}
