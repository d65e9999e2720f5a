import { posix } from 'node:path'
import type { Duration } from '../../domain/instant.ts'
import { expandWord } from './expand.ts'
import type { ProgramResult } from './program.ts'
import type { Redirection } from './shell-script.ts'
import type { SimulatedShell } from './simulated-shell.ts'
import { type Content, textOf } from './work-folder.ts'

/** A file that takes what a program writes. */
export interface FileTarget {
  /** Takes text of stderr, or of the time before the program ends. */
  add(text: string): void
  /** Makes the file, when the program has ended. */
  write(result: ProgramResult, from: Duration, after: Duration): void
}

export type Target = 'log' | 'pipe' | 'nowhere' | FileTarget

export interface StreamTargets {
  readonly out: Target
  readonly error: Target
  /** Path of the file that stands for stdin. */
  readonly input?: string
}

interface OpenTargets {
  out: Target
  error: Target
  input?: string
}

/** What bash says when it cannot open a file. */
class Problem {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** Where a command's streams go, or what bash says instead. */
export function outputsOf(
  shell: SimulatedShell,
  redirections: readonly Redirection[],
  isPiped: boolean,
): StreamTargets | string {
  const targets: OpenTargets = { out: isPiped ? 'pipe' : 'log', error: 'log' }
  for (const redirection of redirections) {
    const name = expandWord(shell, redirection.target).join(' ')
    const problem =
      redirection.stream === 'in'
        ? openInput(shell, targets, name)
        : redirect(shell, targets, redirection, name)
    if (problem !== null) return `bash: ${name}: ${problem.text}`
  }
  return targets
}

function openInput(shell: SimulatedShell, targets: OpenTargets, name: string): Problem | null {
  targets.input = shell.resolve(name)
  return shell.folder.mayExist(targets.input) ? null : new Problem('No such file or directory')
}

function redirect(
  shell: SimulatedShell,
  targets: OpenTargets,
  { stream, isAppending, isCopy }: Redirection,
  name: string,
): Problem | null {
  const target = isCopy ? copyOf(targets, name) : targetOf(shell, shell.resolve(name), isAppending)
  if (target instanceof Problem) return target
  if (stream !== 'error') targets.out = target
  if (stream !== 'out') targets.error = target
  return null
}

const copyOf = (targets: OpenTargets, number: string): Target =>
  number === '1' ? targets.out : number === '2' ? targets.error : 'nowhere'

function targetOf(shell: SimulatedShell, path: string, isAppending: boolean): Target | Problem {
  if (path === '/dev/stdout' || path === '/dev/stderr') return 'log'
  if (!shell.folder.isOurs(path)) return 'nowhere'
  if (shell.folder.isFolder(path)) return new Problem('Is a directory')
  if (!shell.folder.isFolder(posix.dirname(path)) && !shell.folder.holdsUnknown) {
    return new Problem('No such file or directory')
  }
  return fileTarget(shell, path, isAppending)
}

/** What a simulated command may write into one file. Characters. */
const maxText = 256 * 1024

function fileTarget(shell: SimulatedShell, path: string, isAppending: boolean): FileTarget {
  const old = isAppending ? shell.folder.file(path) : null
  let text = old === null ? '' : (textOf(old.content) ?? '')
  const save = (content: Content, from: Duration, after: Duration) =>
    shell.folder.write(path, { content, after, ...(from < after ? { from } : {}) })
  save(bytesOf(text), shell.clock, shell.clock)
  return {
    add(more) {
      text = (text + more).slice(0, maxText)
      save(bytesOf(text), shell.clock, shell.clock)
    },
    write({ output, content }, from, after) {
      text = (text + output).slice(0, maxText)
      save(content && text === '' ? content : bytesOf(text), from, after)
    },
  }
}

const bytesOf = (text: string): Content => ({ kind: 'bytes', bytes: Buffer.from(text) })
