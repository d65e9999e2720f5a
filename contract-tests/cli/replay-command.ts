import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Command, InvalidArgumentError } from 'commander'
import { CassetteRefusedError } from '../harness/recording/cassette-file.ts'
import { readCassette } from '../harness/recording/read-cassettes.ts'
import { LeftoversError, MissError } from '../harness/replay/misses.ts'
import { type ServedReplay, serveReplay } from '../harness/replay/serve-replay.ts'
import { CommandError, type Io } from './io.ts'
import { type SecretFlags, secretsOf, withSecretFlags } from './profile-secrets.ts'

interface ReplayFlags extends SecretFlags {
  readonly port?: number
}

/** Any will do: it stands for that of the account that was recorded. */
const ANY_KEY = '0123456789abcdef0123456789abcdef01234567'

export const replayCommand = (io: Io): Command =>
  withSecretFlags(new Command('replay'))
    .description(
      'Answers from a recording at http://127.0.0.1:PORT, for clients in any language; says what was asked and not recorded. Exit code 1: something was, something recorded was never asked for, or the command failed.',
    )
    .argument('<recording>', 'a recording (.cassette.json)')
    .argument(
      '[command...]',
      'run meanwhile, after --, with RESCALE_API_URL, RESCALE_API_BASE_URL and RESCALE_API_KEY; without, it is served until Ctrl-C',
    )
    .option('--port <number>', 'default: one that is free', port)
    .action(async (file: string, command: string[], flags: ReplayFlags) => {
      await using served = await serve(file, flags, io)
      io.err(`Replaying ${served.replay.cassette.scenario} at ${served.url}\n`)
      const code = command.length > 0 ? await run(command, served.url, io) : await untilTold()
      io.setExitCode(Math.max(code, verdict(served, io)) as 0 | 1)
    })

function port(text: string): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return number
}

async function serve(file: string, flags: ReplayFlags, io: Io): Promise<ServedReplay> {
  const { port } = flags
  const secrets = await secretsOf(flags, io)
  try {
    return await serveReplay(await readCassette(file, secrets), {
      ...(port !== undefined && { port }),
      onMiss: ({ message }) => io.err(`${message}\n`),
    })
  } catch (error) {
    if (error instanceof CassetteRefusedError) throw new CommandError(error.message)
    throw new CommandError(`${file} cannot be replayed: ${error instanceof Error ? error.message : error}`)
  }
}

async function run([program = '', ...args]: readonly string[], url: string, io: Io): Promise<0 | 1> {
  const env = { ...io.env, RESCALE_API_URL: url, RESCALE_API_BASE_URL: url, RESCALE_API_KEY: ANY_KEY }
  const child = spawn(program, args, { stdio: 'inherit', env })
  const [code, signal] = await ended(child, program)
  if (code === 0) return 0
  io.err(`${program} ended with ${code ?? signal}.\n`)
  return 1
}

async function ended(child: ChildProcess, program: string): Promise<[number | null, string | null]> {
  try {
    return (await once(child, 'close')) as [number | null, string | null]
  } catch (error) {
    throw new CommandError(`${program} cannot be run: ${error instanceof Error ? error.message : error}`)
  }
}

/** Ctrl-C, or a signal of whoever started it. */
async function untilTold(): Promise<0> {
  const told = new AbortController()
  const signal = { signal: told.signal }
  await Promise.race([once(process, 'SIGINT', signal), once(process, 'SIGTERM', signal)])
  told.abort()
  return 0
}

function verdict({ finish }: ServedReplay, io: Io): 0 | 1 {
  try {
    finish()
    io.err('Everything that was recorded was asked for, and nothing else.\n')
    return 0
  } catch (error) {
    // Misses were told when they came.
    if (error instanceof LeftoversError) io.err(`${error.message}\n`)
    else if (!(error instanceof MissError)) throw error
    else io.err('Something was asked for that was not recorded.\n')
    return 1
  }
}
