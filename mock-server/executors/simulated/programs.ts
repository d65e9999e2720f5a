import { posix } from 'node:path'
import { basicPrograms } from './basic-programs.ts'
import { dataPrograms } from './data-programs.ts'
import { filePrograms } from './file-programs.ts'
import { interpreters, runScript } from './interpreters.ts'
import { failure, type Program, type ProgramCall, type ProgramResult } from './program.ts'
import type { SimulatedShell } from './simulated-shell.ts'
import { pretend } from './solver.ts'
import { textPrograms } from './text-programs.ts'
import { textOf } from './work-folder.ts'

const known: ReadonlyMap<string, Program> = new Map(
  Object.entries({ ...basicPrograms, ...filePrograms, ...textPrograms, ...dataPrograms, ...interpreters }),
)

/** Programs that start another: what stands before it, as options and variables, is passed over. */
const launchers = new Set([
  'mpirun',
  'mpiexec',
  'srun',
  'time',
  'nohup',
  'env',
  'exec',
  'command',
  'nice',
  'timeout',
  'stdbuf',
])

/** Programs that are not known are solvers that we do not have: they succeed. */
export function runProgram(call: ProgramCall): ProgramResult {
  const words = [call.name, ...call.args]
  let at = 0
  while (launchers.has(words[at] ?? '')) at = afterLauncher(words, at)
  // A launcher with nothing to launch, such as `env`, is a program itself.
  const from = at < words.length ? at : 0
  const name = words[from] ?? ''
  return programOf(call.shell, name)({ ...call, name, args: words.slice(from + 1) })
}

/** Options of launchers that take a value: `-np 4`. */
const valued =
  /^-(n|np|N|c|ppn|hostfile|machinefile|host|hosts|f|x|genv|bind-to|map-by|-ntasks|-nodes|o|e|k|s)$/

function afterLauncher(words: readonly string[], launcher: number): number {
  let at = launcher + 1
  while (at < words.length && /^-|^\w+=|^\d+(\.\d+)?[smhd]?$/.test(words[at] ?? '')) {
    at += valued.test(words[at] ?? '') ? 2 : 1
  }
  return at
}

function programOf(shell: SimulatedShell, name: string): Program {
  if (!name.includes('/')) return known.get(name) ?? solver
  const path = shell.resolve(name)
  if (!shell.folder.isOurs(path)) return known.get(posix.basename(path)) ?? solver
  if (shell.folder.isFolder(path)) return () => failure(126, `bash: ${name}: Is a directory`)
  if (!shell.folder.mayExist(path)) return () => failure(127, `bash: ${name}: No such file or directory`)
  const file = shell.folder.file(path)
  const script = file && textOf(file.content)
  return script && isShellScript(script) ? () => runScript(shell, script) : solver
}

const isShellScript = (text: string): boolean => /^#!\s*(\/usr)?\/bin\/(env )?(ba)?sh\b/.test(text)

const solver: Program = ({ shell, name }) => pretend(shell, name)
