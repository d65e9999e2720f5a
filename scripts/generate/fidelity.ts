import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sighting } from '../../openapi/fidelity/grades.ts'
import { fidelityLedger } from '../../openapi/fidelity/ledger.ts'
import { fidelityPage } from '../../openapi/fidelity/page.ts'
import type { Description } from '../../openapi/openapi-document.ts'

export const fidelityFile = 'docs/fidelity.md'

/** The fidelity page as it should be, from what is generated into `openapi/generated`. */
export function fidelityText(files: ReadonlyMap<string, string>): string {
  const description = JSON.parse(files.get('rescale.json') ?? '{}') as Description
  const sightings = JSON.parse(files.get('sightings.json') ?? '[]') as Sighting[]
  return fidelityPage(fidelityLedger(description, sightings))
}

export async function isFidelityFresh(root: string, text: string): Promise<boolean> {
  return (await readFile(join(root, fidelityFile), 'utf8').catch(() => '')) === text
}
