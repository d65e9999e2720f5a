import type { Io, Terminal } from './io.ts'

export interface Colours {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
}

const CODES = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const

/** Whether a stream gets colours: a terminal does, unless NO_COLOR is set or the user said no. */
export function hasColours(stream: Terminal, env: Io['env'], wanted: boolean): boolean {
  return wanted && stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
}

export function coloursFor(isOn: boolean): Colours {
  const paint =
    ([open, close]: readonly [number, number]) =>
    (text: string) =>
      isOn ? `\u001b[${open}m${text}\u001b[${close}m` : text
  return {
    bold: paint(CODES.bold),
    dim: paint(CODES.dim),
    red: paint(CODES.red),
    green: paint(CODES.green),
    yellow: paint(CODES.yellow),
  }
}
