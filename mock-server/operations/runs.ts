import type { Run } from '../domain/run.ts'
import type { Operation } from './operation.ts'
import { listingOf, pageOf, pageOfTexts } from './page.ts'
import { fileRowText } from './present-file.ts'
import { utcTime } from './present-time.ts'
import type { Wire } from './wire.ts'

export const listRuns: Operation<'listRuns'> = ({ platform, path, page }) =>
  pageOf(listingOf(platform.job(path.jobId).runs), page, presentRun)

export const getRun: Operation<'getRun'> = ({ platform, path }) => ({
  status: 200,
  body: presentRun(platform.run(path.jobId, path.runId)),
})

export const listRunFiles: Operation<'listRunFiles'> = ({ platform, path, page, request }) => {
  platform.run(path.jobId, path.runId)
  return pageOfTexts(platform.outputFiles(path.jobId, { runId: path.runId }), page, (file) =>
    fileRowText(file, { user: platform.user, origin: request.origin }),
  )
}

function presentRun(run: Run): Wire<'Run'> {
  const done = run.dateCompleted !== null
  return {
    id: run.id,
    type: run.type,
    parent: run.parent,
    displayOrder: run.displayOrder,
    isOptimal: run.isOptimal,
    dateStarted: run.dateStarted === null ? null : utcTime(run.dateStarted),
    dateCompleted: run.dateCompleted === null ? null : utcTime(run.dateCompleted),
    outputFileCount: done ? run.outputFiles.length : 0,
    outputFileSize: done ? run.outputFiles.reduce((sum, { bytes }) => sum + bytes.size, 0) : null,
    variables: run.variables.map((variable) => ({ ...variable })),
  }
}
