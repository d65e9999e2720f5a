import type { Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ChannelInput } from '../channel-input.ts'
import type { ChannelOutput, OutputKind } from '../channel-output.ts'
import { type Program, signalNumberOf } from './program.ts'

/** What stands between a program's streams and the channel where there is no terminal: nothing. */
export interface StreamFilter {
  input(bytes: Buffer): Buffer
  output(bytes: Buffer): Buffer
}

export const noFilter: StreamFilter = { input: (bytes) => bytes, output: (bytes) => bytes }

export interface AttachOptions {
  readonly filter: StreamFilter
  /** Whether the program's input ends with the client's. A terminal stays open, as it does with sshd. */
  readonly endsInput: boolean
}

/**
 * Connects a program with a channel until all that it started has closed its output, and tells how it ended.
 * As with sshd, the exit code goes out when the program ends, while the channel stays open as long as
 * something in the background still holds its output.
 */
export const attach = async (
  program: Program,
  input: ChannelInput,
  output: ChannelOutput,
  { filter, endsInput }: AttachOptions,
): Promise<void> => {
  void feed(program, input, filter, endsInput)
  const stdout = new Pump(program.stdout, output, 'stdout', filter)
  const stderr = new Pump(program.stderr, output, 'stderr', filter)
  const drained = Promise.all([stdout.done, stderr.done])
  const end = await program.ended
  await Promise.race([drained, quiet([stdout, stderr], output)])
  output.exit(end, signalNumberOf(end))
  await drained
  await output.end()
}

/** Takes all input, also when the program does not want it: the client's end of input must be seen. */
const feed = async (
  { stdin }: Program,
  input: ChannelInput,
  filter: StreamFilter,
  endsInput: boolean,
): Promise<void> => {
  for (let chunk = await input.take(); chunk !== null; chunk = await input.take()) {
    const bytes = filter.input(chunk)
    if (!stdin.destroyed && bytes.length > 0 && !stdin.write(bytes)) await drainOf(stdin)
  }
  if (endsInput) stdin.destroySoon()
}

const drainOf = (stdin: Socket): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      stdin.off('drain', done).off('close', done)
      resolve()
    }
    stdin.on('drain', done).on('close', done)
  })

/** Resolves when what was written before the program ended has been taken from its pipes. */
const quiet = async (pumps: readonly Pump[], output: ChannelOutput): Promise<void> => {
  const moved = (): number => pumps.reduce((sum, pump) => sum + pump.moved, 0)
  for (let before = -1; before !== moved(); ) {
    before = moved()
    await output.room()
    // The pipes are looked at once in each turn of the event loop; one may be in the middle of it now.
    await nextTurn()
    await nextTurn()
  }
}

class Pump {
  /** Bytes so far. */
  moved = 0
  readonly done: Promise<void>

  constructor(source: Readable, output: ChannelOutput, kind: OutputKind, filter: StreamFilter) {
    this.done = this.#run(source, output, kind, filter).catch(() => undefined)
  }

  async #run(source: Readable, output: ChannelOutput, kind: OutputKind, filter: StreamFilter): Promise<void> {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      if (output.closed) break
      this.moved += chunk.length
      output.write(filter.output(chunk), kind)
      await output.room()
    }
    source.destroy()
  }
}
