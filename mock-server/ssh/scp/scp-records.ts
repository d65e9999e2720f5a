/** A line of the SCP protocol, as the sending side writes it. There is no standard but OpenSSH's scp.c. */
export type ScpRecord =
  | { readonly kind: 'file'; readonly mode: number; readonly size: number; readonly name: string }
  | { readonly kind: 'folder'; readonly mode: number; readonly name: string }
  | { readonly kind: 'folderEnd' }
  | { readonly kind: 'times'; readonly modified: number; readonly accessed: number }
  | { readonly kind: 'trouble'; readonly fatal: boolean; readonly text: string }
  | { readonly kind: 'invalid'; readonly reason: string }

/** OpenSSH's buffer for one line. */
export const MAX_RECORD_BYTES = 16_384

/** `line` is a byte string without its line feed. Never throws. */
export const parseScpRecord = (line: string): ScpRecord => {
  switch (line.charAt(0)) {
    case '\x01':
    case '\x02':
      return { kind: 'trouble', fatal: line.startsWith('\x02'), text: line.slice(1) }
    case 'C':
    case 'D':
      return parseEntry(line)
    case 'E':
      return line === 'E' ? { kind: 'folderEnd' } : invalid('protocol error: bad E record')
    case 'T':
      return parseTimes(line)
    default:
      return invalid('protocol error: expected control record')
  }
}

const parseEntry = (line: string): ScpRecord => {
  const [, type, mode = '', size = '', name = ''] = /^([CD])([0-7]{4}) ([0-9]{1,16}) (.*)$/s.exec(line) ?? []
  if (type === undefined) return invalid('protocol error: bad mode or size')
  if (Number(size) > Number.MAX_SAFE_INTEGER) return invalid('size out of range')
  if (!isPlainName(name)) return invalid(`error: unexpected filename: ${name}`)
  const common = { mode: Number.parseInt(mode, 8) & 0o777, name }
  return type === 'C' ? { kind: 'file', ...common, size: Number(size) } : { kind: 'folder', ...common }
}

/** A name is one entry of a folder, never a path. */
const isPlainName = (name: string): boolean =>
  name !== '' && name !== '.' && name !== '..' && !/[/\0]/.test(name)

const parseTimes = (line: string): ScpRecord => {
  const [, modified, accessed] = /^T([0-9]{1,12}) [0-9]{1,6} ([0-9]{1,12}) [0-9]{1,6}$/.exec(line) ?? []
  if (modified === undefined || accessed === undefined) return invalid('protocol error: bad times')
  return { kind: 'times', modified: Number(modified), accessed: Number(accessed) }
}

const invalid = (reason: string): ScpRecord => ({ kind: 'invalid', reason })

export interface EntryToSend {
  readonly mode: number
  readonly size: number
  readonly name: string
}

/** OpenSSH writes a line feed in a name as `\^J`. */
const nameOnOneLine = (name: string): string => name.replaceAll('\n', '\\^J')

const octal = (mode: number): string => (mode & 0o7777).toString(8).padStart(4, '0')

export const fileRecord = ({ mode, size, name }: EntryToSend): string =>
  `C${octal(mode)} ${size} ${nameOnOneLine(name)}\n`

export const folderRecord = ({ mode, name }: Omit<EntryToSend, 'size'>): string =>
  `D${octal(mode)} 0 ${nameOnOneLine(name)}\n`

export const folderEndRecord = 'E\n'

export const timesRecord = (modified: number, accessed: number): string => `T${modified} 0 ${accessed} 0\n`
