/** What a client says of its terminal: RFC 4254 §6.2 and §8. */
export interface TerminalRequest {
  /** The value of TERM. */
  readonly type: string
  readonly size: TerminalSize
  /** `ECHO: 1`, `VINTR: 3` … */
  readonly modes: Readonly<Record<string, number | undefined>>
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

/** TERM goes into an environment and is looked up as a file name by terminfo. */
export const isTerminalType = (type: string): boolean => /^[A-Za-z0-9][A-Za-z0-9+._-]{0,63}$/.test(type)

const flags =
  'ISIG ICANON ECHO ECHOE ECHOK ECHONL NOFLSH TOSTOP IEXTEN ECHOCTL ECHOKE IGNPAR PARMRK INPCK ISTRIP INLCR IGNCR ICRNL IXON IXANY IXOFF IMAXBEL OPOST OLCUC ONLCR OCRNL ONOCR ONLRET'.split(
    ' ',
  )

const characters = {
  VINTR: 'intr',
  VQUIT: 'quit',
  VERASE: 'erase',
  VKILL: 'kill',
  VEOF: 'eof',
  VSUSP: 'susp',
  VSTART: 'start',
  VSTOP: 'stop',
  VWERASE: 'werase',
  VLNEXT: 'lnext',
} as const

/** RFC 4254 §8: this value means that there is no such character. */
const NO_CHARACTER = 255

/** The same as arguments of stty(1). */
export const sttyArguments = ({ size, modes }: TerminalRequest): string[] => [
  ...sizeArguments(size),
  ...flags
    .filter((name) => modes[name] !== undefined)
    .map((name) => `${modes[name] === 0 ? '-' : ''}${name.toLowerCase()}`),
  ...Object.entries(characters).flatMap(([name, word]) => {
    const value = modes[name]
    if (value === undefined || value > NO_CHARACTER) return []
    return [word, value === NO_CHARACTER ? 'undef' : `0x${value.toString(16).padStart(2, '0')}`]
  }),
]

export const sizeArguments = ({ rows, columns }: TerminalSize): string[] => [
  'rows',
  String(rows),
  'columns',
  String(columns),
]
