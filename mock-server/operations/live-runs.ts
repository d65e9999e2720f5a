import { usernameOf } from '../domain/nodes.ts'
import { workFolderOf } from '../domain/process-output.ts'
import type { WorkFolder } from '../domain/work-folder.ts'
import type { ExchangeAnswer } from '../exchange/http.ts'
import { contentTypeOf } from '../exchange/ranges-content-answer.ts'
import { fileTypeOf, headBytes } from './file-type.ts'
import type { Operation } from './operation.ts'
import { bytesOf, lastLines } from './tail-lines.ts'

/** After the run these answer with an object that has `detail` (TN21), which clients tell from an array. */
const NOT_ACTIVE = { status: 404, body: { detail: 'The run is not active.' } } as const

const NOT_FOUND = { status: 404, body: { detail: 'Not found.' } } as const

/** Files up to this size are read before they are answered, so that their size is that of one instant. Bytes. */
const wholeBytes = 1 << 20

export const listRunDirectory: Operation<'listRunDirectory'> = async ({ platform, path }) => {
  const folder = platform.workFolder(path.jobId, path.runId)
  if (!folder) return NOT_ACTIVE
  const files = await folder.list()
  return {
    status: 200,
    body: files.map(({ relativePath }) => ({
      path: relativePath,
      resource: `/api/v2/jobs/${path.jobId}/runs/${path.runId}/tail/${relativePath.split('/').map(encodeURIComponent).join('/')}`,
    })),
  }
}

export const tailRunFile: Operation<'tailRunFile'> = async ({ platform, path, query }) => {
  const folder = platform.workFolder(path.jobId, path.runId)
  if (!folder) return NOT_ACTIVE
  if (query.lines === undefined) return wholeFile(folder, path.path)
  const file = await folder.open(path.path)
  if (!file) return NOT_FOUND
  try {
    const place = `${workFolderOf(usernameOf({ id: path.jobId }), false)}/${file.relativePath}`
    const fileType = `${place}: ${fileTypeOf(await bytesOf(file, 0, Math.min(file.size, headBytes)))}`
    return { status: 200, body: { fileType, lines: await lastLines(file, query.lines) } }
  } finally {
    await file.close()
  }
}

async function wholeFile(
  folder: WorkFolder,
  path: string,
): Promise<typeof NOT_FOUND | { raw: ExchangeAnswer }> {
  const file = await folder.open(path)
  if (!file) return NOT_FOUND
  const { size } = file
  try {
    const body =
      size > wholeBytes ? { size, read: () => readAgain(folder, path, size) } : await bytesOf(file, 0, size)
    // As with stored files: a page must not run in the browser as one of ours.
    const headers = { 'content-type': contentTypeOf(path), 'x-content-type-options': 'nosniff' }
    return { raw: { status: 200, headers, body } }
  } finally {
    await file.close()
  }
}

/** Opened when it is sent, and so closed in any case. */
async function* readAgain(folder: WorkFolder, path: string, size: number): AsyncGenerator<Uint8Array> {
  const file = await folder.open(path)
  if (!file) return
  try {
    yield* file.read(0, size)
  } finally {
    await file.close()
  }
}

export const stopRun: Operation<'stopRun'> = ({ platform, path }) => {
  platform.stopRun(path.jobId, path.runId)
  return { status: 200, body: {} }
}

export const snapshotRun: Operation<'snapshotRun'> = async ({ platform, path, files }) => {
  const folder = platform.workFolder(path.jobId, path.runId)
  if (!folder) return { status: 400, body: { detail: 'The run is not active.' } }
  const { packFolder } = await import('./snapshot-archive.ts')
  const bytes = await packFolder(folder, files, platform.now())
  try {
    const { id } = platform.addSnapshot(path.jobId, path.runId, bytes)
    return {
      status: 200,
      body: { data: '', exitcode: 0, lastSnapshotID: id, reason: 'Generating snapshot.' },
    }
  } catch (error) {
    // The run ended while its folder was packed.
    await files.remove(bytes.id)
    throw error
  }
}
