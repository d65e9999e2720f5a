import type { Connection } from '../connection.ts'
import { ValidationError } from '../errors.ts'
import { filledPath } from '../paths.ts'
import { type LoggedAnalysis, parseProcessLog } from '../process-log.ts'
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

/** `process_output.log` of each run, as many as `maxItems`. */
export async function readLogs(
  connection: Connection,
  jobId: string,
  maxItems: number,
  { signal }: CallOptions,
): Promise<ProcessLog[]> {
  const call: CallOptions = signal ? { signal } : {}
  const place = { path: { jobId }, query: { search: LOG_NAME } }
  const logs: ProcessLog[] = []
  for await (const file of connection.list('/api/v2/jobs/{jobId}/files/', place, call)) {
    if (file.name !== LOG_NAME) continue
    logs.push(await readLog(connection, file, call))
    if (logs.length >= maxItems) break
  }
  return logs
}

async function readLog(connection: Connection, file: RescaleFile, call: CallOptions): Promise<ProcessLog> {
  const init = { params: { path: { fileId: file.id } }, ...call }
  const answer = connection.call(connection.api.GET('/api/v2/files/{fileId}/lines/', init))
  const lines = await answer.then(
    (given) => given.lines,
    (error) => {
      if (error instanceof ValidationError) return linesOfContents(connection, file, call)
      throw error
    },
  )
  return { file, lines, analyses: parseProcessLog(lines) }
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
