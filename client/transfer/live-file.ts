import { dirname } from 'node:path'
import { makeFolder } from '../make-folder.ts'
import { filledPath } from '../paths.ts'
import { AttemptHistory } from './attempt-history.ts'
import { refusal, type TransferContext } from './context.ts'
import { PartFile } from './part-file.ts'

export interface LiveFile {
  readonly jobId: string
  readonly runId: string
  /** Below the run's work directory. */
  readonly path: string
}

export interface LiveCopyOptions {
  readonly maxBytes: number
  /** Copies nothing if the file has exactly that length. */
  readonly unlessBytes: number | undefined
  readonly signal: AbortSignal | undefined
}

/**
 * Copies a file as it is on the cluster right now to `target`, which is replaced in one step. Gives how many bytes
 * came, or undefined when nothing was to be copied or the file is gone.
 */
export async function copyLiveFile(
  context: TransferContext,
  file: LiveFile,
  target: string,
  { maxBytes, unlessBytes, signal }: LiveCopyOptions,
): Promise<number | undefined> {
  const answer = await askFor(context, file, signal)
  const announced = answer.headers['content-length']
  const isLeft =
    announced !== undefined && (Number(announced) > maxBytes || Number(announced) === unlessBytes)
  if (answer.status === 404 || isLeft) {
    answer.discard()
    return undefined
  }
  if (answer.status !== 200) throw await refusal(context, answer)
  await makeFolder(dirname(target))
  const part = await PartFile.temporary(target, `run${file.runId}`, context.fs)
  try {
    let at = 0
    await answer.pump(async (chunk) => {
      if (at + chunk.byteLength > maxBytes) throw new TooLong()
      await part.write([chunk], at)
      at += chunk.byteLength
    })
    await part.commit(target, context.clock, { overwrite: true, durable: false })
    return at
  } catch (error) {
    await part.discard()
    if (error instanceof TooLong) return undefined
    throw error
  }
}

/** Hands a file over as it is on the cluster right now, in order; what `sink` promises is waited for. */
export async function readLiveFile(
  context: TransferContext,
  file: LiveFile,
  sink: (chunk: Uint8Array) => void | Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const answer = await askFor(context, file, signal)
  if (answer.status !== 200) throw await refusal(context, answer)
  await answer.pump(sink)
}

class TooLong extends Error {}

function askFor(context: TransferContext, file: LiveFile, signal: AbortSignal | undefined) {
  const path = filledPath('/api/v2/jobs/{jobId}/runs/{runId}/tail/{path}', { ...file })
  return context.transport.send({ method: 'GET', path, headers: {}, signal, history: new AttemptHistory() })
}
