import { literal } from '../harness/regexp-literal.ts'

/** A call as a page shows it, with what must come of it. */
export interface ShownCall {
  /** The page's heading above it. */
  readonly step: string
  /** What is typed, here-documents included. */
  readonly command: string
  /** Lines of output; `…` stands for anything in a line, and alone in a line for any lines. */
  readonly output: readonly string[]
  readonly exitCode: number
}

/** The calls in the `console` blocks of a page, in their order. */
export function shownCalls(markdown: string): ShownCall[] {
  const calls: ShownCall[] = []
  let step = ''
  let isIn = false
  let block: string[] = []
  for (const line of markdown.split('\n')) {
    if (!isIn && line.startsWith('#')) step = line.replace(/^#+ /, '')
    else if (!isIn && line === '```console') isIn = true
    else if (isIn && line === '```') {
      calls.push(...callsOf(step, block))
      isIn = false
      block = []
    } else if (isIn) block.push(line)
  }
  return calls
}

function callsOf(step: string, lines: readonly string[]): ShownCall[] {
  const calls: { command: string[]; output: string[] }[] = []
  let until: string | undefined
  for (const line of lines) {
    const call = calls.at(-1)
    if (until !== undefined) {
      call?.command.push(line)
      if (line === until) until = undefined
    } else if (line.startsWith('$ ')) {
      calls.push({ command: [line.slice(2)], output: [] })
      until = /<<'?(\w+)'?$/.exec(line)?.[1]
    } else call?.output.push(line)
  }
  return calls.map(({ command, output }) => {
    const exitCode = Number(/^\[exit (\d+)\]$/.exec(output.at(-1) ?? '')?.[1] ?? 0)
    return {
      step,
      command: command.join('\n'),
      output: exitCode === 0 ? output : output.slice(0, -1),
      exitCode,
    }
  })
}

/** Whether what came is what is shown. */
export function matches(shown: readonly string[], came: string): boolean {
  const pattern = shown.map((line) => (line === '…' ? '(?:.*\n)*?' : `${lineOf(line)}\n`)).join('')
  return new RegExp(`^${pattern}$`).test(came === '' || came.endsWith('\n') ? came : `${came}\n`)
}

const lineOf = (line: string): string =>
  line
    .split('…')
    .map((part) => literal(part).replace(/ +/g, ' +'))
    .join('.*')
