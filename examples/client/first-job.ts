// From a file to a verified result: upload, create, submit, wait, judge, download.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '../../client/index.ts'

await using client = createClient()
const input = await client.files.upload(Buffer.from('1000\n'), { name: 'range.inp', verify: true })
const job = await client.jobs.create({
  name: 'first job',
  jobanalyses: [
    {
      analysis: { code: 'user_included', version: '0' },
      command: 'wc -l range.inp > lines.txt',
      hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1 },
      inputFiles: [{ id: input.id }],
    },
  ],
})
await client.jobs.submit(job.id)
await client.jobs.waitFor(job.id, 'Completed', { onStatus: ({ status }) => console.log(status) })
const { verdict, reason } = await client.jobs.outcome(job.id)
console.log(`${verdict}: ${reason}`)

const folder = await mkdtemp(join(tmpdir(), 'first-job-'))
const results = await client.jobs.downloadFiles(job.id, { folder, match: '*.txt' })
for (const { file, size, verified } of results)
  console.log(`${file.name}, ${size} bytes, verified: ${verified}`)
await rm(folder, { recursive: true })
