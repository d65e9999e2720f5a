import { chmod, copyFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunOutput } from '../../domain/executor.ts'
import type { FileStore } from '../../domain/file-store.ts'
import { isReserved } from '../contained-name.ts'
import type { ShellLimits } from './limits.ts'
import { type FoundFile, walkFolder } from './walk-folder.ts'

/** Files on their way into the store at once: hashing keeps one core busy, small files wait for the disk. */
const atOnce = 4

export interface Saving {
  readonly files: FileStore
  readonly workFolder: string
  readonly scratchFolder: string
  readonly limits: ShellLimits
  readonly signal: AbortSignal
  readonly note: (text: string) => Promise<void>
}

/** Moves every regular file of the work folder, the log excepted, into the store. */
export async function saveOutputs(saving: Saving): Promise<RunOutput[]> {
  const { found, leftOut } = await chosen(saving)
  const outputs: (RunOutput | null)[] = Array(found.length).fill(null)
  const waiting = found.entries()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const [index, file] of waiting) {
        if (saving.signal.aborted) return
        outputs[index] = await saveOutput(file, index, saving)
      }
    }),
  )
  if (leftOut > 0)
    await saving.note(`${leftOut} files are not saved: a run may leave ${limitsOf(saving.limits)}`)
  return outputs.filter((output) => output !== null)
}

async function chosen({ workFolder, limits }: Saving): Promise<{ found: FoundFile[]; leftOut: number }> {
  const found: FoundFile[] = []
  let leftOut = 0
  let room = limits.outputBytes
  for await (const file of walkFolder(workFolder)) {
    if (isReserved(file.relativePath)) continue
    if (found.length >= limits.outputFiles || file.stats.size > room) leftOut += 1
    else {
      found.push(file)
      room -= file.stats.size
    }
  }
  return { found, leftOut }
}

async function saveOutput(file: FoundFile, index: number, saving: Saving): Promise<RunOutput | null> {
  try {
    const bytes = await saving.files.adopt(
      await adoptable(file, join(saving.scratchFolder, `output-${index}`)),
    )
    return { relativePath: file.relativePath, bytes }
  } catch (error) {
    await saving.note(`${JSON.stringify(file.relativePath)} could not be saved: ${String(error)}`)
    return null
  }
}

/** A path that can be handed over: readable, named in text, and of a file that has no other name to be changed by. */
async function adoptable({ path, stats }: FoundFile, spare: string): Promise<string> {
  if ((stats.mode & 0o600) !== 0o600) await chmod(path, 0o600)
  if (stats.nlink > 1) await copyFile(path, spare)
  else await rename(path, spare)
  return spare
}

const limitsOf = ({ outputFiles, outputBytes }: ShellLimits): string =>
  `${outputFiles} files and ${outputBytes} bytes`
