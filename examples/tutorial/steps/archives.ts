import { outputOf, runToSuccess } from '../jobs.ts'
import { assert, need, type Step } from '../step.ts'

export const archiveSteps: readonly Step[] = [
  {
    title: 'inputs as a zip, decompressed on the cluster',
    async run(context) {
      const archive = await context.client.files.uploadFolder(context.inputFolder, { name: 'job_inputs.zip' })
      context.made.archive = archive
      const job = await runToSuccess(context, {
        name: 'zipped inputs',
        command: 'cd job_inputs; python calculate_pi.py range.inp',
        inputFiles: [archive],
        isLowPriority: true,
      })
      const estimate = (await outputOf(context, job.id)).find((line) => line.includes('Estimate of pi'))
      assert(estimate, 'the script in the archive should have run')
      return estimate
    },
  },
  {
    title: 'and not, with decompress: false',
    async run(context) {
      const { id } = need(context.made.archive, 'the archive')
      const job = await runToSuccess(context, {
        name: 'zip kept as it is',
        command: 'test ! -e job_inputs && test ! -e range.inp && ls -l job_inputs.zip',
        inputFiles: [{ id, decompress: false }],
      })
      const line = (await outputOf(context, job.id)).find((text) => text.startsWith('-'))
      await context.client.files.delete(id)
      return `only the archive is there: ${line}`
    },
  },
]
