import { readParameters } from './upload-header-parameters.ts'

/** What a part says of itself before its data. */
export interface Part {
  readonly field: string
  /** Undefined for a plain field. */
  readonly filename: string | undefined
  /** Undefined unless the part's content type holds one. */
  readonly typeId: number | undefined
}

/** Null for a part that names no field, which is passed over. */
export function readPart(head: Buffer): Part | null {
  const headers = readHeaders(decode(head))
  const { parameters } = readParameters(headers.get('content-disposition') ?? '')
  const field = parameters.get('name')
  if (field === undefined) return null
  return { field, filename: filenameOf(parameters), typeId: typeIdIn(headers.get('content-type') ?? '') }
}

/** Clients send UTF-8; what is not is taken for Latin-1, so that every name comes out as something. */
function decode(head: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(head)
  } catch {
    return head.toString('latin1')
  }
}

function readHeaders(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  // A line that begins with white space goes on with the one before (obsolete, yet Django reads it).
  for (const line of text.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
  return headers
}

function filenameOf(parameters: ReadonlyMap<string, string>): string | undefined {
  const extended = decodeExtended(parameters.get('filename*'))
  if (extended !== undefined) return cleaned(extended)
  const plain = parameters.get('filename')
  return plain === undefined ? undefined : cleaned(unescapeQuotes(plain))
}

/** RFC 8187: charset, language, percent-encoded text. Undefined when it is not that. */
function decodeExtended(value: string | undefined): string | undefined {
  const [, charset, encoded] = /^(utf-8|iso-8859-1)'[^']*'(.*)$/is.exec(value ?? '') ?? []
  if (charset === undefined || encoded === undefined) return undefined
  const bytes = encoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  // A character beyond Latin-1 has no place in this form.
  if (/[^\0-\xff]/.test(bytes)) return undefined
  return charset.toLowerCase() === 'utf-8' ? Buffer.from(bytes, 'latin1').toString() : bytes
}

/** Browsers, curl and requests write a quote and line ends in a name so (WHATWG: multipart/form-data). */
const unescapeQuotes = (name: string): string =>
  name.replace(/%22/g, '"').replace(/%0d/gi, '\r').replace(/%0a/gi, '\n')

/** Without control characters, as Django's `sanitize_file_name`, which also refuses names that are only dots. */
function cleaned(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed
  const printable = name.replace(/[\x00-\x1f\x7f]/g, '').trim()
  return printable === '.' || printable === '..' ? '' : printable
}

/**
 * The documented way to say the type of a file puts a Python dictionary where a content type belongs:
 * `Content-Type: {'type_id': 1}` (facts §5.2).
 */
function typeIdIn(contentType: string): number | undefined {
  const digits = /["']?type_?id["']?\s*[:=]\s*["']?(\d{1,9})/i.exec(contentType)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
