import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BundleError } from './generate/bundle.ts'
import { fidelityPages, stalePages } from './generate/fidelity.ts'
import { generatedFiles } from './generate/files.ts'
import { type StaleFile, staleFiles } from './generate/stale-files.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'openapi/generated')

try {
  const files = await generatedFiles(
    join(root, 'openapi/rescale.yaml'),
    join(root, 'openapi/mock-control.yaml'),
  )
  const stale = await staleFiles(folder, files)
  const isCheck = process.argv.includes('--check')
  if (!isCheck) await write(stale, files)
  const pages = await stalePages(root, new Map([...fidelityPages(files), ...(await coverageOf())]))
  if (isCheck) report(stale, [...pages.keys()])
  else await writePages(pages)
} catch (error) {
  if (!(error instanceof BundleError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

/** The scenarios load what is generated: not before it is there. */
async function coverageOf(): Promise<ReadonlyMap<string, string>> {
  const { coveragePages } = await import('./generate/coverage.ts')
  return coveragePages(root)
}

function report(stale: readonly StaleFile[], pages: readonly string[]): void {
  for (const { name, why } of stale) console.error(`openapi/generated/${name} ${why}`)
  for (const page of pages) console.error(`${page} does not follow from the description any more`)
  const isStale = pages.length > 0 || stale.length > 0
  if (isStale) console.error('To renew them: npm run generate')
  process.exitCode = isStale ? 1 : 0
}

async function writePages(pages: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of pages) {
    await writeFile(join(root, path), text)
    console.log(path)
  }
}

async function write(stale: readonly StaleFile[], files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { name } of stale) {
    const content = files.get(name)
    if (content === undefined) await rm(join(folder, name))
    else await writeFile(join(folder, name), content)
    console.log(`openapi/generated/${name}`)
  }
  if (stale.length === 0) console.log('openapi/generated is fresh')
}
