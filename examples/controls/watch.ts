// Watches requests as they come, until a job was submitted.
import { client, control, saveJob } from './mock.ts'

const { lastNumber } = (await control.journal.list({ limit: 1 })) as { lastNumber: number }
const asking = saveJob().then(({ id }) => client.jobs.submit(id))
for await (const { operationId } of control.journal.watch({ after: lastNumber, method: 'POST' })) {
  console.log(operationId)
  if (operationId === 'submitJob') break
}
await asking
