/** The world outside a command, so that tests run commands without a process. */
export interface Io {
  out(text: string): void
  err(text: string): void
  /** Whether `out` shows colours: a terminal, and nobody who asked for none. */
  readonly colour: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  setExitCode(code: number): void
  /** Calls `act` when nothing is left that could go on, though the command is not over. Gives what calls it off. */
  onStall?(act: () => void): () => void
}

export const processIo = (): Io => ({
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
  env: process.env,
  setExitCode: (code) => {
    process.exitCode = code
  },
  onStall: (act) => {
    process.once('beforeExit', act)
    return () => process.off('beforeExit', act)
  },
})

/** Says why a command could not do what it was asked, in words for its user. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}
