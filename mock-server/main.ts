#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { PACE_FORMS, parsePace } from './pace.ts'

const collect = (value: string, all: string[]): string[] => [...all, value]

function portNumber(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

function pace(text: string): string {
  try {
    parsePace(text)
    return text
  } catch {
    throw new InvalidArgumentError(`Known paces: ${PACE_FORMS}.`)
  }
}

function apiKeys(value: string, all: string[]): string[] {
  if (!/^[0-9a-f]{40}$/.test(value))
    throw new InvalidArgumentError('An API key is 40 lower-case hexadecimal characters.')
  return collect(value, all)
}

function publicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new InvalidArgumentError('A public address begins with http:// or https://.')
  return text
}

function instant(text: string): Date {
  const date = new Date(text)
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(date.getTime()))
    throw new InvalidArgumentError('An instant is such as 2026-01-05T09:00:00Z.')
  return date
}

function profileName(text: string): string {
  if (text.trim() === '' || text === 'DEFAULT')
    throw new InvalidArgumentError('A profile needs a name, which cannot be DEFAULT.')
  return text
}

function oneOf(...choices: string[]) {
  return (value: string): string => {
    if (!choices.includes(value)) throw new InvalidArgumentError(`Choose one of: ${choices.join(', ')}.`)
    return value
  }
}

function entryNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('An entry has a whole number.')
  return Number(text)
}

const program = new Command('localscale')
  .version(packageJson.version)
  .description('A local Rescale for offline development and contract tests.')
  .showHelpAfterError('Add --help to see what there is.')
  .enablePositionalOptions()

program
  .command('serve')
  .description('Starts the mock of the Rescale User API.')
  .option('--port <number>', 'port to listen on; 0 takes a free one', portNumber, 8484)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--ssh-port <number>', 'port of the clusters’ SSH server; 0 takes a free one', portNumber, 0)
  .option(
    '--authorized-key <file>',
    'public key that opens the clusters of every API key (repeatable)',
    collect,
    [],
  )
  .option(
    '--data-dir <folder>',
    'keep everything in this folder, also when the process is killed (default: memory, large files in the temp folder)',
  )
  .option('--pace <pace>', `how virtual time moves: ${PACE_FORMS}`, pace, '60x')
  .option(
    '--executor <name>',
    'simulated starts no process; shell really runs the commands',
    oneOf('simulated', 'shell'),
    'simulated',
  )
  .option(
    '--isolation <mode>',
    'whether jobs that really run see nothing of each other: auto where the machine lets us, none, required',
    oneOf('auto', 'none', 'required'),
    'auto',
  )
  .option('--recipes <file>', 'recipes for the simulated executor (.json or .mjs)')
  .option('--seed <text>', 'seed of everything that is made up', 'localscale')
  .option('--start-at <instant>', 'virtual time at which worlds begin (default: about now)', instant)
  .option(
    '--api-key <key>',
    'accept only this key (repeatable; default: any 40 hexadecimal characters)',
    apiKeys,
    [],
  )
  .option('--public-url <url>', 'address that clients use, when it is not the one they connect to', publicUrl)
  .option(
    '--quirks <set>',
    'observed: as the platform behaved; announced: with the changes it announced',
    oneOf('observed', 'announced'),
    'observed',
  )
  .option(
    '--no-endings-in-names',
    'leave names of jobs alone that ask for an ending, such as [mock:no-capacity]',
  )
  .option('--no-journal', 'do not write down what clients say and are answered')
  .option('--throttling', 'answer requests over the platform’s limits with 429; without it they are counted')
  .option('--check-answers', 'compare every answer with the description and print what differs')
  .option('--write-profile <name>', 'write this profile into the apiconfig file', profileName)
  .option('--ready-json', 'print one line of JSON when requests are answered')
  .action(async (options) => {
    const { serve } = await import('./serve.ts')
    await serve(options)
  })

program
  .command('lint')
  .description('Tells what the client of a running mock does wrong; ends with 1 when that is something.')
  .argument('<url>', 'where the mock is, e.g. http://127.0.0.1:8484')
  .option('--api-key <key>', 'whose requests are meant (default: RESCALE_API_KEY, or the mock’s own key)')
  .option('--format <name>', 'text, junit or json', oneOf('text', 'junit', 'json'), 'text')
  .option('--after <number>', 'look only at journal entries after this one', entryNumber)
  .action(async (url: string, options) => {
    const { lintCommand } = await import('./lint-command.ts')
    process.exitCode = await lintCommand(url, options)
  })

program
  .command('contract')
  .description(
    'Tells the contract suite to a mock or a real platform, and what differs from the description.',
  )
  .argument('[args...]')
  .helpOption(false)
  .allowUnknownOption()
  .allowExcessArguments()
  .passThroughOptions()
  .action(async (args: string[]) => {
    const [{ contract }, { processIo }] = await Promise.all([
      import('../contract-tests/cli/contract.ts'),
      import('../contract-tests/cli/io.ts'),
    ])
    await contract(args, processIo())
  })

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`localscale: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
