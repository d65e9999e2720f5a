import { createHash } from 'node:crypto'
import { second } from '../../domain/instant.ts'
import {
  alike,
  failure,
  operands,
  type ProgramCall,
  type ProgramResult,
  type Programs,
  success,
  withErrors,
  written,
} from './program.ts'
import type { SimulatedShell } from './simulated-shell.ts'
import type { Content } from './work-folder.ts'

/** Characters of a line of base64, as OpenSSL writes it. */
const base64Line = 64

/** How fast programs write. Bytes per second. */
const writingSpeed = 200e6

export const dataPrograms: Programs = {
  openssl,
  dd,
  ...alike(['truncate', 'fallocate'], allocate),
  ...alike(['shasum', 'md5sum', 'sha1sum', 'sha256sum', 'sha512sum'], digest),
}

/** `openssl rand [-base64|-hex] [-out FILE] SIZE`; its other commands do nothing. */
function openssl(call: ProgramCall): ProgramResult {
  const { args } = call
  if (args[0] !== 'rand') return success
  const size = Number(args.at(-1))
  if (!Number.isSafeInteger(size) || size < 0)
    return failure(1, `rand: Can't parse "${args.at(-1)}" as a number`)
  const out = args.indexOf('-out')
  const isText = args.includes('-base64') || args.includes('-hex')
  return make(call.shell, out === -1 ? undefined : args[out + 1], encodedSize(args, size), isText)
}

function encodedSize(args: readonly string[], size: number): number {
  if (args.includes('-hex')) return size * 2 + 1
  if (!args.includes('-base64')) return size
  const letters = Math.ceil(size / 3) * 4
  return letters + Math.ceil(letters / base64Line)
}

function dd({ shell, args }: ProgramCall): ProgramResult {
  const given = new Map(args.map((arg) => [arg.split('=')[0], arg.slice(arg.indexOf('=') + 1)]))
  return make(
    shell,
    given.get('of'),
    bytesIn(given.get('bs') ?? '512') * (Number(given.get('count')) || 1),
    false,
  )
}

function allocate({ shell, args }: ProgramCall): ProgramResult {
  const size = args
    .map((arg) => /^(?:-[sl]|--(?:size|length)=)?(\d+[kKMGT]?)i?B?$/.exec(arg)?.[1])
    .find((text) => text !== undefined)
  return make(shell, args.at(-1), bytesIn(size ?? '0'), false)
}

const factors: Readonly<Record<string, number>> = { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 }

function bytesIn(text: string): number {
  const [, number = '0', unit = ''] = /^(\d+)\s*([kKMGT]?)/.exec(text) ?? []
  return Number(number) * (factors[unit.toUpperCase()] ?? 1)
}

/** Into a file, or to stdout when there is none. */
function make(shell: SimulatedShell, name: string | undefined, size: number, isText: boolean): ProgramResult {
  const content: Content = { kind: 'seeded', size, seed: String(shell.random()), isText }
  const duration = Math.round((size / writingSpeed) * second)
  if (name === undefined) return { exitCode: 0, output: '', content, duration }
  const file = { content, from: shell.clock, after: shell.clock + duration }
  const isWritten = shell.folder.write(shell.resolve(name), file)
  return isWritten ? { exitCode: 0, output: '', duration } : failure(1, `${name}: Is a directory`)
}

/** What is known by its bytes is really hashed; for the rest SHA-512 is known of inputs only. */
function digest({ shell, name, args }: ProgramCall): ProgramResult {
  const bits = name === 'shasum' ? (/-a ?(\d+)/.exec(args.join(' '))?.[1] ?? '1') : null
  const algorithm = bits === null ? name.slice(0, -3) : `sha${bits}`
  const errors: string[] = []
  const lines: string[] = []
  for (const operand of operands(args).filter((arg) => arg !== bits)) {
    const file = shell.folder.file(shell.resolve(operand))
    if (file) lines.push(`${hashOf(file.content, algorithm)}  ${operand}\n`)
    else if (!shell.folder.mayExist(shell.resolve(operand)))
      errors.push(`${name}: ${operand}: No such file or directory`)
  }
  return lines.length + errors.length > 0 ? withErrors(1, errors, lines.join('')) : written('')
}

function hashOf(content: Content, algorithm: string): string {
  if (content.kind === 'stored' && algorithm === 'sha512') return content.bytes.sha512
  const bytes = content.kind === 'bytes' ? content.bytes : Buffer.from(JSON.stringify(content))
  const known = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'].includes(algorithm)
    ? algorithm
    : 'sha1'
  return createHash(known).update(bytes).digest('hex')
}
