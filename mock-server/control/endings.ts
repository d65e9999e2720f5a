import type { Ending } from '../domain/endings/ending.ts'
import { endings } from '../domain/endings/known-endings.ts'
import { readEnding } from '../domain/endings/read-ending.ts'
import { second } from '../domain/instant.ts'
import { jsonAnswer } from '../exchange/answers.ts'
import type { ControlRoute } from './control-plane.ts'

/** How jobs are to end, whatever their commands do. */
export const endingRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/_mock/endings/',
    run: () => jsonAnswer(200, endings.map(presentEnding)),
  },
  {
    method: 'POST',
    path: '/_mock/jobs/{jobId}/outcome/',
    run({ tenant, path, body }) {
      const jobId = path.jobId ?? ''
      tenant.platform.job(jobId)
      const wish = wishIn(body)
      if (typeof wish === 'string') return jsonAnswer(400, { ending: [wish] })
      tenant.platform.askEnding(jobId, wish)
      const { ending, after } = wish
      return jsonAnswer(200, {
        jobId,
        ending: ending.name,
        afterSeconds: after === null ? null : after / second,
      })
    },
  },
]

function wishIn(body: unknown): ReturnType<typeof readEnding> {
  const text = typeof body === 'object' && body !== null ? (body as { ending?: unknown }).ending : undefined
  if (text === undefined) return 'This field is required.'
  return typeof text === 'string' ? readEnding(text) : 'Not a valid string.'
}

const presentEnding = ({ name, description, shows, evidence }: Ending) => ({
  name,
  description,
  shows: {
    ...shows,
    job: shows.job?.map(([status, reason = null]) => ({ status, statusReason: reason })) ?? null,
  },
  evidence,
})
