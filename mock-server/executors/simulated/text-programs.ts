import {
  alike,
  operands,
  type Program,
  type ProgramCall,
  type ProgramResult,
  type Programs,
  withErrors,
  written,
} from './program.ts'
import { type Content, type SimulatedFile, sizeOf, textOf } from './work-folder.ts'

export const textPrograms: Programs = {
  cat: concatenate,
  tee,
  awk: (call) => written(printedField(call)),
  head: (call) =>
    call.args.includes('-c') ? headBytes(call) : reader((lines) => lines.slice(0, lineCount(call)))(call),
  tail: (call) => reader((lines) => lines.slice(-lineCount(call)))(call),
  // Filters that are not simulated pass their input on.
  ...alike(['grep', 'sed', 'sort', 'uniq', 'tr', 'cut', 'column'], ({ input }) => written(input ?? '')),
}

const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

function concatenate({ shell, name, args, input }: ProgramCall): ProgramResult {
  const names = operands(args)
  if (names.length === 0) return written(input ?? '')
  const errors: string[] = []
  const found: SimulatedFile[] = []
  for (const operand of names) {
    const path = shell.resolve(operand)
    const file = shell.folder.file(path)
    if (file) found.push(file)
    else if (shell.folder.isFolder(path)) errors.push(`${name}: ${operand}: Is a directory`)
    else if (!shell.folder.mayExist(path)) errors.push(`${name}: ${operand}: No such file or directory`)
  }
  return { ...withErrors(1, errors), ...joined(found) }
}

/** Text when all is known; one file as it is; else something of the right size. */
function joined(files: readonly SimulatedFile[]): { output: string; content?: Content } {
  const texts = files.map(({ content }) => textOf(content))
  if (texts.every((text) => text !== null)) return { output: texts.join('') }
  const [only] = files
  if (files.length === 1 && only) return { output: '', content: only.content }
  const size = files.reduce((sum, { content }) => sum + sizeOf(content), 0)
  return { output: '', content: { kind: 'seeded', size, seed: `joined ${size}`, isText: false } }
}

function tee({ shell, args, input }: ProgramCall): ProgramResult {
  const content: Content = { kind: 'bytes', bytes: Buffer.from(input ?? '') }
  for (const name of operands(args)) shell.folder.write(shell.resolve(name), { content, after: shell.clock })
  return written(input ?? '')
}

const reader =
  (change: (lines: readonly string[]) => readonly string[]): Program =>
  (call) => {
    const names = operands(call.args).filter((name) => !/^\d+$/.test(name))
    const read = concatenate({ ...call, args: names })
    return { ...read, output: change(linesOf(read.output)).join('') }
  }

function lineCount({ args }: ProgramCall): number {
  const [count = '10'] = args
    .map((arg) => /^-?n?(\d+)$/.exec(arg)?.[1])
    .filter((number) => number !== undefined)
  return Number(count)
}

/** `head -c SIZE /dev/zero`. */
function headBytes({ shell, args }: ProgramCall): ProgramResult {
  const size = Number.parseInt(args[args.indexOf('-c') + 1] ?? '', 10) || 0
  return { ...written(''), content: { kind: 'seeded', size, seed: `head ${shell.random()}`, isText: false } }
}

/** `awk '{print $1}'`; other programs pass their input on. */
function printedField({ args, input }: ProgramCall): string {
  const [, number] = /^\s*\{\s*print \$(\d+)\s*;?\s*\}\s*$/.exec(operands(args)[0] ?? '') ?? []
  if (number === undefined || input === null) return input ?? ''
  const field = (line: string): string => line.trim().split(/\s+/)[Number(number) - 1] ?? ''
  return linesOf(input)
    .map((line) => `${field(line)}\n`)
    .join('')
}
