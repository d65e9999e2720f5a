import type { Ending } from '../domain/endings/ending.ts'
import { endings } from '../domain/endings/known-endings.ts'
import { readEnding } from '../domain/endings/read-ending.ts'
import { second } from '../domain/instant.ts'
import { type ControlOperation, wrong } from './control-operation.ts'

/** How jobs are to end, whatever their commands do. */
export const listEndings: ControlOperation<'listEndings'> = () => ({
  status: 200,
  body: knownEndings(),
})

export const setJobOutcome: ControlOperation<'setJobOutcome'> = ({ tenant, path: { jobId }, body }) => {
  tenant.platform.job(jobId)
  const wish = readEnding(body.ending)
  if (typeof wish === 'string') return wrong('ending', wish)
  tenant.platform.askEnding(jobId, wish)
  const { ending, after } = wish
  return {
    status: 200,
    body: { jobId, ending: ending.name, afterSeconds: after === null ? null : after / second },
  }
}

/** The same in process. */
export const knownEndings = () => endings.map(presentEnding)

const presentEnding = ({ name, description, shows, evidence }: Ending) => ({
  name,
  description,
  shows: {
    files: shows.files,
    job: shows.job?.map(([status, reason = null]) => ({ status, statusReason: reason })) ?? null,
    cluster: shows.cluster && [...shows.cluster],
    log: shows.log && [...shows.log],
  },
  evidence,
})
