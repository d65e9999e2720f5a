import type { Command } from 'commander'
import { confirm } from '../ask.ts'
import { UsageError } from '../exit-codes.ts'
import { limited, withLimit } from '../limit.ts'
import { printable } from '../printable.ts'
import type { Session } from '../session.ts'
import { fileColumns, outputColumns } from './files/columns.ts'
import { defineDownload } from './files/download.ts'
import { defineUpload } from './files/upload.ts'

const DEFAULT_LIMIT = 50

export function defineFiles(command: Command, session: Session): void {
  withLimit(command.command('list').description('files, newest first'), DEFAULT_LIMIT)
    .option('--search <text>', 'with this text in their name')
    .option('--job <job>', 'the outputs of this job')
    .action((options) => list(session, options))
  defineUpload(command, session)
  defineDownload(command, session)
  command
    .command('rm <files...>')
    .description('deletes files; jobs that have them as inputs can then not be submitted')
    .option('--yes', 'do not ask')
    .action((ids: readonly string[], options: { yes?: boolean }) => remove(session, ids, options))
  command
    .command('cat <file>')
    .description('the bytes of a file, to stdout')
    .action((id: string) => cat(session, id))
  command
    .command('lines <file>')
    .description('the lines of a text file, as the API gives them')
    .action(async (id: string) => {
      const lines = await (await session.client()).files.lines(id, { signal: session.signal })
      if (session.out.form === 'json') return session.out.json({ lines })
      for (const line of lines)
        await (session.out.form === 'ndjson' ? session.out.each({ line }, '') : session.out.text(line))
    })
}

async function list(
  session: Session,
  options: { limit: number; search?: string; job?: string },
): Promise<void> {
  const { limit, search, job } = options
  const client = await session.client()
  const query = {
    ...(search !== undefined && { search }),
    page_size: limit > 0 ? Math.min(limit + 1, 100) : 100,
  }
  const found =
    job === undefined
      ? client.files.list(query, { signal: session.signal })
      : client.jobs.files(job, query, { signal: session.signal })
  await limited(session, found, options, job === undefined ? fileColumns : outputColumns)
}

async function remove(session: Session, ids: readonly string[], { yes }: { yes?: boolean }): Promise<void> {
  const what = ids.length === 1 ? `file ${ids[0]}` : `${ids.length} files (${ids.join(', ')})`
  await confirm(session.io, `delete ${what}`, yes)
  const { files } = await session.client()
  const failures: unknown[] = []
  for (const id of ids) {
    try {
      await files.delete(id, { signal: session.signal })
      await session.out.each({ event: 'deleted', file: id }, `deleted ${id}`)
    } catch (error) {
      if (ids.length === 1 || session.signal.aborted) throw error
      failures.push(error)
      session.out.warn(`${id}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  if (session.out.form === 'json') await session.out.json({ deleted: ids.length - failures.length })
  if (failures.length === ids.length) throw failures[0]
  if (failures.length > 0) session.exit = 'partial'
}

/** Raw to a file or program; a terminal gets no control characters, and is not filled with what is no text. */
async function cat(session: Session, id: string): Promise<void> {
  const { files } = await session.client()
  const { out, io, signal } = session
  const decoder = new TextDecoder()
  let isFirst = true
  const sink = async (chunk: Uint8Array) => {
    if (!io.stdout.isTTY) return out.bytes(chunk)
    if (isFirst && chunk.includes(0))
      throw new UsageError(`${id} is no text`, 'Send it to a file: rescale files cat ID > file.')
    isFirst = false
    await out.painted(printable(decoder.decode(chunk, { stream: true })))
  }
  await files.download(id, { sink, signal })
}
