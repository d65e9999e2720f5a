// Waits for two requests to submit instead of asking again and again whether they have come.
import { client, control, saveJob } from './mock.ts'

const waiting = control.time.wait({ request: 'submitJob', count: 2 }, { timeout: '30s' })
const jobs = [await saveJob(), await saveJob()]
for (const { id } of jobs) await client.jobs.submit(id)
console.log(await waiting)
console.log(await control.time.wait({ request: 'submitJob', count: 3 }, { timeout: '50ms' }))
