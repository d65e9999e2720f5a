import { readFile } from 'node:fs/promises'
import { codeOf } from '../transfer/local-fs.ts'
import { UsageError } from './exit-codes.ts'

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
}

/** The text of a small file that a flag names. */
export async function readText(path: string): Promise<string> {
  try {
    // Without the mark that editors of Windows put in front.
    return new TextDecoder().decode(await readFile(path))
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${WHY[codeOf(error)] ?? String(error)}`)
  }
}
