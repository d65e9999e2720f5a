/** One change of a database; without a text the record is removed. */
export interface Write {
  readonly key: string
  readonly text?: string | undefined
}

/** Port: an embedded engine that keeps texts by key. */
export interface Database {
  all(): AsyncIterable<readonly [key: string, text: string]>
  /** All of it or nothing; resolves when it is on the disk. */
  write(writes: readonly Write[]): Promise<void>
  close(): Promise<void>
}

/** Another process has the folder open. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError'
}

/** Entries that are read at once. */
const READ_AT_ONCE = 1_000

/** Opens a LevelDB, which is loaded here for the first time. Null when it is damaged so that it cannot be opened. */
export async function openDatabase(folder: string): Promise<Database | null> {
  const { ClassicLevel } = await import('classic-level')
  // Uncompressed, so that a flipped byte harms one record.
  const level = new ClassicLevel<string, string>(folder, { compression: false })
  try {
    await level.open()
  } catch (error) {
    if (causeOf(error) !== 'LEVEL_LOCKED') return null
    throw new FolderInUseError(
      `${folder} is in use by another process. Stop it, or choose another --data-dir.`,
    )
  }
  return {
    async *all() {
      const iterator = level.iterator()
      try {
        for (;;) {
          const entries = await iterator.nextv(READ_AT_ONCE)
          if (entries.length === 0) return
          yield* entries
        }
      } finally {
        await iterator.close()
      }
    },
    write: (writes) =>
      level.batch(
        writes.map(({ key, text }) =>
          text === undefined ? { type: 'del', key } : { type: 'put', key, value: text },
        ),
        { sync: true },
      ),
    close: () => level.close(),
  }
}

/** Makes of what is left a database that opens. */
export async function repairDatabase(folder: string): Promise<void> {
  const { ClassicLevel } = await import('classic-level')
  await ClassicLevel.repair(folder)
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error && 'code' in error.cause
    ? error.cause.code
    : undefined
}
