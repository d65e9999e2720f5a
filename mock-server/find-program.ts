import { accessSync, constants } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** The folders of PATH. A relative one would be another with each working folder. */
export const searchPath = (): string[] => (process.env.PATH ?? '').split(delimiter).filter(isAbsolute)

/** The first of such name in these folders; null when this machine has none. */
export const findProgram = (name: string, folders: readonly string[] = searchPath()): string | null =>
  folders.map((folder) => join(folder, name)).find(isExecutable) ?? null

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
