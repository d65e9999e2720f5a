// What would be wrong with a job, and what it would cost, before anything is saved.
import { createClient } from '../../client/index.ts'

await using client = createClient()
const job = (coresPerSlot: number) => ({
  name: 'wing',
  isLowPriority: true,
  jobanalyses: [
    {
      analysis: { code: 'ansys_fluent', version: '2019r1' },
      command: 'fluent 3ddp -g -i run.jou',
      hardware: { coreType: 'granite', coresPerSlot, walltime: 10 },
    },
  ],
})
const wrong = await client.jobs.preflight(job(3))
for (const { position, message } of wrong.problems) console.log(`${position}: ${message}`)
const right = await client.jobs.preflight(job(4))
console.log(`problems: ${right.problems.length}`)
if (right.cost)
  console.log(`at most ${right.cost.amount.toFixed(2)} ${right.cost.currency} (${right.cost.plan})`)
