import { formatNumber } from './number-format.ts'
import type { RunVariable } from './run.ts'

/** `${x}`, or with a number format `${x?string("0.00##")}` (Rescale's help on templates). */
const placeholder = /\$\{\s*([^{}?]+?)\s*(?:\?string\(\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”)\s*\))?\s*\}/g

/**
 * The template with the values of a run in place of its variables. Names that no variable has stay as they are
 * (inferred), and so do formats that are not understood or stand behind text that is no number.
 * Throws RangeError when it would become longer than `limit` characters.
 */
export function fillTemplate(template: string, variables: readonly RunVariable[], limit: number): string {
  const values = new Map(variables.map((variable) => [variable.name, variable]))
  let length = template.length
  return template.replace(placeholder, (whole, name: string, ...formats: (string | undefined)[]) => {
    const variable = values.get(name)
    if (!variable) return whole
    const text = shown(
      variable,
      formats.slice(0, 3).find((format) => format !== undefined),
    )
    length += text.length - whole.length
    if (length > limit) throw new RangeError(`the filled template would be longer than ${limit} characters`)
    return text
  })
}

/** Without a format a value is inserted as the CSV file has it, without any change. */
function shown({ value, displayValue }: RunVariable, format: string | undefined): string {
  if (format === undefined || typeof value !== 'number') return displayValue
  return formatNumber(value, format) ?? displayValue
}
