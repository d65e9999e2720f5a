// A cluster for as long as this block lasts: commands and files by SSH, and stopped whatever happens.
import { createClient } from '../../client/index.ts'

await using client = createClient()
let jobId = ''
{
  await using cluster = await client.clusters.start({
    coreType: 'granite',
    coresPerSlot: 2,
    walltime: 1,
    intervalMs: 50,
  })
  jobId = cluster.jobId
  const { exitCode } = await cluster.exec('echo hello from the cluster', {
    onStdout: (chunk) => void process.stdout.write(chunk),
  })
  console.log(`exit code ${exitCode}, host keys pinned: ${cluster.fingerprints.length > 0}`)
}
await client.jobs.waitFor(jobId, 'Completed', { intervalMs: 50 })
console.log((await client.jobs.outcome(jobId)).verdict)
