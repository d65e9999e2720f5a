// A job of hours in an instant: the clock of one's world moves only as far as one says.
import { client, control, saveJob } from './mock.ts'

await control.time.freeze()
const job = await saveJob()
await client.jobs.submit(job.id)
const newest = async () => console.log((await client.jobs.statuses(job.id).first())?.status)
console.log((await control.time.read()).due[0]?.kind)
await newest()
await control.time.advanceUntil({ job: job.id, status: 'Executing' })
await newest()
await control.time.settle()
await newest()
console.log(
  await control.time.wait({ cluster: job.id, status: 'Stopped' }, { clock: 'virtual', timeout: '1h' }),
)
