import { type Duration, hour, minute, second } from '../../domain/instant.ts'
import { failure, type ProgramCall, type ProgramResult, type Programs, success, written } from './program.ts'

/** A sleep beyond it never ends by itself. */
const longestSleep: Duration = 10 * 365 * 24 * hour

export const basicPrograms: Programs = {
  ':': () => success,
  true: () => success,
  wait: () => success,
  false: () => failure(1),
  cd: changeFolder,
  echo: ({ args }) => written(`${(/^-[ne]+$/.test(args[0] ?? '') ? args.slice(1) : args).join(' ')}\n`),
  printf: ({ args }) => written(formatted(args)),
  pwd: ({ shell }) => written(`${shell.workingFolder}\n`),
  whoami: ({ shell }) => written(`${shell.variables.get('USER') ?? ''}\n`),
  env: ({ shell }) => written([...shell.variables].map(([name, value]) => `${name}=${value}\n`).join('')),
  exit: leave,
  export: setVariables,
  set: setOptions,
  test: ({ shell, args }) => examine(shell, args),
  '[': ({ shell, args }) => examine(shell, args.slice(0, -1)),
  sleep,
}

function changeFolder({ shell, args: [given] }: ProgramCall): ProgramResult {
  const name = given ?? shell.variables.get('HOME') ?? '/'
  const path = shell.resolve(name)
  if (shell.folder.file(path)) return failure(1, `bash: line 1: cd: ${name}: Not a directory`)
  if (!shell.folder.mayExist(path)) return failure(1, `bash: line 1: cd: ${name}: No such file or directory`)
  shell.workingFolder = path
  return success
}

function formatted([format = '', ...values]: readonly string[]): string {
  let next = 0
  return format
    .replace(/%[-\d.]*[sdif]/g, () => values[next++] ?? '')
    .replaceAll('%%', '%')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
}

function leave({ shell, args: [given] }: ProgramCall): ProgramResult {
  const code = given === undefined ? shell.lastExitCode : Number(given)
  shell.exitsWith = Number.isInteger(code) ? code & 0xff : 2
  if (Number.isInteger(code)) return { exitCode: shell.exitsWith, output: '' }
  return failure(2, `bash: line 1: exit: ${given}: numeric argument required`)
}

function setVariables({ shell, args }: ProgramCall): ProgramResult {
  for (const arg of args) {
    const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(arg) ?? []
    if (name !== undefined && value !== undefined) shell.variables.set(name, value)
  }
  return success
}

function setOptions({ shell, args }: ProgramCall): ProgramResult {
  if (args.some((arg) => /^-\w*e/.test(arg))) shell.stopsAtFailure = true
  return success
}

/** Looks at files and compares texts; what else can be tested is taken to be true. */
function examine(shell: ProgramCall['shell'], args: readonly string[]): ProgramResult {
  const isNot = args[0] === '!'
  const isTrue = isNot ? !holds(shell, args.slice(1)) : holds(shell, args)
  return isTrue ? success : failure(1)
}

function holds(shell: ProgramCall['shell'], [first = '', second = '', third]: readonly string[]): boolean {
  if (third !== undefined)
    return second === '!=' ? first !== third : !/^(==?|-eq)$/.test(second) || first === third
  const path = shell.resolve(second)
  if (first === '-z') return second === ''
  if (first === '-n') return second !== ''
  if (first === '-d') return shell.folder.isFolder(path) || !shell.folder.isOurs(path)
  return /^-[efrsxL]$/.test(first) ? shell.folder.mayExist(path) : first !== ''
}

const units: Readonly<Record<string, Duration>> = { s: second, m: minute, h: hour, d: 24 * hour }

function sleep({ args }: ProgramCall): ProgramResult {
  if (args.length === 0) return failure(1, 'sleep: missing operand')
  let duration = 0
  for (const arg of args) {
    const length = sleepLength(arg)
    if (length === null) return failure(1, `sleep: invalid time interval '${arg}'`)
    duration += length
  }
  return { exitCode: 0, output: '', duration: duration > longestSleep ? null : Math.round(duration) }
}

function sleepLength(text: string): Duration | null {
  const [, amount, unit] = /^(inf|infinity|\d+\.?\d*|\.\d+)([smhd]?)$/i.exec(text) ?? []
  if (amount === undefined) return null
  const number = /^i/i.test(amount) ? Number.POSITIVE_INFINITY : Number(amount)
  return number * (units[unit || 's'] ?? second)
}
