import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BundleError } from './generate/bundle.ts'
import { fidelityFile, fidelityText, isFidelityFresh } from './generate/fidelity.ts'
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
  const page = fidelityText(files)
  const isPageStale = !(await isFidelityFresh(root, page))
  if (process.argv.includes('--check')) report(stale, isPageStale)
  else {
    await write(stale, files)
    if (isPageStale) await writePage(page)
  }
} catch (error) {
  if (!(error instanceof BundleError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

function report(stale: readonly StaleFile[], isPageStale: boolean): void {
  for (const { name, why } of stale) console.error(`openapi/generated/${name} ${why}`)
  if (isPageStale) console.error(`${fidelityFile} does not follow from the description any more`)
  const isStale = isPageStale || stale.length > 0
  if (isStale) console.error('To renew them: npm run generate')
  process.exitCode = isStale ? 1 : 0
}

async function writePage(page: string): Promise<void> {
  await writeFile(join(root, fidelityFile), page)
  console.log(fidelityFile)
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
