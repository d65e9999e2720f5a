import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { RunOrder, RunTemplate } from '../../domain/executor.ts'
import type { FileStore, StoredBytes } from '../../domain/file-store.ts'
import { isReserved } from '../contained-name.ts'
import { filledTemplate, maxTemplateBytes, templateTarget } from '../templates.ts'
import { type Placing, reason } from './place-inputs.ts'

/** Makes the files that have templates, after the inputs: a filled template replaces an input of the same name. */
export async function placeTemplates(order: RunOrder, placing: Placing): Promise<void> {
  for (const template of order.analyses.flatMap(({ templates }) => templates)) {
    if (placing.signal.aborted) return
    try {
      await placeTemplate(template, order, placing)
    } catch (error) {
      const name = JSON.stringify(template.processedFilename)
      await placing.note(`the template for ${name} could not be filled: ${reason(error)}`)
    }
  }
}

async function placeTemplate(
  { bytes, processedFilename }: RunTemplate,
  order: RunOrder,
  { files, workFolder }: Placing,
): Promise<void> {
  const path = templateTarget(processedFilename)
  if (isReserved(path)) throw new Error('the name belongs to the log')
  if (bytes.size > maxTemplateBytes) throw new Error(`it has more than ${maxTemplateBytes} bytes`)
  const target = join(workFolder, path)
  await mkdir(dirname(target), { recursive: true })
  await rm(target, { force: true })
  await writeFile(target, filledTemplate(await allOf(files, bytes), order), { flag: 'wx', mode: 0o755 })
}

async function allOf(files: FileStore, { id, size }: StoredBytes): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of files.read(id, 0, size)) chunks.push(chunk)
  return Buffer.concat(chunks)
}
