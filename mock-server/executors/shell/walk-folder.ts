import type { Stats } from 'node:fs'
import { chmod, lstat, readdir } from 'node:fs/promises'

/** A regular file below a folder. */
export interface FoundFile {
  /** As bytes, because names on disk need not be text. */
  readonly path: Buffer
  /** With forward slashes; bytes that are no text stand as %XX. */
  readonly relativePath: string
  readonly stats: Stats
}

const slash = Buffer.from('/')

/** Files looked at together. */
const atOnce = 64

/** All regular files, folder by folder, by name. Symbolic links are not followed, other things left out. */
export async function* walkFolder(folder: string): AsyncGenerator<FoundFile> {
  yield* walk(Buffer.from(folder), '')
}

async function* walk(folder: Buffer, prefix: string): AsyncGenerator<FoundFile> {
  const names = await namesIn(folder)
  for (let from = 0; from < names.length; from += atOnce) {
    const paths = names.slice(from, from + atOnce).map((name) => Buffer.concat([folder, slash, name]))
    const found = await Promise.all(paths.map((path) => lstat(path).catch(() => null)))
    for (const [index, path] of paths.entries()) {
      const stats = found[index]
      const relativePath = prefix + textOf(path.subarray(folder.length + 1))
      if (stats?.isDirectory()) yield* walk(path, `${relativePath}/`)
      else if (stats?.isFile()) yield { path, relativePath, stats }
    }
  }
}

/** Empty when the folder is gone meanwhile, or too deep to be reached. */
async function namesIn(folder: Buffer): Promise<Buffer[]> {
  const names = await readdir(folder, 'buffer').catch(async () => {
    // A command may have taken its own permissions away.
    await chmod(folder, 0o700).catch(() => {})
    return readdir(folder, 'buffer').catch(() => [])
  })
  return names.sort(Buffer.compare)
}

function textOf(name: Buffer): string {
  const text = name.toString('utf8')
  if (Buffer.from(text).equals(name)) return text
  return name
    .toString('latin1')
    .replace(/[\x80-\xff%]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`)
}
