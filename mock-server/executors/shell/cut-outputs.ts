import { constants, type Stats } from 'node:fs'
import { open } from 'node:fs/promises'
import { isReserved } from '../contained-name.ts'
import { walkFolder } from './walk-folder.ts'

/** Half of what the commands wrote last is lost, as if they had been in the middle of it. */
export async function cutNewestOutput(folder: string, since: number): Promise<void> {
  let newest: { readonly path: Buffer; readonly stats: Stats } | null = null
  for await (const { path, relativePath, stats } of walkFolder(folder)) {
    const isOutput = !isReserved(relativePath) && stats.mtimeMs >= since && stats.size > 0
    if (isOutput && stats.mtimeMs >= (newest?.stats.mtimeMs ?? 0)) newest = { path, stats }
  }
  if (newest === null) return
  const file = await open(newest.path, constants.O_WRONLY | constants.O_NOFOLLOW)
  try {
    await file.truncate(Math.floor(newest.stats.size / 2))
  } finally {
    await file.close()
  }
}
