import { fileTypes } from '../../domain/file.ts'
import type { WorldState } from '../../domain/saved/save-changes.ts'
import type { SavedFile } from '../../domain/saved/saved-file.ts'
import type { SavedJob } from '../../domain/saved/saved-job.ts'
import type { Loss } from './read-world.ts'

/** Nodes of one job's cluster at most, whose ids are set aside when the count of them is lost. */
const mostInstances = 10_000

/** What jobs name, and is lost, stands there as a deleted file: so the jobs can be read as before. */
export function placeholdersFor(
  links: ReadonlyMap<string, number>,
  files: readonly SavedFile[],
  losses: Loss[],
): SavedFile[] {
  const known = new Set(files.map(({ id }) => id))
  const beyond = 1 + Math.max(-1, ...files.map(({ sequence }) => sequence))
  return [...links.keys()]
    .filter((id) => !known.has(id))
    .map((id, index) => {
      losses.push({ what: `file ${id}`, why: 'jobs name it, and it is missing' })
      return placeholder(id, beyond + index)
    })
}

const placeholder = (id: string, sequence: number): SavedFile => ({
  id,
  sequence,
  name: 'lost',
  typeId: fileTypes.input,
  dateUploaded: 0,
  bytes: { id: 'lost', size: 0, sha512: '' },
  origin: null,
  outputPath: null,
  isDeleted: true,
  version: 1,
})

/** No id is given twice and time does not go back, also when the count of ids or the time is lost. */
export function rebuiltState(
  { seed, now, booked, ids }: WorldState,
  files: readonly SavedFile[],
  jobs: readonly SavedJob[],
  appointments: readonly { readonly order: number }[],
): WorldState {
  const sequences = (things: readonly { readonly sequence: number }[]): number =>
    things.reduce((most, { sequence }) => Math.max(most, sequence + 1), 0)
  const isLost = Object.keys(ids).length === 0
  const dates = jobs.map(({ dateInserted }) => dateInserted)
  return {
    seed,
    now: dates.reduce((latest, date) => Math.max(latest, date), now),
    booked: appointments.reduce((most, { order }) => Math.max(most, order), booked),
    ids: {
      ...ids,
      job: Math.max(ids.job ?? 0, sequences(jobs)),
      file: Math.max(ids.file ?? 0, sequences(files)),
      instance: Math.max(ids.instance ?? 0, ...(isLost ? [firstFree(jobs)] : [])),
      account: isLost ? mostInstances : (ids.account ?? 0),
    },
  }
}

const firstFree = (jobs: readonly SavedJob[]): number =>
  mostInstances + jobs.reduce((most, { firstInstance }) => Math.max(most, firstInstance), 0)
