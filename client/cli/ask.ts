import { createInterface } from 'node:readline/promises'
import { addAbortSignal, Writable } from 'node:stream'
import { AbortedError } from '../errors.ts'
import { UsageError } from './exit-codes.ts'
import type { Io } from './io.ts'

/** Asks a person on the terminal; the answer is trimmed. A secret is not shown as it is typed. */
export async function ask(io: Io, question: string, options: { secret?: boolean } = {}): Promise<string> {
  io.stderr.write(question)
  // readline shows what is typed by writing it to its output.
  const output = options.secret ? new Writable({ write: (_chunk, _encoding, done) => done() }) : io.stderr
  const prompt = createInterface({ input: io.stdin, output, terminal: true })
  try {
    return (await prompt.question(options.secret ? '' : '', { signal: io.signal })).trim()
  } catch (cause) {
    throw new AbortedError('Nothing was answered', { cause: io.signal.reason ?? cause })
  } finally {
    prompt.close()
    if (options.secret) io.stderr.write('\n')
  }
}

/** Returns when a person agrees, or `--yes` was given. Nobody to ask is a mistake of the call. */
export async function confirm(io: Io, what: string, yes: boolean | undefined): Promise<void> {
  if (yes) return
  if (!io.stdin.isTTY || !io.stderr.isTTY)
    throw new UsageError(`This would ${what}, and there is nobody to ask.`, 'Say --yes if you mean it.')
  const answer = await ask(io, `${what[0]?.toUpperCase()}${what.slice(1)}? [y/N] `)
  if (!/^y(es)?$/i.test(answer)) throw new AbortedError('Nothing was done')
}

/** Everything that stdin has to say, for keys and definitions that are piped in. */
export async function readAll(io: Io, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of addAbortSignal(io.signal, io.stdin)) {
      chunks.push(Buffer.from(chunk))
      size += chunks.at(-1)?.byteLength ?? 0
      if (size > maxBytes) throw new UsageError(`More than ${maxBytes} bytes came on stdin`)
    }
  } catch (error) {
    throw io.signal.aborted ? new AbortedError('stdin was not read', { cause: io.signal.reason }) : error
  }
  // Without the mark that editors of Windows put in front.
  return new TextDecoder().decode(Buffer.concat(chunks))
}
