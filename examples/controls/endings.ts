// A job that runs out of memory, whatever its command does.
import { client, control, saveJob } from './mock.ts'

console.log((await control.endings.list()).some(({ name }) => name === 'out-of-memory'))
const job = await saveJob()
const { ending } = await control.endings.ask(job.id, 'out-of-memory')
console.log(ending)
await client.jobs.submit(job.id)
await control.time.settle()
const log = await client.jobs.files(job.id, { search: 'process_output.log' }).first()
const lines = await client.files.lines(log?.id ?? '')
console.log(lines.join('\n').match(/Exited with code \d+/)?.[0])
