import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import ignoring from 'ignore'
import { codeOf } from './local-fs.ts'

/** At the top of a folder: what of it is not uploaded, in the words of a .gitignore. */
export const IGNORE_FILE = '.rescaleignore'

/** Whether a path below the folder (with slashes) is uploaded. */
export type PathFilter = (path: string, isFolder: boolean) => boolean

/** What the folder's ignore file leaves; everything where it has none. The file itself is left out too. */
export async function readIgnoreFile(folder: string, name: string = IGNORE_FILE): Promise<PathFilter> {
  const text = await readFile(join(folder, name), 'utf8').catch((error) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return () => true
  const rules = ignoring().add(text)
  return (path, isFolder) => path !== name && !rules.ignores(isFolder ? `${path}/` : path)
}
