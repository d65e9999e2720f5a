import { OUTPUT_FORMS } from './output.ts'

/** An option that every command takes, as commander and the help of `rescale` need it. */
export interface GlobalOption {
  readonly flags: string
  readonly description: string
  /** The only values it may have; it has the first where none is named. */
  readonly choices?: readonly string[]
  readonly isUrl?: true
}

export const VERSION_OPTION: GlobalOption = { flags: '--version', description: 'which version this is' }

export const globalOptions: readonly GlobalOption[] = [
  { flags: '-o, --output <form>', description: 'human, json or ndjson', choices: OUTPUT_FORMS },
  {
    flags: '--field <path>',
    description: 'only this field of the result, such as id or jobanalyses.0.command',
  },
  {
    flags: '--profile <name>',
    description: 'profile of the apiconfig (else RESCALE_PROFILE, else default)',
  },
  {
    flags: '--url <url>',
    description: 'platform (else RESCALE_API_URL, else the profile)',
    isUrl: true,
  },
  {
    flags: '--api-key <key>',
    description: 'key; better in RESCALE_API_KEY or a profile, where others do not see it',
  },
  { flags: '--config <file>', description: 'an apiconfig other than the usual one' },
  { flags: '-q, --quiet', description: 'no progress and no notes' },
  {
    flags: '--no-color',
    description: 'no colours (nor with NO_COLOR, nor when not on a terminal)',
  },
  { flags: '--patient', description: 'keep however long a pause the platform asks for' },
]

/** The words that an option may be given by, such as `-o` and `--output`. */
export const wordsOf = ({ flags }: GlobalOption): string[] =>
  flags.split(/,? /).filter((word) => word.startsWith('-'))

export const takesValue = ({ flags }: GlobalOption): boolean => flags.endsWith('>')
