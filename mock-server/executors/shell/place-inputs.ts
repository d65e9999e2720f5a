import { constants, createWriteStream } from 'node:fs'
import { chmod, copyFile, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { RunInput, RunOrder } from '../../domain/executor.ts'
import type { FileStore, StoredBytes } from '../../domain/file-store.ts'
import { archiveFormat } from '../archives/archive.ts'
import { inputPath, isReserved } from '../contained-name.ts'
import type { ShellLimits } from './limits.ts'
import { unpack } from './unpack.ts'

export interface Placing {
  readonly files: FileStore
  /** Where inputs go. */
  readonly workFolder: string
  readonly limits: ShellLimits
  readonly signal: AbortSignal
  /** Tells the user what could not be done. */
  readonly note: (text: string) => Promise<void>
}

/** Puts the inputs of all analyses into the work folder before the first command, in order; a later name wins. */
export async function placeInputs(order: RunOrder, placing: Placing): Promise<void> {
  for (const input of inputsOf(order)) {
    if (placing.signal.aborted) return
    try {
      await placeInput(input, placing)
    } catch (error) {
      await placing.note(`input ${JSON.stringify(input.name)} could not be placed: ${reason(error)}`)
    }
  }
}

/** Each file once, though several analyses may name it. */
function inputsOf(order: RunOrder): Iterable<RunInput> {
  const inputs = order.analyses.flatMap(({ inputs, preProcessScript, postProcessScript }) => [
    ...inputs,
    ...[preProcessScript, postProcessScript].filter((script) => script !== null).map(untouched),
  ])
  return new Map(
    inputs.map((input) => [`${input.bytes.id}\0${input.decompress}\0${input.name}`, input]),
  ).values()
}

const untouched = (script: RunInput): RunInput => ({ ...script, decompress: false })

async function placeInput(input: RunInput, placing: Placing): Promise<void> {
  const path = inputPath(input.name)
  if (isReserved(path)) throw new Error('the name belongs to the log')
  await placeFile(input.bytes, join(placing.workFolder, path), placing)
  const format = input.decompress ? archiveFormat(path) : null
  if (format) await unpack({ ...placing, path, bytes: input.bytes, format })
}

/**
 * A copy, so that a command that changes its input does not change the stored file. Executable, because the uploaded
 * name says nothing of permissions and the tutorial starts an uploaded program (cell 80).
 */
async function placeFile(bytes: StoredBytes, target: string, { files, signal }: Placing): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  await rm(target, { force: true })
  const source = files.pathOf(bytes.id)
  const mode = 0o755
  if (source === null) {
    await pipeline(files.read(bytes.id, 0, bytes.size), createWriteStream(target, { flags: 'wx', mode }), {
      signal,
    })
  } else {
    await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    await chmod(target, mode)
  }
}

export const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))
