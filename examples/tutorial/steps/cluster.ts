import { createAndSubmit, untilClusterStopped, watch } from '../jobs.ts'
import { assert, assertEqual, need, type Step } from '../step.ts'

export const clusterSteps: readonly Step[] = [
  {
    title: 'sleep inf: Executing, instances with role, host, port and user',
    async run(context) {
      const job = await createAndSubmit(context, {
        name: 'sleep inf',
        command: 'sleep inf',
        isLowPriority: true,
      })
      context.made.clusterJob = job
      await watch(context, job.id, 'Executing')
      const [instance] = await context.client.jobs.instances(job.id).toArray()
      assert(instance, 'a running cluster has an instance')
      assert(instance.username.endsWith(job.id), 'the user is named after the job')
      return `${instance.role} ${instance.username}@${instance.publicIp}:${instance.sshPort}`
    },
  },
  {
    title: 'stop: 202; Completed after Stopping',
    async run(context) {
      const { client, url, apiKey } = context
      const { id } = need(context.made.clusterJob, 'the cluster')
      const headers = { authorization: `Token ${apiKey}`, 'content-type': 'application/json' }
      // The tutorial posts the job's definition along; nobody reads it.
      const answer = await fetch(`${url}/api/v2/jobs/${id}/stop/`, {
        method: 'POST',
        headers,
        body: '{"name":"ignored"}',
      })
      assertEqual(answer.status, 202, 'status of stop')
      const seen = await watch(context, id, 'Completed')
      assertEqual(seen.slice(-2), ['Stopping', 'Completed'], 'the last statuses')
      const { verdict, reason } = await client.jobs.outcome(id)
      assertEqual(verdict, 'stopped', 'the verdict')
      await untilClusterStopped(context, id)
      return `202; ${seen.slice(-3).join(' > ')}; ${reason}`
    },
  },
]
