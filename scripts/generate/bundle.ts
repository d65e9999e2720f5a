import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Description } from './description.ts'

// The command line rather than a library: @redocly/openapi-core is not a dependency of ours, only of other tools.
const redocly = fileURLToPath(new URL('../../node_modules/@redocly/cli/bin/cli.js', import.meta.url))

/** The description in one document, references between files turned into components. */
export async function bundle(file: string): Promise<Description> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [redocly, 'bundle', file, '--ext', 'json', '--component-renaming-conflicts-severity', 'error'],
    {
      maxBuffer: 64 * 2 ** 20,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  )
  return withSortedComponents(JSON.parse(stdout) as Description)
}

/** Components arrive in the order of their first use, which any edit may change. */
function withSortedComponents(description: Description): Description {
  const components = sortedByName(description.components ?? {})
  return {
    ...description,
    components: Object.fromEntries(
      Object.entries(components).map(([kind, members]) => [kind, sortedByName(members)]),
    ),
  }
}

function sortedByName<T>(members: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)))
}
