import { posix } from 'node:path'
import type { RunInput, RunOrder } from '../../domain/executor.ts'
import { archiveFormat } from '../archives/archive.ts'
import { layOut } from '../archives/archive-layout.ts'
import { inputPath, isReserved, memberPath } from '../contained-name.ts'
import type { InputContents, KnownMember } from './input-contents.ts'
import type { Content, WorkFolder } from './work-folder.ts'

/** The inputs of all analyses, where a real run would have them. */
export function placeSimulatedInputs(order: RunOrder, contents: InputContents, folder: WorkFolder): void {
  for (const analysis of order.analyses) {
    const scripts = [analysis.preProcessScript, analysis.postProcessScript].filter(
      (script) => script !== null,
    )
    for (const input of analysis.inputs) placeInput(input, contents, folder)
    for (const script of scripts) placeInput({ ...script, decompress: false }, contents, folder)
  }
}

function placeInput(input: RunInput, contents: InputContents, folder: WorkFolder): void {
  const path = inputPath(input.name)
  if (isReserved(path)) return
  put(folder, path, { kind: 'stored', bytes: input.bytes, text: contents.text(input.bytes) })
  const format = input.decompress ? archiveFormat(path) : null
  if (format === null) return
  const members = contents.members(input.bytes, format)
  if (members === undefined) folder.holdsUnknown = true
  else unpack(path, members, folder)
}

function unpack(archivePath: string, members: readonly KnownMember[], folder: WorkFolder): void {
  const layout = layOut(
    archivePath,
    members.map(({ member }) => member),
  )
  for (const { member, content } of members) {
    const path = memberPath(member.name)
    if (path === null) continue
    for (const target of layout.targets(path).filter((target) => !isReserved(target))) {
      if (member.kind === 'folder') folder.makeFolder(posix.join(folder.path, target))
      if (member.kind === 'file') put(folder, target, contentOf(content, member.size))
    }
  }
}

const contentOf = (content: Uint8Array | null, size: number): Content =>
  content === null ? { kind: 'unkept', size } : { kind: 'bytes', bytes: content }

const put = (folder: WorkFolder, path: string, content: Content): boolean =>
  folder.write(posix.join(folder.path, path), { content, after: 0 })
