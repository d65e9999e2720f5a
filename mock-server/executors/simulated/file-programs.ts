import { posix } from 'node:path'
import {
  alike,
  failure,
  operands,
  type ProgramCall,
  type ProgramResult,
  type Programs,
  success,
  withErrors,
} from './program.ts'
import type { SimulatedShell } from './simulated-shell.ts'
import type { Content } from './work-folder.ts'

const missing = 'No such file or directory'
const empty: Content = { kind: 'bytes', bytes: new Uint8Array(0) }

/** What a made-up archive takes. Bytes. */
const archiveSize = 4096

export const filePrograms: Programs = {
  ls: list,
  rm: remove,
  touch,
  mkdir: ({ shell, args }) => {
    for (const name of operands(args)) shell.folder.makeFolder(shell.resolve(name))
    return success
  },
  cp: (call) => transfer(call, true),
  mv: (call) => transfer(call, false),
  ...alike(
    ['chmod', 'chown', 'ln', 'sync', 'ulimit', 'module', 'umask', 'shopt', 'trap', 'unset'],
    () => success,
  ),
  ...alike(['tar', 'zip', 'unzip', 'gunzip', 'gzip', '7z', '7za'], handleArchive),
}

function touch({ shell, args }: ProgramCall): ProgramResult {
  for (const path of operands(args).map((name) => shell.resolve(name))) {
    if (!shell.folder.file(path)) shell.folder.write(path, { content: empty, after: shell.clock })
  }
  return success
}

function list({ shell, name, args }: ProgramCall): ProgramResult {
  const errors: string[] = []
  const lines: string[] = []
  const names = operands(args)
  for (const operand of names.length > 0 ? names : ['.']) {
    const path = shell.resolve(operand)
    if (!shell.folder.mayExist(path)) errors.push(`${name}: cannot access '${operand}': ${missing}`)
    else if (!shell.folder.isFolder(path)) lines.push(operand)
    else if (shell.maySearch()) lines.push(...shell.folder.names(path))
  }
  return withErrors(2, errors, lines.map((line) => `${line}\n`).join(''))
}

function remove({ shell, name, args }: ProgramCall): ProgramResult {
  const options = args.filter((arg) => arg.startsWith('-')).join('')
  const problem = (operand: string): string | null => {
    const path = shell.resolve(operand)
    if (shell.folder.isFolder(path)) return removeFolder(shell, path, /r/i.test(options))
    if (shell.folder.remove(path) || options.includes('f') || shell.folder.mayExist(path)) return null
    return missing
  }
  const errors = operands(args).flatMap((operand) => {
    const text = problem(operand)
    return text === null ? [] : [`${name}: cannot remove '${operand}': ${text}`]
  })
  return withErrors(1, errors)
}

function removeFolder(shell: SimulatedShell, path: string, isRecursive: boolean): string | null {
  if (!isRecursive) return 'Is a directory'
  if (shell.maySearch()) shell.folder.removeTree(path)
  return null
}

function transfer({ shell, name, args }: ProgramCall, keepsSource: boolean): ProgramResult {
  const sources = operands(args)
  const last = sources.pop()
  if (last === undefined || sources.length === 0) return failure(1, `${name}: missing file operand`)
  const errors = sources.filter((source) => !transferOne(shell, source, shell.resolve(last), keepsSource))
  return withErrors(
    1,
    errors.map((source) => `${name}: cannot stat '${source}': ${missing}`),
  )
}

/** False when there is no such source. Whole folders are left where they are. */
function transferOne(shell: SimulatedShell, source: string, target: string, keepsSource: boolean): boolean {
  const path = shell.resolve(source)
  const file = shell.folder.file(path)
  if (!file) return shell.folder.mayExist(path)
  const to = shell.folder.isFolder(target) ? posix.join(target, posix.basename(path)) : target
  if (to === path) return true
  shell.folder.write(to, { content: file.content, after: shell.clock })
  if (!keepsSource) shell.folder.remove(path)
  return true
}

/** Archives that a command unpacks itself are not looked into: afterwards anything may be there. */
function handleArchive({ shell, name, args }: ProgramCall): ProgramResult {
  const archive = args.find((arg) => /\.(zip|tar|tgz|gz|bz2|xz|7z)$/.test(arg))
  if (archive === undefined) return success
  const path = shell.resolve(archive)
  if (name === 'zip' || args[0] === 'a' || /^-?[a-z]*c[a-z]*$/.test(args[0] ?? '')) {
    shell.folder.write(path, {
      content: { kind: 'seeded', size: archiveSize, seed: path, isText: false },
      after: shell.clock,
    })
    return success
  }
  if (!shell.folder.mayExist(path)) return failure(2, `${name}: ${archive}: Cannot open: ${missing}`)
  shell.folder.holdsUnknown = true
  return success
}
