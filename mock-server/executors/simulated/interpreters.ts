import {
  alike,
  failure,
  type Program,
  type ProgramCall,
  type ProgramResult,
  type Programs,
  success,
} from './program.ts'
import type { SimulatedShell } from './simulated-shell.ts'
import { pretend } from './solver.ts'
import { textOf } from './work-folder.ts'

/** Endings that stand for inputs by custom: a script that is given one reads it. */
const inputEnding = /\.(inp|in|cas|jou|msh|cfg|ini|key|bdf)$/

export const interpreters: Programs = {
  ...alike(['bash', 'sh'], runShell),
  ...alike(['source', '.'], includeScript),
  ...alike(['python', 'python3'], runPython),
  perl: interpreter(2, (name, script) => `Can't open ${name} script "${script}": No such file or directory`),
  Rscript: interpreter(
    2,
    (_name, script) => `Fatal error: cannot open file '${script}': No such file or directory`,
  ),
  node: interpreter(1, (_name, script) => `Error: Cannot find module '${script}'`),
}

/** A shell script is gone through like a command. */
export const runScript = (shell: SimulatedShell, script: string): ProgramResult => ({
  exitCode: shell.runWithin(script),
  output: '',
})

function runShell({ shell, name, args }: ProgramCall): ProgramResult {
  const commandAt = args.findIndex((arg) => /^-\w*c$/.test(arg))
  if (commandAt !== -1) return runScript(shell, args[commandAt + 1] ?? '')
  const script = args.find((arg) => !arg.startsWith('-'))
  if (script === undefined) return success
  return textAt(shell, script, 127, `${name}: ${script}: No such file or directory`)
}

function includeScript({ shell, args: [script = ''] }: ProgramCall): ProgramResult {
  return textAt(shell, script, 1, `bash: line 1: ${script}: No such file or directory`)
}

function textAt(shell: SimulatedShell, script: string, exitCode: number, complaint: string): ProgramResult {
  const path = shell.resolve(script)
  if (!shell.folder.mayExist(path)) return failure(exitCode, complaint)
  const file = shell.folder.file(path)
  const text = file && textOf(file.content)
  return text === null ? pretend(shell, script) : runScript(shell, text)
}

/** Python names the full path, and the script itself fails when its input is missing. */
function runPython(call: ProgramCall): ProgramResult {
  const { shell, name, args } = call
  const script = scriptOf(args, /^-[WX]$/)
  if (script === null) return pretend(shell, [name, ...args].join(' '))
  const path = shell.resolve(script)
  if (!shell.folder.mayExist(path)) {
    return failure(2, `${name}: can't open file '${path}': [Errno 2] No such file or directory`)
  }
  const given = args.slice(args.indexOf(script) + 1)
  const missing = given.find((arg) => inputEnding.test(arg) && !shell.folder.mayExist(shell.resolve(arg)))
  return missing === undefined ? pretend(shell, [name, ...args].join(' ')) : traceback(path, missing)
}

const traceback = (path: string, missing: string): ProgramResult =>
  failure(
    1,
    'Traceback (most recent call last):',
    `  File "${path}", line 1, in <module>`,
    `FileNotFoundError: [Errno 2] No such file or directory: '${missing}'`,
  )

function interpreter(exitCode: number, complaint: (name: string, script: string) => string): Program {
  return ({ shell, name, args }) => {
    const script = scriptOf(args, /^$/)
    if (script !== null && !shell.folder.mayExist(shell.resolve(script)))
      return failure(exitCode, complaint(name, script))
    return pretend(shell, [name, ...args].join(' '))
  }
}

/** The first argument that is no option; null when code comes from elsewhere (`-c`, `-m`, `-e`, stdin). */
function scriptOf(args: readonly string[], valued: RegExp): string | null {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? ''
    if (/^-(\w*[cme]|)$/.test(arg)) return null
    if (valued.test(arg)) at += 1
    else if (!arg.startsWith('-')) return arg
  }
  return null
}
