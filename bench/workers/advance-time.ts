import { knownCatalogue } from '../../mock-server/catalogue/known-catalogue.ts'
import { createRescale } from '../../mock-server/rescale.ts'

export interface AdvanceOrder {
  readonly jobs: number
  readonly rounds: number
}

export interface AdvanceRound {
  readonly milliseconds: number
  readonly cpuMilliseconds: number
  /** Rows of the histories of all jobs and clusters that came while time moved. */
  readonly transitions: number
}

/** Jobs that are submitted, and then time is moved until nothing is due: simulated commands, logs and files included. */
async function round(jobs: number): Promise<AdvanceRound> {
  await using rescale = createRescale({ pace: 'still' })
  const world = rescale.world()
  const made = Array.from({ length: jobs }, (_, index) => {
    const hardware = { coreType: 'granite', coresPerSlot: 2, walltime: 1 }
    const analysis = { code: 'user_included', version: '0' }
    const jobanalyses = [{ analysis, command: `echo ${index % 16}`, hardware }]
    const job = world.platform.createJob({ name: `Job ${index}`, jobanalyses }, knownCatalogue)
    world.platform.submitJob(job.id)
    return job
  })
  const rows = () =>
    made.reduce((sum, { statuses, cluster }) => sum + statuses.length + (cluster?.statuses.length ?? 0), 0)
  const before = rows()
  const [cpu, begin] = [process.cpuUsage(), performance.now()]
  world.settle()
  const milliseconds = performance.now() - begin
  const { user, system } = process.cpuUsage(cpu)
  return { milliseconds, cpuMilliseconds: (user + system) / 1000, transitions: rows() - before }
}

const { jobs, rounds } = JSON.parse(process.argv[2] ?? '{}') as AdvanceOrder
const results: AdvanceRound[] = []
for (let index = 0; index < rounds; index += 1) results.push(await round(jobs))
process.stdout.write(JSON.stringify(results))
