import type { Command } from 'commander'
import type { SplitUpload } from '../../transfer/split-upload.ts'
import type { JobCreate } from '../../types.ts'
import { UsageError } from '../exit-codes.ts'
import type { Session } from '../session.ts'
import { withFirstAnalysis } from './jobs/definition.ts'

export interface SplitFlags {
  readonly split?: string
  readonly sevenZip?: string
  readonly clusterSevenZip?: string
  readonly reuse?: boolean
}

export function withSplitOptions(command: Command): Command {
  return command
    .option(
      '--split <file>',
      'send this large file in compressed slices, which the job joins before its command',
    )
    .option('--seven-zip <program>', 'with --split: volumes made by this 7za, as in Rescale’s tutorial')
    .option('--cluster-seven-zip <program>', 'and this one, for the cluster, is uploaded along')
}

export function checkSplitFlags({ split, sevenZip, clusterSevenZip }: SplitFlags): void {
  if (sevenZip !== undefined && split === undefined)
    throw new UsageError('--seven-zip is for the file of --split')
  if (clusterSevenZip !== undefined && sevenZip === undefined)
    throw new UsageError('--cluster-seven-zip unpacks what --seven-zip has packed')
}

/** Sends the file of `--split`, if there is one. */
export async function splitFor(session: Session, options: SplitFlags): Promise<SplitUpload | undefined> {
  const { split, sevenZip, clusterSevenZip, reuse = false } = options
  if (split === undefined) return undefined
  const { files } = await session.client()
  const progress = session.progress()
  try {
    const made = await files.splitUpload(split, {
      reuse,
      signal: session.signal,
      onEvent: progress.onEvent,
      ...(sevenZip !== undefined && {
        sevenZip: {
          program: sevenZip,
          ...(clusterSevenZip !== undefined && { clusterProgram: clusterSevenZip }),
        },
      }),
    })
    progress.done()
    return made
  } finally {
    progress.clear()
  }
}

export function withPrelude(job: JobCreate, prelude: string): JobCreate {
  return withFirstAnalysis(job, (analysis) => ({
    ...analysis,
    command: `${prelude} && { ${analysis.command}\n}`,
  }))
}

/** The job has hashed what it joined; the log tells. */
export async function tellSplit(session: Session, jobId: string, split: SplitUpload): Promise<void> {
  const { jobs } = await session.client()
  const { verdict } = await jobs.splitVerdict(jobId, split, { signal: session.signal })
  await session.out.event(
    { event: 'split', name: split.name, verdict, sha512: split.sha512 },
    `${split.name}: ${verdict}`,
  )
  if (verdict === 'damaged') session.exit = 'integrity'
}
