import type { SavedShelf } from '../file-shelf.ts'
import { Ids } from '../ids.ts'
import { Random } from '../random.ts'
import { SortedSequence } from '../sorted-sequence.ts'
import { StoredFile } from '../stored-file.ts'
import { makeUser } from '../tenant-user.ts'
import { tutorialJobId } from '../tutorial-job.ts'
import type { SavedFile } from './saved-file.ts'

/** Files of the world that has this seed, in the order of their sequence. */
export function filesFrom(seed: string, saved: Iterable<SavedFile>): StoredFile[] {
  const random = new Random(seed)
  const home = { random, userId: makeUser(new Ids(seed, [tutorialJobId]), random).id }
  return Array.from(saved, (file) => new StoredFile(home, file))
}

export function shelfOf(files: readonly StoredFile[], links: ReadonlyMap<string, number>): SavedShelf {
  const listed = new SortedSequence<StoredFile>()
  for (const file of files) if (!file.isDeleted) listed.add(file)
  return { files: new Map(files.map((file) => [file.id, file])), links, listed }
}
