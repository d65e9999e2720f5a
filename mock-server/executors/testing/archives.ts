import { gzipSync } from 'node:zlib'
import { Header } from 'tar'
import yazl from 'yazl'

export interface ZipMember {
  readonly content?: string | Uint8Array
  /** `st_mode` with file type. */
  readonly mode?: number
}

/** Members with an empty name of a folder (`a/`) are folders. */
export async function aZip(members: Readonly<Record<string, string | ZipMember>>): Promise<Buffer> {
  const zip = new yazl.ZipFile()
  const renamed: [string, string][] = []
  for (const [name, member] of Object.entries(members)) {
    const { content = '', mode = 0o100644 } = typeof member === 'string' ? { content: member } : member
    const harmless = isHarmless(name) ? name : placeholderFor(name, renamed.length)
    if (harmless !== name) renamed.push([harmless, name])
    if (name.endsWith('/')) zip.addEmptyDirectory(name)
    else zip.addBuffer(Buffer.from(content), harmless, { mode })
  }
  zip.end()
  const chunks: Buffer[] = []
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk as Uint8Array))
  return renamed.reduce(renameInside, Buffer.concat(chunks))
}

/** yazl refuses to write what an attacker would; the name is put in afterwards, with the same length. */
const isHarmless = (name: string): boolean => !name.startsWith('/') && !name.split('/').includes('..')
const placeholderFor = (name: string, index: number): string => String(index).repeat(name.length)

function renameInside(bytes: Buffer, [from, to]: [string, string]): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1')
}

export interface TarMember {
  readonly path: string
  readonly content?: string
  readonly mode?: number
  readonly type?: 'File' | 'Directory' | 'SymbolicLink' | 'Link' | 'FIFO'
  readonly linkpath?: string
}

export function aTar(members: readonly TarMember[]): Buffer {
  return Buffer.concat([...members.map(tarMember), Buffer.alloc(1024)])
}

export const aTarGz = (members: readonly TarMember[]): Buffer => gzipSync(aTar(members))

function tarMember({ path, content = '', mode = 0o644, type = 'File', linkpath }: TarMember): Buffer {
  const body = Buffer.from(content)
  const header = new Header({
    path,
    mode,
    type,
    size: body.length,
    mtime: new Date(0),
    ...(linkpath ? { linkpath } : {}),
  })
  const block = Buffer.alloc(512)
  header.encode(block, 0)
  return Buffer.concat([block, body, Buffer.alloc((512 - (body.length % 512)) % 512)])
}
