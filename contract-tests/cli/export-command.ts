import { Command, Option } from 'commander'
import { harOf } from '../harness/export/har.ts'
import { ndjsonOf } from '../harness/export/ndjson.ts'
import { loadDescribedBodies } from '../harness/naming/described-bodies.ts'
import type { Cassette } from '../harness/recording/cassette.ts'
import { CassetteRefusedError, readCassette } from '../harness/recording/cassette-file.ts'
import { compact, runOfJournal } from '../harness/recording/compact.ts'
import { readJournal } from '../harness/recording/journal.ts'
import { seenOfCassette } from '../harness/recording/seen-of-cassette.ts'
import { VERSION } from '../harness/version.ts'
import { CommandError, type Io } from './io.ts'
import { writeReport } from './report-files.ts'

interface ExportFlags {
  readonly format: 'ndjson' | 'har'
  readonly output?: string
}

export const exportCommand = (io: Io): Command =>
  new Command('export')
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
    .action(async (files: string[], { format, output }: ExportFlags) => {
      const cassettes = await Promise.all(files.map(readEither))
      const exchanges = cassettes.flatMap((cassette) => seenOfCassette(cassette))
      const text =
        format === 'har' ? `${JSON.stringify(harOf(exchanges, VERSION), null, 2)}\n` : ndjsonOf(exchanges)
      if (output === undefined) io.out(text)
      else await writeReport(output, text)
    })

async function readEither(path: string): Promise<Cassette> {
  try {
    return path.includes('.journal.jsonl') ? await fromJournal(path) : await readCassette(path)
  } catch (error) {
    if (error instanceof CassetteRefusedError) throw new CommandError(error.message)
    throw new CommandError(`${path} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}

async function fromJournal(path: string): Promise<Cassette> {
  const journal = readJournal(path)
  const { scenario, marker, begunAt } = journal.head
  return compact([runOfJournal(journal)], {
    scenario,
    marker,
    begunAt,
    from: 'platform',
    note: 'From an unfinished run.',
    bodies: await loadDescribedBodies(),
    version: VERSION,
  })
}
