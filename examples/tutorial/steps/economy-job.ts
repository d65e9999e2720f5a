import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HttpError } from '../../../client/index.ts'
import { createAndSubmit, untilClusterStopped, watch } from '../jobs.ts'
import { assert, assertEqual, need, type Step } from '../step.ts'

export const economyJobSteps: readonly Step[] = [
  {
    title: 'economy job with inputs, submit, wait',
    async run(context) {
      context.made.economyJob = await createAndSubmit(context, {
        name: 'with inputs',
        command: 'python3 calculate_pi.py range.inp',
        inputFiles: need(context.made.pythonFiles, 'the uploads'),
        isLowPriority: true,
      })
      const { id } = context.made.economyJob
      const seen = await watch(context, id, 'Completed')
      const { verdict, reason } = await context.client.jobs.outcome(id)
      assertEqual(verdict, 'ok', 'the verdict')
      assert(!seen.includes('Stopping'), 'a success is never Stopping')
      return `${seen.join(' > ')}; ${reason}`
    },
  },
  {
    title: 'all outputs downloaded, SHA-512 of each compared with metadata',
    async run({ client, folder, made }) {
      const { id } = need(made.economyJob, 'the job')
      const files = await client.jobs.files(id).toArray()
      const names = files.map(({ name }) => name)
      for (const name of ['process_output.log', 'pi_estimate.res', 'pi_estimate.bin'])
        assert(names.includes(name), `${name} is missing among ${names.join(', ')}`)
      for (const { id: fileId, name } of files) {
        await client.files.download(fileId, { to: join(folder, 'outputs', name) })
        const metadata = await client.files.get(fileId)
        const bytes = await readFile(join(folder, 'outputs', name))
        assertEqual(
          createHash('sha512').update(bytes).digest('hex'),
          metadata.fileChecksums[0]?.fileHash,
          `SHA-512 of ${name}`,
        )
      }
      const estimate = Number(await readFile(join(folder, 'outputs', 'pi_estimate.res'), 'utf8'))
      assert(Math.abs(estimate - Math.PI) < 1e-4, `Python estimated π as ${estimate}`)
      return `${files.length} files are what their metadata says; π is about ${estimate}`
    },
  },
  {
    title: 'DELETE with deleteInputFiles',
    async run(context) {
      const { client, made } = context
      const { id } = need(made.economyJob, 'the job')
      await untilClusterStopped(context, id)
      await client.jobs.delete(id, { deleteInputFiles: true })
      for (const file of need(made.pythonFiles, 'the uploads')) {
        const gone = await client.files.get(file.id).catch((reason: unknown) => reason)
        assert(gone instanceof HttpError && gone.status === 404, `${file.name} should be gone`)
      }
      return 'the job and both of its input files are gone'
    },
  },
]
