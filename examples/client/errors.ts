// Errors say by their class what happened, and carry what to do and how to find the request again.
import { createClient, NotFoundError, RescaleError, ValidationError } from '../../client/index.ts'

await using client = createClient()
try {
  await client.jobs.get('zzzzzz')
} catch (error) {
  if (error instanceof NotFoundError)
    console.log(`${error.status} ${error.detail} sent ${error.attempts.length} time(s)`)
}
try {
  await client.jobs.create({
    name: 'x',
    jobanalyses: [
      {
        analysis: { code: 'user_included' },
        command: 'true',
        hardware: { coreType: 'granite', coresPerSlot: 1 },
      },
    ],
  })
} catch (error) {
  if (error instanceof ValidationError) console.log(Object.keys(error.fieldErrors).join())
}
try {
  await client.request('GET', '/api/v2/nothing/', { signal: AbortSignal.abort('no time') })
} catch (error) {
  if (error instanceof RescaleError) console.log(`${error.name}: ${error.cause}`)
}
