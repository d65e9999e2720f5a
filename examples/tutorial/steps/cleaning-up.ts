import { untilClusterStopped } from '../jobs.ts'
import { assert, assertEqual, type Step } from '../step.ts'

const DAY_MS = 24 * 3600 * 1000

export const cleaningSteps: readonly Step[] = [
  {
    title: 'files found by search, those of today deleted',
    async run({ client, made }) {
      const now = Date.now()
      // Somebody's account may hold other files of that name: only what these steps made is deleted.
      const ours = [made.largeFile?.id, ...(made.split?.fileIds ?? [])]
      const found = (await client.files.list({ search: 'testfile' }).toArray()).filter(({ id }) =>
        ours.includes(id),
      )
      const ofToday = found.filter(({ dateUploaded }) => Math.abs(now - Date.parse(dateUploaded)) < DAY_MS)
      assert(ofToday.length > 0, 'today’s test files should be found')
      for (const { id } of ofToday) await client.files.delete(id)
      const left = await client.files.list({ search: 'testfile' }).toArray()
      assertEqual(
        left.filter(({ id }) => ours.includes(id)).length,
        found.length - ofToday.length,
        'test files that are left',
      )
      return `${ofToday.length} of ${found.length} deleted`
    },
  },
  {
    title: 'the tutorial’s jobs deleted',
    async run(context) {
      const { client, made } = context
      let deleted = 0
      for await (const { id } of client.jobs.list()) {
        if (!made.jobIds.includes(id)) continue
        const submitted = (await client.jobs.statuses(id).count()) > 0
        if (submitted) await untilClusterStopped(context, id)
        await client.jobs.delete(id)
        deleted++
      }
      return `${deleted} jobs deleted`
    },
  },
]
