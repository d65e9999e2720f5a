import { Command, Option } from 'commander'
import { harOf } from '../harness/export/har.ts'
import { ndjsonOf } from '../harness/export/ndjson.ts'
import type { Cassette } from '../harness/recording/cassette.ts'
import { CassetteRefusedError } from '../harness/recording/cassette-file.ts'
import { readCassette, readUnfinished } from '../harness/recording/read-cassettes.ts'
import { seenOfCassette } from '../harness/recording/seen-of-cassette.ts'
import type { KnownSecrets } from '../harness/redaction/known-secrets.ts'
import { VERSION } from '../harness/version.ts'
import { CommandError, type Io } from './io.ts'
import { type SecretFlags, secretsOf, withSecretFlags } from './profile-secrets.ts'
import { writeReport } from './report-files.ts'

interface ExportFlags extends SecretFlags {
  readonly format: 'ndjson' | 'har'
  readonly output?: string
}

export const exportCommand = (io: Io): Command =>
  withSecretFlags(new Command('export'))
    .description('Writes recordings for other tools, made-up values in place of everything that was named.')
    .argument(
      '<recordings...>',
      'recordings (.cassette.json), or journals (.journal.jsonl) that a crash has left',
    )
    .addOption(
      new Option('--format <format>', 'HAR 1.2, or a line of JSON for each exchange')
        .choices(['ndjson', 'har'])
        .default('ndjson'),
    )
    .option('--output <file>', 'write there (default: standard output)')
    .action(async (files: string[], flags: ExportFlags) => {
      const { format, output } = flags
      const secrets = await secretsOf(flags, io)
      const cassettes = await Promise.all(files.map((file) => readEither(file, secrets)))
      const exchanges = cassettes.flatMap((cassette) => seenOfCassette(cassette))
      const text =
        format === 'har' ? `${JSON.stringify(harOf(exchanges, VERSION), null, 2)}\n` : ndjsonOf(exchanges)
      if (output === undefined) io.out(text)
      else await writeReport(output, text)
    })

async function readEither(path: string, secrets: KnownSecrets): Promise<Cassette> {
  try {
    return path.includes('.journal.jsonl')
      ? await readUnfinished(path, secrets)
      : await readCassette(path, secrets)
  } catch (error) {
    if (error instanceof CassetteRefusedError) throw new CommandError(error.message)
    throw new CommandError(`${path} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}
