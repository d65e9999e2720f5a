import { setTimeout as wait } from 'node:timers/promises'
import type { ChannelInput } from './channel-input.ts'
import type { ChannelOutput } from './channel-output.ts'
import type { SimulatedShell } from './cluster-access.ts'
import { bytesOf, textOf } from './home/home-path.ts'
import { LineDiscipline } from './terminal/line-discipline.ts'

export interface SimulatedOrder {
  readonly shell: SimulatedShell
  readonly environment: Readonly<Record<string, string>>
  /** Aborted when nobody waits for the answer any more. */
  readonly gone: AbortSignal
}

/** Longest wait that Node's timers know; asked for more, they would not wait at all. */
const MAX_DELAY_MILLISECONDS = 2 ** 31 - 1

/** A command where no process may be started: the shell's answer, its delay, its exit code. Input is taken and forgotten. */
export const answerCommand = async (
  command: string,
  input: ChannelInput,
  output: ChannelOutput,
  order: SimulatedOrder,
): Promise<void> => {
  void forget(input)
  output.exit(await answer(command, output, order, (text) => text))
  await output.end()
}

const forget = async (input: ChannelInput): Promise<void> => {
  while ((await input.take()) !== null);
}

const answer = async (
  command: string,
  output: ChannelOutput,
  { shell, environment, gone }: SimulatedOrder,
  shown: (text: string) => string,
): Promise<number> => {
  const { stdout, stderr, exitCode, delay = 0 } = await shell.run(command, environment)
  output.write(asBytes(stdout, shown))
  output.write(asBytes(stderr, shown), 'stderr')
  const milliseconds = Math.min(delay, MAX_DELAY_MILLISECONDS)
  if (milliseconds > 0) await wait(milliseconds, undefined, { signal: gone }).catch(() => undefined)
  return exitCode
}

const asBytes = (content: Uint8Array | string, shown: (text: string) => string): Uint8Array =>
  typeof content === 'string' ? Buffer.from(shown(content)) : content

/** An interactive shell of the same kind: a prompt where there is a terminal, one line after another, `exit`. */
export const answerLines = async (
  input: ChannelInput,
  output: ChannelOutput,
  order: SimulatedOrder,
  terminal: boolean,
): Promise<void> => {
  const dialogue = new Dialogue(output, order, terminal)
  dialogue.prompt()
  for (let chunk = await input.take(); chunk !== null; chunk = await input.take()) {
    if (await dialogue.take(chunk.toString('latin1'))) break
  }
  output.exit(dialogue.exitCode)
  await output.end()
}

/** A line that never ends is cut off here. */
const MAX_LINE_CHARACTERS = 64 * 1024

class Dialogue {
  exitCode = 0
  readonly #output: ChannelOutput
  readonly #order: SimulatedOrder
  readonly #discipline: LineDiscipline | null
  #pending = ''

  constructor(output: ChannelOutput, order: SimulatedOrder, terminal: boolean) {
    this.#output = output
    this.#order = order
    this.#discipline = terminal ? new LineDiscipline() : null
  }

  prompt(): void {
    if (this.#discipline !== null) this.#output.write(Buffer.from('$ '))
  }

  /** True when the shell ends. */
  async take(text: string): Promise<boolean> {
    const typed = this.#discipline?.type(text) ?? { lines: text, echo: '', interrupted: false, ended: false }
    this.#output.write(bytesOf(typed.echo))
    if (typed.interrupted) this.prompt()
    const lines = `${this.#pending}${typed.lines}`.split('\n')
    this.#pending = (lines.pop() ?? '').slice(0, MAX_LINE_CHARACTERS)
    for (const line of lines) {
      if (await this.#takeLine(textOf(line))) return true
    }
    return typed.ended
  }

  async #takeLine(line: string): Promise<boolean> {
    const [, code] = /^\s*(?:exit|logout)(?:\s+([0-9]{1,3}))?\s*$/.exec(line) ?? [null, null]
    if (code !== null) {
      this.exitCode = code === undefined ? this.exitCode : Number(code) & 0xff
      return true
    }
    const discipline = this.#discipline
    const shown = (text: string): string => discipline?.show(text) ?? text
    if (line.trim() !== '') this.exitCode = await answer(line, this.#output, this.#order, shown)
    this.prompt()
    return this.#output.closed
  }
}
