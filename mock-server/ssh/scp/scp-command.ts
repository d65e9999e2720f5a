import { type ShellWord, shellWords, textOfWord } from './shell-words.ts'

/** What an SCP client asks the other side to run: `scp -t …` to send to us, `scp -f …` to get from us. */
export interface ScpCommand {
  readonly direction: 'receive' | 'send'
  readonly recursive: boolean
  /** Keep times and modes. */
  readonly preserve: boolean
  /** The target has to be a folder. */
  readonly folderOnly: boolean
  /** May hold wildcards: the legacy protocol leaves them to the remote shell. */
  readonly paths: readonly ShellWord[]
}

/** Null when the command is something else, or needs a real shell. */
export const parseScpCommand = (
  command: string,
  environment: Readonly<Record<string, string>>,
): ScpCommand | null => {
  if (!/^\s*(?:\S*\/)?scp\s/.test(command)) return null
  const words = shellWords(command, environment)?.slice(1) ?? []
  const { letters, paths } = splitOptions(words)
  const [receives, sends] = [letters.has('t'), letters.has('f')]
  if (receives === sends || paths.length === 0 || (receives && paths.length > 1)) return null
  return {
    direction: receives ? 'receive' : 'send',
    recursive: letters.has('r'),
    preserve: letters.has('p'),
    folderOnly: letters.has('d'),
    paths,
  }
}

/** Letters that change nothing here (`-v`, `-q`) are taken and forgotten. */
const splitOptions = (words: readonly ShellWord[]): { letters: Set<string>; paths: readonly ShellWord[] } => {
  const letters = new Set<string>()
  for (const [index, word] of words.entries()) {
    const text = textOfWord(word)
    if (text === '--') return { letters, paths: words.slice(index + 1) }
    if (!text.startsWith('-') || text === '-') return { letters, paths: words.slice(index) }
    for (const letter of text.slice(1)) letters.add(letter)
  }
  return { letters, paths: [] }
}
