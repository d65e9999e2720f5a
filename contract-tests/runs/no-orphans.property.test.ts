import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it, vi } from 'vitest'
import { knownCatalogue } from '../../mock-server/catalogue/known-catalogue.ts'
import { endings } from '../../mock-server/domain/endings/known-endings.ts'
import type { Job } from '../../mock-server/domain/job.ts'
import { RefusedError } from '../../mock-server/domain/refusal.ts'
import { shellExecutor } from '../../mock-server/executors/shell/shell-executor.ts'
import { createRescale } from '../../mock-server/index.ts'

const root = mkdtempSync(join(tmpdir(), 'localscale-orphans-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Nobody else's process has this among its arguments. */
const mark = `31536${process.pid}`

const commands = [
  'true',
  `sleep ${mark}`,
  `trap '' TERM; while :; do sleep ${mark}; done`,
  `(setsid sleep ${mark} &); sleep ${mark}`,
  `sleep ${mark} & echo started`,
] as const

const markedProcesses = (): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(mark)
      } catch {
        return false
      }
    })

const step = fc.oneof(
  fc.record({
    kind: fc.constantFrom('stop', 'force stop', 'stop run', 'delete', 'wait', 'wait'),
    job: fc.nat(2),
  }),
  fc.record({ kind: fc.constant('ask'), job: fc.nat(2), ending: fc.constantFrom(...endings) }),
  fc.record({ kind: fc.constant('advance'), seconds: fc.constantFrom(1, 15, 120, 500) }),
)

const story = fc.record({
  commands: fc.array(fc.constantFrom(...commands), { minLength: 1, maxLength: 3 }),
  steps: fc.array(step, { maxLength: 12, size: 'max' }),
})

const unlessRefused = (act: () => unknown): void => {
  try {
    act()
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
  }
}

it.runIf(existsSync('/proc/self/cmdline'))(
  'leaves no process, folder or cluster behind, whatever is done to jobs that really run',
  { timeout: 120_000 },
  async () => {
    let seen = 0
    await fc.assert(
      fc.asyncProperty(story, async ({ commands, steps }) => {
        const errors: unknown[] = []
        const rescale = createRescale({
          executor: (files) => shellExecutor({ root, files, graceMs: 50 }),
          onError: (error) => errors.push(error),
        })
        const { platform, advance } = rescale.world()
        const jobs = commands.map((command) => {
          const analysis = {
            analysis: { code: 'user_included', version: '0' },
            command,
            hardware: { coreType: 'granite', coresPerSlot: 2 },
          }
          const { id } = platform.createJob({ name: command, jobanalyses: [analysis] }, knownCatalogue)
          platform.submitJob(id)
          return platform.job(id)
        })
        advance('8m')
        for (const one of steps) {
          if ('seconds' in one) advance(`${one.seconds}s`)
          else await act(jobs[one.job], one)
          await new Promise(setImmediate)
        }

        function isLeft(jobId: string): boolean {
          return platform
            .jobs()
            .slice(0, 99)
            .some(({ id }) => id === jobId)
        }

        async function act(job: Job | undefined, { kind, ...one }: { kind: string }): Promise<void> {
          if (!job) return
          if (kind === 'stop') unlessRefused(() => platform.stopJob(job.id))
          if (kind === 'force stop') unlessRefused(() => platform.forceStopJob(job.id))
          if (kind === 'stop run') unlessRefused(() => platform.stopRun(job.id, '1'))
          if (kind === 'delete') await platform.deleteJob(job.id).catch(() => {})
          if (kind === 'wait') await untilItRuns(job)
          if ('ending' in one)
            unlessRefused(() =>
              platform.askEnding(job.id, { ending: one.ending as (typeof endings)[number], after: null }),
            )
        }

        /** A run may be over before it was seen, or wait for machines. */
        async function untilItRuns({ id }: Job): Promise<void> {
          const look = () => {
            const isUnderWay = isLeft(id) && platform.workFolder(id, '1') !== null
            if (isUnderWay) expect(markedProcesses()).not.toEqual([])
          }
          await vi.waitFor(() => unlessRefused(look), { timeout: 5_000, interval: 5 })
          seen += markedProcesses().length
        }

        // Whoever still runs is stopped; then every job that is left ends, and its cluster.
        const left = () =>
          jobs.filter(({ id }) =>
            platform
              .jobs()
              .slice(0, 99)
              .some((job) => job.id === id),
          )
        for (const { id } of left()) unlessRefused(() => platform.stopJob(id))
        await vi.waitFor(
          () => {
            advance('10m')
            for (const job of left())
              expect([job.state, job.cluster?.status]).toEqual(['completed', 'Stopped'])
          },
          { timeout: 15_000, interval: 5 },
        )
        for (const job of left()) {
          const isSuccess = job.statuses[0]?.reason === 'Completed successfully'
          expect(isSuccess && job.statuses.some(({ status }) => status === 'Stopping')).toBe(false)
        }
        await rescale.close()
        expect(markedProcesses()).toEqual([])
        expect(readdirSync(root).filter((name) => !name.startsWith('.'))).toEqual([])
        expect(errors).toEqual([])
      }),
      { numRuns: 70 },
    )
    expect(seen).toBeGreaterThan(0)
  },
)
