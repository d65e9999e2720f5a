import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeKeyPair } from '../../../client/clusters/key-pair.ts'
import { createAndSubmit, untilClusterStopped, watch } from '../jobs.ts'
import { Login } from '../ssh.ts'
import { assert, assertEqual, need, type Step } from '../step.ts'

export const clusterSteps: readonly Step[] = [
  {
    title: 'key pair made, registered',
    async run({ made, url, apiKey, mock }) {
      made.keyPair = await makeKeyPair('tutorial')
      const kind = made.keyPair.publicKey.split(' ', 1)[0]
      // The real platform takes it in the portal's job settings, or along with the job, as the next step does there.
      if (!mock) return `${kind}, to be given along with the job`
      const answer = await fetch(`${url}/_mock/ssh-keys/`, {
        method: 'POST',
        headers: { authorization: `Token ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ publicKey: made.keyPair.publicKey }),
      })
      assertEqual(answer.status, 201, 'status of registering the key')
      const { fingerprint } = (await answer.json()) as { fingerprint: string }
      return `${kind} ${fingerprint}`
    },
  },
  {
    title: 'sleep inf: Executing, instances with role, host, port and user',
    async run(context) {
      const { made, mock } = context
      const job = await createAndSubmit(context, {
        name: 'sleep inf',
        command: 'sleep inf',
        isLowPriority: true,
        ...(!mock && made.keyPair && { publicKey: made.keyPair.publicKey }),
      })
      made.clusterJob = job
      await watch(context, job.id, 'Executing')
      const [instance] = await context.client.jobs.instances(job.id).toArray()
      assert(instance, 'a running cluster has an instance')
      assert(instance.username.endsWith(job.id), 'the user is named after the job')
      assert(instance.publicIp && instance.sshPort > 0, 'an instance has a host and a port')
      assert(!mock || instance.role === 'CUSTOM', 'the only instance of a cluster is its custom one')
      made.instance = instance
      return `${instance.role} ${instance.username}@${instance.publicIp}:${instance.sshPort}`
    },
  },
  {
    title: 'inputs put onto the cluster, π computed there, output streamed, result fetched',
    async run({ made, mock, folder, inputFolder, progress }) {
      const instance = need(made.instance, 'the instance')
      const login = await Login.open(
        instance,
        need(made.keyPair, 'the key pair'),
        mock?.sshFingerprints ?? [],
      )
      try {
        for (const name of ['calculate_pi.py', 'range.inp'])
          await login.put(join(inputFolder, name), `work/${name}`)
        const chunks: string[] = []
        const { output, exitCode } = await login.run(
          'cd work && python3 calculate_pi.py range.inp',
          (text) => {
            chunks.push(text)
            progress(text.trim())
          },
        )
        assertEqual(exitCode, 0, 'the exit code')
        assert(chunks.length > 1, 'the output should come while the command runs')
        const local = join(folder, 'pi_estimate.res_ssh')
        await login.get('work/pi_estimate.res', local)
        const estimate = Number(await readFile(local, 'utf8'))
        assert(Math.abs(estimate - Math.PI) < 1e-4, `the cluster estimated π as ${estimate}`)
        return `${output.trim().split('\n').at(-1)}; pi_estimate.res says ${estimate}`
      } finally {
        login.close()
      }
    },
  },
  {
    title: 'stop: 202; Completed after Stopping',
    async run(context) {
      const { client, url, apiKey, made } = context
      const { id } = need(made.clusterJob, 'the cluster')
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
      const names = (await client.jobs.files(id).toArray()).map(({ name }) => name)
      assert(
        names.includes('pi_estimate.res'),
        'what was computed on the cluster should be among its outputs',
      )
      await untilClusterStopped(context, id)
      return `202; ${seen.slice(-3).join(' > ')}; ${reason}; ${names.length} files saved`
    },
  },
]
