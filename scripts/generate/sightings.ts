import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sighting } from '../../openapi/fidelity/grades.ts'
import { type RecordedConversation, sightingsIn } from '../../openapi/fidelity/sightings.ts'

/** What the committed recordings of the real platform have shown. There need not be any. */
export async function recordedSightings(recordings: string): Promise<Sighting[]> {
  const names = await readdir(recordings, { recursive: true }).catch((): string[] => [])
  const cassettes = names.filter((name) => name.endsWith('.cassette.json')).sort()
  const read = cassettes.map(
    async (name) => JSON.parse(await readFile(join(recordings, name), 'utf8')) as RecordedConversation,
  )
  return sightingsIn(await Promise.all(read))
}
