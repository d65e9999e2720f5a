import type { PlannedFile } from '../../domain/executor.ts'
import type { Duration } from '../../domain/instant.ts'
import { seededBytes, seededText } from './seeded-bytes.ts'
import type { Content, SimulatedFile, WorkFolder } from './work-folder.ts'

/** Made-up content of one file, and of all files of a run. Bytes. A command asks for any size it likes. */
const maxSeededFile = 64 * 1024 * 1024
const maxSeededRun = 128 * 1024 * 1024

/** Files of a run, by name. */
const maxFiles = 10_000

/** All files of the folder with content that is known or can be made up; smaller than asked where they get too large. */
export function plannedFiles(folder: WorkFolder, duration: Duration | null): PlannedFile[] {
  const files = [...folder.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).slice(0, maxFiles)
  let room = maxSeededRun
  return files.flatMap(([relativePath, file]) => {
    if (file.content.kind === 'unkept') return []
    if (file.content.kind !== 'seeded') return [planned(relativePath, file, file.content, duration)]
    const size = Math.min(file.content.size, maxSeededFile, room)
    room -= size
    return [planned(relativePath, file, { ...file.content, size }, duration)]
  })
}

function planned(
  relativePath: string,
  file: SimulatedFile,
  content: Exclude<Content, { kind: 'unkept' }>,
  duration: Duration | null,
): PlannedFile {
  const after = duration === null ? file.after : Math.min(file.after, duration)
  return {
    relativePath,
    after,
    ...(file.from !== undefined && file.from < after ? { from: file.from } : {}),
    content: content.kind === 'seeded' ? made(relativePath, content) : content.bytes,
  }
}

const made = (relativePath: string, { seed, size, isText }: Extract<Content, { kind: 'seeded' }>) => ({
  size,
  make: () => (isText ? seededText : seededBytes)(`${seed} ${relativePath}`, size),
})
