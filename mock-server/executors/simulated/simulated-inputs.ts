import { posix } from 'node:path'
import type { RunInput, RunOrder, RunTemplate } from '../../domain/executor.ts'
import type { StoredBytes } from '../../domain/file-store.ts'
import { archiveFormat } from '../archives/archive.ts'
import { layOut } from '../archives/archive-layout.ts'
import { inputPath, isReserved, memberPath } from '../contained-name.ts'
import { hostFiles } from '../host-files.ts'
import { filledTemplate, templateTarget } from '../templates.ts'
import type { InputContents, KnownMember } from './input-contents.ts'
import type { Content, WorkFolder } from './work-folder.ts'

/** Inputs and filled templates of all analyses and the files in the home, where a real run would have them. */
export function placeSimulatedInputs(order: RunOrder, contents: InputContents, folder: WorkFolder): void {
  const top = order.sharedFolder === 'own' ? posix.join(folder.path, 'shared') : folder.path
  for (const analysis of order.analyses) {
    const scripts = [analysis.preProcessScript, analysis.postProcessScript].filter(
      (script) => script !== null,
    )
    for (const input of analysis.inputs) placeInput(input, contents, folder, top)
    for (const script of scripts) placeInput({ ...script, decompress: false }, contents, folder, top)
  }
  for (const template of order.analyses.flatMap(({ templates }) => templates))
    placeTemplate(template, order, contents, folder, top)
  for (const [name, text] of hostFiles(order)) put(folder, folder.home, name, bytesOf(Buffer.from(text)))
}

function placeInput(input: RunInput, contents: InputContents, folder: WorkFolder, top: string): void {
  const path = inputPath(input.name)
  if (isReserved(path)) return
  put(folder, top, path, storedContent(input.bytes, contents))
  const format = input.decompress ? archiveFormat(path) : null
  if (format === null) return
  const members = contents.members(input.bytes, format)
  if (members === undefined) folder.holdsUnknown = true
  else unpack(path, members, folder, top)
}

/** A template that is not known to be text stays as it is. */
function placeTemplate(
  { bytes, processedFilename }: RunTemplate,
  order: RunOrder,
  contents: InputContents,
  folder: WorkFolder,
  top: string,
): void {
  const path = templateTarget(processedFilename)
  if (isReserved(path)) return
  const text = contents.text(bytes)
  const content = text === null ? storedContent(bytes, contents) : filledContent(text, order)
  put(folder, top, path, content)
}

function filledContent(text: string, order: RunOrder): Content {
  try {
    return bytesOf(filledTemplate(Buffer.from(text), order))
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'unkept', size: text.length }
    throw error
  }
}

const bytesOf = (bytes: Uint8Array): Content => ({ kind: 'bytes', bytes })

const storedContent = (bytes: StoredBytes, contents: InputContents): Content => ({
  kind: 'stored',
  bytes,
  text: contents.text(bytes),
})

function unpack(archivePath: string, members: readonly KnownMember[], folder: WorkFolder, top: string): void {
  const layout = layOut(
    archivePath,
    members.map(({ member }) => member),
  )
  for (const { member, content } of members) {
    const path = memberPath(member.name)
    if (path === null) continue
    for (const target of layout.targets(path).filter((target) => !isReserved(target))) {
      if (member.kind === 'folder') folder.makeFolder(posix.join(top, target))
      if (member.kind === 'file') put(folder, top, target, contentOf(content, member.size))
    }
  }
}

const contentOf = (content: Uint8Array | null, size: number): Content =>
  content === null ? { kind: 'unkept', size } : { kind: 'bytes', bytes: content }

const put = (folder: WorkFolder, top: string, path: string, content: Content): boolean =>
  folder.write(posix.join(top, path), { content, after: 0 })
