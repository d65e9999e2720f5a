import packageJson from '../../package.json' with { type: 'json' }
import type { ExitName } from './exit-codes.ts'
import { VERSION_OPTION } from './global-options.ts'
import type { Terminal } from './io.ts'
import { helpWidth, topHelp } from './top-help.ts'

type Width = Pick<Terminal, 'columns'>

/** What `rescale` says of itself, on which stream, and how it ends then. */
export interface AtOnce {
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
  readonly exit: ExitName
}

/** What `run` would say to words that are about `rescale` itself: that takes none of its commands, nor commander. */
export function saidAtOnce(
  args: readonly string[],
  io: { readonly stdout: Width; readonly stderr: Width },
): AtOnce | undefined {
  const [word, ...more] = args
  if (word === undefined)
    return { stream: 'stderr', text: `${topHelp(helpWidth(io.stderr)).trimEnd()}\n`, exit: 'usage' }
  if (more.length > 0) return undefined
  if (word === VERSION_OPTION.flags) return { stream: 'stdout', text: `${packageJson.version}\n`, exit: 'ok' }
  if (['--help', '-h', 'help'].includes(word))
    return { stream: 'stdout', text: topHelp(helpWidth(io.stdout)), exit: 'ok' }
  return undefined
}
