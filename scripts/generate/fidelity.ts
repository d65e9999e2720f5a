import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fidelityFieldsPage } from '../../openapi/fidelity/fields-page.ts'
import type { Sighting } from '../../openapi/fidelity/grades.ts'
import { fidelityLedger } from '../../openapi/fidelity/ledger.ts'
import { fidelityPage } from '../../openapi/fidelity/page.ts'
import type { Description } from '../../openapi/openapi-document.ts'

/** The pages of the fidelity ledger as they should be, by their paths, from what is generated into `openapi/generated`. */
export function fidelityPages(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const description = JSON.parse(files.get('rescale.json') ?? '{}') as Description
  const sightings = JSON.parse(files.get('sightings.json') ?? '[]') as Sighting[]
  const ledger = fidelityLedger(description, sightings)
  return new Map([
    ['docs/fidelity.md', fidelityPage(ledger)],
    ['docs/fidelity-fields.md', fidelityFieldsPage(ledger)],
  ])
}

/** Those that are otherwise on the disk. */
export async function stalePages(
  root: string,
  pages: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const all = await Promise.all(
    [...pages].map(async ([path, text]) => {
      const there = await readFile(join(root, path), 'utf8').catch(() => '')
      return there === text ? [] : [[path, text] as const]
    }),
  )
  return new Map(all.flat())
}
