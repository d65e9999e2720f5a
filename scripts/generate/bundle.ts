import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Description } from '../../openapi/openapi-document.ts'

// The command line rather than a library: @redocly/openapi-core is not a dependency of ours, only of other tools.
const redocly = fileURLToPath(new URL('../../node_modules/@redocly/cli/bin/cli.js', import.meta.url))

/** The description cannot be bundled; the message is Redocly's own. */
export class BundleError extends Error {
  override readonly name = 'BundleError'
}

/** The description in one document, references between files turned into components. */
export async function bundle(file: string): Promise<Description> {
  const text = await bundled(file)
  return withSortedComponents(JSON.parse(text) as Description)
}

async function bundled(file: string): Promise<string> {
  const options = ['--ext', 'json', '--component-renaming-conflicts-severity', 'error']
  const env = {
    ...process.env,
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
    NO_COLOR: '1',
  }
  try {
    const maxBuffer = 64 * 2 ** 20
    return (
      await promisify(execFile)(process.execPath, [redocly, 'bundle', file, ...options], { maxBuffer, env })
    ).stdout
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
    throw new BundleError(withoutBox(output))
  }
}

/** On Node 20, Redocly announces in a box of line-drawing characters that it will not run there for ever. */
const withoutBox = (output: string): string => output.replace(/^\s*[╔║╚].*\n/gm, '').trim()

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
