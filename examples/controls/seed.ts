// A world to begin with: software and hardware of one's own, a file, and jobs in the states that a test is about.
import { readFile } from 'node:fs/promises'
import { client, control } from './mock.ts'

await control.world.reset()
await control.world.seed(JSON.parse(await readFile(new URL('seed.json', import.meta.url), 'utf8')))

const solver = await client.analyses.get('our_solver')
console.log(solver.name)
for await (const job of client.jobs.list({ page_size: 2 })) {
  console.log(job.name, job.jobStatus.content)
  if (job.name === 'wing 1') break
}

// What a snapshot of it brings back, catalogue included.
await control.world.snapshot('seeded')
await control.world.reset()
await control.world.restore('seeded')
const projects = await client.projects.list().toArray()
console.log(projects.at(-1)?.name)
