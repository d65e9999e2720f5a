import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectFolder } from './built-cli.ts'

/** What docs/contract-tests.md shows to somebody who adds a scenario. */
export interface ShownAddition {
  /** An item of a list of scenarios, as TypeScript, with its comma. */
  readonly scenario: string
  /** What is typed then, line by line. */
  readonly commands: readonly string[]
}

export async function shownAddition(): Promise<ShownAddition> {
  const block = await shownIn('Adding a scenario')
  return { scenario: block('ts'), commands: block('sh').trimEnd().split('\n') }
}

/** The first block of a language in a section of docs/contract-tests.md, also of one within a list. */
export async function shownIn(title: string): Promise<(language: string) => string> {
  const page = await readFile(join(projectFolder, 'docs/contract-tests.md'), 'utf8')
  const [section = ''] = page.split(`\n## ${title}\n`)[1]?.split('\n## ') ?? []
  return (language) => {
    const [, indent = '', shown] =
      new RegExp(`^( *)\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'm').exec(section) ?? []
    if (shown === undefined) throw new Error(`docs/contract-tests.md shows no ${language} in "${title}"`)
    return shown.replaceAll(new RegExp(`^${indent}`, 'gm'), '')
  }
}
