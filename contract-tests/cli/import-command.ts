import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { HarError, importHar } from '../harness/export/import-har.ts'
import { loadDescribedBodies } from '../harness/naming/described-bodies.ts'
import { CassetteRefusedError, cassettePath, writeCassette } from '../harness/recording/cassette-file.ts'
import { VERSION } from '../harness/version.ts'
import { CommandError, type Io } from './io.ts'
import { DEFAULT_RECORDINGS } from './live-flags.ts'
import { keysOf, type SecretFlags, withSecretFlags } from './profile-secrets.ts'

interface ImportFlags extends SecretFlags {
  readonly scenario: string
  readonly baseUrl?: string
  readonly recordings: string
}

export const importCommand = (io: Io): Command =>
  withSecretFlags(new Command('import'))
    .description('Makes a recording of a HAR 1.2 file that a browser or a proxy has saved.')
    .argument('<file>', 'the HAR file')
    .requiredOption('--scenario <id>', 'what it is a recording of, such as mine/first-look')
    .option('--base-url <url>', 'where the platform was (default: where most API requests went)')
    .option('--recordings <folder>', 'where recordings are', DEFAULT_RECORDINGS)
    .action(async (file: string, flags: ImportFlags) => {
      const { scenario, baseUrl, recordings } = flags
      const keys = await keysOf(flags, io)
      try {
        const har: unknown = JSON.parse(await readFile(file, 'utf8'))
        const origin = baseUrl === undefined ? undefined : new URL(baseUrl).origin
        const { cassette, secrets, leftOut } = importHar(har, {
          scenario,
          origin,
          keys,
          bodies: await loadDescribedBodies(),
          version: VERSION,
        })
        const path = cassettePath(recordings, scenario)
        const written = await writeCassette(path, cassette, secrets)
        io.out(
          `${written}: ${cassette.exchanges.length} exchanges; ${leftOut} requests to other hosts left out.\n`,
        )
      } catch (error) {
        if (error instanceof HarError || error instanceof CassetteRefusedError)
          throw new CommandError(error.message)
        throw new CommandError(
          `${file} cannot be imported: ${error instanceof Error ? error.message : error}`,
        )
      }
    })
