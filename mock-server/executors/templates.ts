import type { RunOrder } from '../domain/executor.ts'
import { fillTemplate } from '../domain/fill-template.ts'
import { inputPath } from './contained-name.ts'

/** Of a template. Inferred: no source shows a limit. A larger one is refused rather than half filled. */
export const maxTemplateBytes = 16 * 1024 * 1024

/** Of a filled template. */
const maxFilledBytes = 4 * maxTemplateBytes

/** Where the file is made, in the folder of the inputs. */
export const templateTarget = (processedFilename: string): string => inputPath(processedFilename)

/**
 * The template with the run's values in it. Byte for byte, whatever its encoding: variables are looked for in the bytes,
 * and values put in as UTF-8. Throws RangeError when it gets too long.
 */
export function filledTemplate(template: Uint8Array, { variables }: Pick<RunOrder, 'variables'>): Uint8Array {
  const bytesAsText = (text: string): string => Buffer.from(text).toString('latin1')
  const inBytes = variables.map((variable) => ({
    ...variable,
    name: bytesAsText(variable.name),
    displayValue: bytesAsText(variable.displayValue),
  }))
  const text = Buffer.from(template.buffer, template.byteOffset, template.length).toString('latin1')
  return Buffer.from(fillTemplate(text, inBytes, maxFilledBytes), 'latin1')
}
