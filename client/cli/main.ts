#!/usr/bin/env node
import { saidAtOnce } from './at-once.ts'
import { EXIT } from './exit-codes.ts'
import { type Io, write } from './io.ts'

const controller = new AbortController()

// The first signal ends the command in order, with its clusters stopped; a second one at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (controller.signal.aborted) process.exit(signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated)
    controller.abort(signal)
  })
}

// Whoever writes to stdout hears of it; what cannot be said on stderr is said to nobody.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

// A mistake of rescale's own: Node would print the line of the bundle where it is, which is all of it.
process.on('uncaughtException', (error: Error) => {
  process.stderr.write(`error: rescale has a bug: ${error.stack ?? error}\n`)
  process.exit(EXIT.error)
})

const io: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  get stdin() {
    return process.stdin
  },
  env: process.env,
  signal: controller.signal,
}

/** The commands are a file of their own, which takes longer to load than Node takes to start. */
async function main(args: readonly string[]): Promise<number> {
  const said = saidAtOnce(args, io)
  if (!said) return (await import('./run.ts')).run(args, io)
  try {
    await write(io[said.stream], said.text)
  } catch (error) {
    if (said.stream === 'stdout') return (await import('./run.ts')).withoutStdout(error, io)
  }
  return EXIT[said.exit]
}

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
