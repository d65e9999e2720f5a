import type { Catalogue } from './catalogue.ts'
import type { Execution, Executor, RunOrder } from './executor.ts'
import { type Duration, hour, minute } from './instant.ts'
import type { JobAnalysisDraft } from './job.ts'
import type { Platform } from './platform.ts'
import { exitedWith, launching, workFolderOf } from './process-output.ts'
import { tutorialJobId } from './tutorial-job.ts'

const day = 24 * hour

interface SampleJob {
  /** How long before the tenant's beginning it was made. */
  readonly age: Duration
  readonly name: string
  readonly id?: string
  readonly analysis: { readonly code: string; readonly version: string }
  readonly command: string
  readonly coreType: string
  readonly cores: number
  readonly isEconomy?: boolean
}

const openFoam = { code: 'openfoam', version: '7-intelmpi' }
const fluent = { code: 'ansys_fluent', version: '2021r1' }
const ownSoftware = { code: 'user_included', version: '0' }
const abaqus = { code: 'abaqus', version: '2020-2038' }

/** Oldest first, of this year and the last. At least ten, because a client (JH24) takes a page of ten for granted. */
export const sampleJobs: readonly SampleJob[] = [
  {
    age: 410 * day,
    name: 'Airfoil 2D',
    analysis: openFoam,
    command: './airfoil2D/Allrun',
    coreType: 'hpc-3',
    cores: 4,
  },
  {
    age: 372 * day,
    name: 'Pipe bend, coarse mesh',
    analysis: fluent,
    command: 'fluent 3ddp -gu -i pipe.jou',
    coreType: 'emerald',
    cores: 8,
  },
  {
    age: 331 * day,
    name: 'Bracket, static',
    analysis: abaqus,
    command: 'abaqus job=bracket interactive',
    coreType: 'emerald',
    cores: 4,
  },
  {
    age: 290 * day,
    name: 'Motorbike',
    analysis: openFoam,
    command: './motorBike/Allrun',
    coreType: 'hpc-3',
    cores: 18,
  },
  {
    age: 243 * day,
    name: 'Pipe bend, fine mesh',
    analysis: fluent,
    command: 'fluent 3ddp -gu -i pipe.jou',
    coreType: 'emerald_max',
    cores: 36,
  },
  {
    age: 201 * day,
    name: 'Parameter study, first batch',
    analysis: ownSoftware,
    command: 'bash study.sh',
    coreType: 'granite',
    cores: 16,
    isEconomy: true,
  },
  {
    age: 164 * day,
    name: 'Parameter study, second batch',
    analysis: ownSoftware,
    command: 'bash study.sh',
    coreType: 'granite',
    cores: 16,
    isEconomy: true,
  },
  {
    age: 120 * day,
    name: 'Bracket, modal',
    analysis: abaqus,
    command: 'abaqus job=modes interactive',
    coreType: 'emerald',
    cores: 8,
  },
  {
    age: 91 * day,
    name: 'Wing, angle of attack 4',
    analysis: openFoam,
    command: './wing/Allrun',
    coreType: 'adamite',
    cores: 24,
  },
  {
    age: 60 * day,
    name: 'Wing, angle of attack 8',
    analysis: openFoam,
    command: './wing/Allrun',
    coreType: 'adamite',
    cores: 24,
  },
  {
    age: 33 * day,
    name: 'Tee junction',
    analysis: fluent,
    command: 'fluent 3ddp -gu -i tee.jou',
    coreType: 'emerald',
    cores: 18,
  },
  {
    age: 14 * day,
    name: 'Estimate of pi',
    id: tutorialJobId,
    analysis: ownSoftware,
    command: 'python3 calculate_pi.py range.inp',
    coreType: 'granite',
    cores: 2,
  },
  {
    age: 6 * day,
    name: 'Post-processing',
    analysis: ownSoftware,
    command: 'python3 collect.py',
    coreType: 'granite',
    cores: 4,
    isEconomy: true,
  },
  {
    age: 5 * hour,
    name: 'Smoke test',
    analysis: ownSoftware,
    command: 'echo ready',
    coreType: 'granite',
    cores: 2,
  },
]

/** Makes the jobs at their times, with the platform's own lifecycles. To be called in a platform that is younger than they are. */
export function runSampleJobs(platform: Platform, catalogue: Catalogue, until: number): void {
  for (const sample of sampleJobs) {
    platform.advanceTo(until - sample.age)
    const draft = {
      name: sample.name,
      jobanalyses: [analysisOf(sample)],
      isLowPriority: sample.isEconomy ?? false,
      projectId: platform.projects[0]?.id,
    }
    const { id } = platform.createJob(draft, catalogue, sample.id)
    platform.submitJob(id)
  }
}

const analysisOf = ({ analysis, command, coreType, cores }: SampleJob): JobAnalysisDraft => ({
  analysis,
  command,
  hardware: { coreType, coresPerSlot: cores, walltime: 12 },
})

/** Plans a plausible run of some minutes, with a log and a result. */
export const sampleExecutor: Executor = {
  execute(order): Execution {
    const duration = Math.round((5 + 100 * order.random()) * minute)
    const result = new TextEncoder().encode(`residual ${order.random().toExponential(6)}\n`)
    return {
      kind: 'planned',
      plan: {
        duration,
        exitCode: 0,
        log: [...logOf(order, duration)],
        files: [{ relativePath: 'result.dat', after: duration, content: result }],
      },
    }
  },
  close: () => Promise.resolve(),
}

function* logOf(order: RunOrder, duration: Duration): Generator<{ after: Duration; text: string }> {
  const command = order.analyses[0]?.command ?? ''
  yield { after: 0, text: launching(command, workFolderOf(order.username, false)) }
  for (let step = 1; step <= 3; step += 1) {
    yield {
      after: Math.round((duration * step) / 4),
      text: `step ${step} of 3, residual ${order.random().toExponential(6)}`,
    }
  }
  yield { after: duration, text: exitedWith(0) }
  yield { after: duration, text: '' }
}
