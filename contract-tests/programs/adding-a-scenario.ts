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
  const page = await readFile(join(projectFolder, 'docs/contract-tests.md'), 'utf8')
  const [, section = ''] = page.split('\n## Adding a scenario\n')
  const block = (language: string): string => {
    const [, shown] = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(section) ?? []
    if (shown === undefined) throw new Error(`docs/contract-tests.md shows no ${language}`)
    return shown
  }
  return { scenario: block('ts'), commands: block('sh').trimEnd().split('\n') }
}
