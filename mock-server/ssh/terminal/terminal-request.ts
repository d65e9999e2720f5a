/**
 * What a client says of its terminal: RFC 4254 §6.2. The terminal's modes are left out: ssh2 1.17 reads them from
 * the second byte on (handlers.misc.js, `pty-req`), and what it makes of them means nothing.
 */
export interface TerminalRequest {
  /** The value of TERM. */
  readonly type: string
  readonly size: TerminalSize
}

export interface TerminalSize {
  readonly rows: number
  readonly columns: number
}

/** The kernel keeps sizes in 16 bits. */
const MAX_SIZE = 0xffff

const usable = (value: number): number => Math.min(Math.max(Math.trunc(value) || 0, 0), MAX_SIZE)

export const sizeOf = (rows: number, columns: number): TerminalSize => ({
  rows: usable(rows),
  columns: usable(columns),
})

/** TERM is looked up as a file name by terminfo: what is no plain name becomes the terminal that can do nothing. */
export const terminalTypeOf = (name: string | undefined): string =>
  name !== undefined && /^[A-Za-z0-9][A-Za-z0-9+._-]{0,63}$/.test(name) ? name : 'dumb'

/** As arguments of stty(1). */
export const sizeArguments = ({ rows, columns }: TerminalSize): string[] => [
  'rows',
  String(rows),
  'columns',
  String(columns),
]
