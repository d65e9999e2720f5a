import { join } from 'node:path'
import type { JobCreate } from '../../../client/index.ts'
import { assertEqual, type Step } from '../step.ts'

const inputNames = ['calculate_pi.py', 'range.inp', 'run_plot.jou', 'tjunction_plot.cas.gz']
const hardware = { coreType: 'emerald_max', coresPerSlot: 4, walltime: 1 } as const

export const twoTileSteps: readonly Step[] = [
  {
    title: 'two-tile job with licence environment variables',
    async run({ client, inputFolder, made }) {
      const files = await Promise.all(inputNames.map((name) => client.files.upload(join(inputFolder, name))))
      const envVars = {
        ANSYSLI_SERVERS: '2325@licences.example.com',
        ANSYSLMD_LICENSE_FILE: '1055@licences.example.com',
      }
      const job = await client.jobs.create({
        name: 'LocalScale tutorial (two tiles)',
        jobanalyses: [
          {
            analysis: { code: 'user_included', version: '0' },
            command: 'python3 calculate_pi.py range.inp',
            hardware,
            inputFiles: files.map(({ id }) => ({ id })),
          },
          {
            analysis: { code: 'ansys_fluent', version: '2019r1' },
            command: 'fluent 3ddp -g -cnf=$FLUENT_HOSTS -t$RESCALE_CORES_PER_SLOT -i run_plot.jou',
            hardware,
            envVars,
          },
        ],
      } as JobCreate)
      made.jobIds.push(job.id)
      const saved = await client.jobs.get(job.id)
      assertEqual(
        saved.jobanalyses.map(({ analysis }) => analysis.code),
        ['user_included', 'ansys_fluent'],
        'the tiles',
      )
      assertEqual(saved.jobanalyses[1]?.envVars, envVars, 'the licence variables')
      await client.jobs.delete(job.id, { deleteInputFiles: true })
      return `saved as ${job.id}, read back, and deleted: it would need a licence to run`
    },
  },
]
