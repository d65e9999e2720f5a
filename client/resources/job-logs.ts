import type { Connection } from '../connection.ts'
import { RescaleError, ValidationError } from '../errors.ts'
import { LineSplitter } from '../line-splitter.ts'
import { filledPath } from '../paths.ts'
import { type LoggedAnalysis, parseProcessLog } from '../process-log.ts'
import type { Transfers } from '../transfers.ts'
import type { CallOptions, RescaleFile } from '../types.ts'

/** What a job's commands wrote. */
export interface ProcessLog {
  readonly file: RescaleFile
  /** As the API gives them: time stamp in front, newline at the end. */
  readonly lines: readonly string[]
  /** The same, taken apart. */
  readonly analyses: readonly LoggedAnalysis[]
}

const LOG_NAME = 'process_output.log'
/** A job with more runs than that is judged by its first ones. */
export const MAX_LOGS = 50

/** The API gives a log as one list of lines. */
const MAX_LOG_BYTES = 256 * 1024 * 1024
/** Longer ones are gone through as they come, where nobody wants all of their lines. */
const STREAMED_BYTES = 8 * 1024 * 1024

/** `process_output.log` of each run, as many as `maxItems`. */
export async function* logFiles(
  connection: Connection,
  jobId: string,
  maxItems: number,
  { signal }: CallOptions,
): AsyncGenerator<RescaleFile, void, undefined> {
  const place = { path: { jobId }, query: { search: LOG_NAME } }
  let found = 0
  for await (const file of connection.list('/api/v2/jobs/{jobId}/files/', place, signal ? { signal } : {})) {
    if (file.name !== LOG_NAME) continue
    yield file
    if (++found >= maxItems) return
  }
}

/** A log with all of its lines. */
export async function readLog(
  connection: Connection,
  file: RescaleFile,
  call: CallOptions,
): Promise<ProcessLog> {
  if (file.decryptedSize > MAX_LOG_BYTES)
    throw new RescaleError(`${LOG_NAME} has ${file.decryptedSize} bytes: too many to be one list of lines`, {
      hint: 'files.download hands it over piece by piece, with a sink; so does rescale jobs logs.',
    })
  const lines = await linesOf(connection, file, call)
  return { file, lines, analyses: parseProcessLog(lines) }
}

/** Goes through the lines of the log of each run, each with its own `onLine`, however long they are. */
export async function scanLogs(
  { connection, transfers }: { readonly connection: Connection; readonly transfers: Transfers },
  jobId: string,
  call: CallOptions,
  next: () => (line: string) => void,
): Promise<void> {
  for await (const file of logFiles(connection, jobId, MAX_LOGS, call)) {
    const onLine = next()
    if (file.decryptedSize > STREAMED_BYTES) await stream(transfers, file, call, onLine)
    else for (const line of await linesOf(connection, file, call)) onLine(line)
  }
}

async function stream(
  transfers: Transfers,
  file: RescaleFile,
  call: CallOptions,
  onLine: (line: string) => void,
): Promise<void> {
  const { download } = await import('../transfer/download.ts')
  const splitter = new LineSplitter()
  const sink = (chunk: Uint8Array) => splitter.take(chunk).forEach(onLine)
  await download(await transfers.context(), file, { ...call, sink })
  splitter.end().forEach(onLine)
}

async function linesOf(connection: Connection, file: RescaleFile, call: CallOptions): Promise<string[]> {
  const init = { params: { path: { fileId: file.id } }, ...call }
  try {
    const { lines } = await connection.call(connection.api.GET('/api/v2/files/{fileId}/lines/', init))
    return lines
  } catch (error) {
    if (error instanceof ValidationError) return linesOfContents(connection, file, call)
    throw error
  }
}

/** Where the platform gives no lines: it has too many of them, or bytes among them that are no text. */
async function linesOfContents(
  connection: Connection,
  file: RescaleFile,
  call: CallOptions,
): Promise<string[]> {
  const path = filledPath('/api/v2/files/{fileId}/contents/', { fileId: file.id })
  const text = await (await connection.request('GET', path, call)).text()
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}
