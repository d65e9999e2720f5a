import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { loadRecipes } from '../../mock-server/executors/simulated/load-recipes.ts'
import { simulatedExecutor } from '../../mock-server/executors/simulated/simulated-executor.ts'
import { aJob, finishedJob, jobStatuses, logLines } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

const example = (name: string) =>
  loadRecipes(fileURLToPath(new URL(`../../examples/recipes/${name}`, import.meta.url)))
const recipes = [...(await example('recipes.json')), ...(await example('recipes.mjs'))]

describeRescale(
  'recipes',
  (target) => {
    const outputs = async (jobId: string) => {
      const { data } = await target().client.GET('/api/v2/jobs/{jobId}/files/', {
        params: { path: { jobId } },
      })
      return Object.fromEntries(data?.results.map((file) => [file.relativePath, file.decryptedSize]) ?? [])
    }

    it('decide how long a job runs, what it writes and what it leaves', async () => {
      const job = await finishedJob(target(), aJob({ command: 'solver mesh.msh', walltime: 8 }))
      expect((await logLines(target(), job.id)).join('')).toContain(
        'Iteration 400, residual 9.8e-6: converged',
      )
      expect(await outputs(job.id)).toMatchObject({ 'results/field.dat': 4 * 1024 * 1024, 'summary.txt': 31 })
      const { data } = await target().client.GET('/api/v2/jobs/{jobId}/', {
        params: { path: { jobId: job.id } },
      })
      expect(data?.elapsedWalltimeSeconds).toBeGreaterThanOrEqual(5400)
    })

    it('let a job fail', async () => {
      const [analysis] = aJob().jobanalyses
      const fluent = {
        ...analysis,
        analysis: { code: 'ansys_fluent', version: '2019r1' },
        command: 'fluent 3ddp',
      }
      const job = await finishedJob(target(), { name: 'no licence', jobanalyses: [fluent] } as ReturnType<
        typeof aJob
      >)
      const lines = await logLines(target(), job.id)
      expect(lines.at(-2)?.slice(24)).toBe('Exited with code 1\n')
      expect((await jobStatuses(target(), job.id))[0]).toBe('Completed')
    })

    it('may be functions of the job', async () => {
      const job = await finishedJob(
        target(),
        aJob({ name: 'optimise the wing', command: 'anything', walltime: 8 }),
      )
      expect((await logLines(target(), job.id)).join('')).toContain('2 cores on granite')
      expect(await outputs(job.id)).toHaveProperty('optimum.csv')
    })
  },
  { executor: (files) => simulatedExecutor({ files, recipes }) },
)
