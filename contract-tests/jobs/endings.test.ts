import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import type { Ending } from '../../mock-server/domain/endings/ending.ts'
import { endings } from '../../mock-server/domain/endings/known-endings.ts'
import { loadRecipes } from '../../mock-server/executors/simulated/load-recipes.ts'
import type { Recipe } from '../../mock-server/executors/simulated/recipe.ts'
import { simulatedExecutor } from '../../mock-server/executors/simulated/simulated-executor.ts'
import { observedQuirks } from '../../mock-server/index.ts'
import { aJob, clusterStatuses, jobIn, logLines, savedJob, submittedJob, uploadedFile } from '../fixtures.ts'
import { describeRescale, type Target } from '../targets.ts'

/** Two files: one that grows all the time, one that appears at the end. */
const solver: Recipe = {
  name: 'a solver',
  matches: ({ jobName }) => jobName.startsWith('solve'),
  plan: ({ jobName }) => {
    const ending = /^solve by recipe (.*)$/.exec(jobName)?.[1]
    return {
      ...(ending !== undefined && { ending }),
      duration: '20m',
      log: [
        { after: '1m', text: 'begins' },
        { after: '19m', text: 'converged' },
      ],
      files: [
        { path: 'restart.dat', size: 1000, from: '0s' },
        { path: 'result.dat', size: 500 },
      ],
    }
  },
}

interface Seen {
  readonly job: readonly (readonly [string, string?])[] | null
  readonly cluster: readonly string[] | null
  readonly log: readonly string[]
  readonly files: Readonly<Record<string, number>>
}

async function seenOf(target: Target, jobId: string): Promise<Seen> {
  const { data, response } = await target.client.GET('/api/v2/jobs/{jobId}/statuses/', {
    params: { path: { jobId } },
  })
  if (response.status === 404) return { job: null, cluster: null, log: [], files: {} }
  const files = await target.client.GET('/api/v2/jobs/{jobId}/files/', { params: { path: { jobId } } })
  const lines = (await logLines(target, jobId)).map((line) => line.slice(24, -1))
  return {
    job:
      data?.results.map(({ status, statusReason }) =>
        statusReason === null ? [status] : [status, statusReason],
      ) ?? null,
    cluster: await clusterStatuses(target, jobId),
    // The first line names the folder, the last one is empty.
    log: lines.slice(1, -1),
    files: Object.fromEntries(
      files.data?.results
        .filter(({ relativePath }) => relativePath !== 'process_output.log')
        .map(({ relativePath, decryptedSize }) => [relativePath, decryptedSize]) ?? [],
    ),
  }
}

const whole = { 'mesh.msh': 5, 'restart.dat': 1000, 'result.dat': 500 }
const half = { 'mesh.msh': 5, 'restart.dat': 500 }
/** The grace time lets it write a little more. */
const aBitMore = { 'mesh.msh': 5, 'restart.dat': expect.closeTo(507, -1) }

/** What the solver leaves, beyond what the table of endings says in words. */
const left: Readonly<
  Record<string, { readonly log: readonly string[]; readonly files: Readonly<Record<string, unknown>> }>
> = {
  success: { log: ['begins', 'converged', 'Exited with code 0'], files: whole },
  failed: { log: ['begins', 'converged', 'Exited with code 1'], files: whole },
  'failed-stopping': { log: ['begins', 'converged', 'Exited with code 1'], files: whole },
  'stopped-while-executing': { log: ['begins', 'Exited with code 143'], files: aBitMore },
  'force-stopped': { log: ['begins', 'Exited with code 137'], files: { ...aBitMore, 'restart.dat': 501 } },
  'run-stopped': { log: ['begins', 'Exited with code 143'], files: aBitMore },
  walltime: { log: ['begins', 'converged', 'Exited with code 143'], files: whole },
  'spot-reclaimed': { log: ['begins', 'converged', 'Exited with code 0'], files: whole },
  'licence-unavailable': {
    log: [
      'License checkout failed: Licensed number of users already reached.',
      'FlexNet Licensing error:-4,132',
      'Exited with code 1',
    ],
    files: { 'mesh.msh': 5 },
  },
  'out-of-memory': { log: ['begins', 'Killed', 'Exited with code 137'], files: half },
  'disk-full': {
    log: ['begins', 'write error: No space left on device', 'Exited with code 1'],
    files: { ...half, 'result.dat': 250 },
  },
  'partial-outputs': {
    log: ['begins', 'Floating point exception (core dumped)', 'Exited with code 136'],
    files: { ...half, 'result.dat': 250 },
  },
}

function expectEnding({ name, shows }: Ending, seen: Seen): void {
  expect(seen.job).toEqual(shows.job)
  expect(seen.cluster).toEqual(shows.cluster)
  const { log, files } = left[name] ?? { log: [], files: {} }
  expect(seen.log).toEqual(log)
  expect(seen.files).toEqual(files)
  if (shows.log) expect(seen.log.slice(-shows.log.length)).toEqual(shows.log)
  else expect(seen.log).toEqual([])
}

const executor = (files: Parameters<typeof simulatedExecutor>[0]['files']) =>
  simulatedExecutor({ files, recipes: [solver] })

describeRescale(
  'how jobs end',
  (target) => {
    const aSolverJob = async (name: string) => {
      const { id } = await uploadedFile(target(), 'mesh.msh', 'mesh\n')
      return aJob({ name, inputs: [{ id }] })
    }
    const ask = (jobId: string, body: unknown) =>
      target().fetch(`/_mock/jobs/${jobId}/outcome/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })

    it.each(endings)('in the way of $name, asked for by name, by control or by recipe', async (ending) => {
      const { name } = ending
      const byName = await submittedJob(target(), await aSolverJob(`solve [mock:${name}]`))
      const byControl = await savedJob(target(), await aSolverJob('solve'))
      const response = await ask(byControl.id, { ending: name })
      expect([response.status, await response.json()]).toEqual([
        200,
        { jobId: byControl.id, ending: name, afterSeconds: null },
      ])
      await target().client.POST('/api/v2/jobs/{jobId}/submit/', {
        params: { path: { jobId: byControl.id } },
      })
      const byRecipe = await submittedJob(target(), await aSolverJob(`solve by recipe ${name}`))
      target().world.settle()
      for (const { id } of [byName, byControl, byRecipe]) {
        expectEnding(ending, await seenOf(target(), id))
        // Its cluster has stopped.
        const { status } = await target().fetch(`/api/v2/jobs/${id}/`, { method: 'DELETE' })
        expect(status).toBe(ending.shows.job ? 204 : 404)
      }
    })

    it('is told by a list of all that can be asked for', async () => {
      const response = await target().fetch('/_mock/endings/')
      const listed = (await response.json()) as { name: string; shows: unknown; evidence: unknown }[]
      expect(listed.map(({ name }) => name)).toEqual(endings.map(({ name }) => name))
      expect(listed.find(({ name }) => name === 'no-capacity')).toMatchObject({
        description: expect.any(String),
        shows: {
          job: [
            {
              status: 'Completed',
              statusReason: 'Could not allocate compute resources from the compute provider',
            },
            { status: 'Validated', statusReason: null },
            {},
            {},
            {},
          ],
          cluster: ['Stopped', 'Stopping', 'Stop Requested', 'Queued', 'Not Started'],
          log: null,
        },
        evidence: { grade: 'client-source', source: 'NF', inferred: expect.any(String) },
      })
    })

    it('can be decided while the job executes, for now or for later', async () => {
      const now = await jobIn(target(), 'Executing', await aSolverJob('solve one'))
      expect((await ask(now.id, { ending: 'partial-outputs' })).status).toBe(200)
      expect((await seenOf(target(), now.id)).job?.[0]).toEqual(['Completed', 'A run failed'])
      const later = await jobIn(target(), 'Executing', await aSolverJob('solve two'))
      expect((await ask(later.id, { ending: 'out-of-memory after 5m' })).status).toBe(200)
      target().world.advance('4m')
      expect((await seenOf(target(), later.id)).job?.[0]).toEqual(['Executing'])
      target().world.settle()
      expect((await seenOf(target(), later.id)).files).toEqual({ 'mesh.msh': 5, 'restart.dat': 250 })
    })

    it.each([
      [{}, { ending: ['This field is required.'] }],
      // A number is as good as its text, as in all requests.
      [{ ending: 7 }, { ending: [expect.stringMatching(/^There is no ending "7"\. Choose /)] }],
      [{ ending: {} }, { ending: ['Not a valid string.'] }],
      [
        { ending: 'explodes' },
        { ending: [expect.stringMatching(/^There is no ending "explodes"\. Choose /)] },
      ],
      [{ ending: 'no-capacity after 5m' }, { ending: [expect.stringMatching(/before commands run/)] }],
    ])('refuses %j', async (body, answer) => {
      const { id } = await savedJob(target())
      const response = await ask(id, body)
      expect([response.status, await response.json()]).toEqual([400, answer])
    })

    it('refuses an ending for which it is too late, and jobs that there are not', async () => {
      const { id } = await jobIn(target(), 'Executing', await aSolverJob('solve'))
      const response = await ask(id, { ending: 'no-capacity' })
      expect([response.status, await response.json()]).toEqual([
        400,
        { detail: 'It is too late for no-capacity: the job is Executing.' },
      ])
      expect((await ask('ABCDEF', { ending: 'success' })).status).toBe(404)
    })

    it('refuses to submit a job whose name asks for what there is not', async () => {
      const { id } = await savedJob(target(), await aSolverJob('solve [mock:explodes]'))
      const response = await target().fetch(`/api/v2/jobs/${id}/submit/`, { method: 'POST' })
      expect([response.status, await response.json()]).toEqual([
        400,
        { name: [expect.stringMatching(/^There is no ending "explodes"/)] },
      ])
    })

    it('does not let a job be deleted under way', async () => {
      const { id } = await jobIn(target(), 'Executing', await aSolverJob('solve'))
      const response = await target().fetch(`/api/v2/jobs/${id}/`, { method: 'DELETE' })
      expect(response.status).toBe(400)
      expect((await seenOf(target(), id)).job?.[0]).toEqual(['Executing'])
    })

    it('starts over on other machines when an economy instance is reclaimed', async () => {
      const job = { ...(await aSolverJob('solve [mock:spot-reclaimed after 5m]')), isLowPriority: true }
      const { id } = await jobIn(target(), 'Executing', job)
      const hosts = async () => {
        const response = await target().fetch(`/api/v2/jobs/${id}/instances/`)
        const { results } = (await response.json()) as { results: { publicHostname: string }[] }
        return results.map(({ publicHostname }) => publicHostname)
      }
      const folder = async () =>
        (await target().fetch(`/api/v2/jobs/${id}/runs/1/directory-contents/`)).status
      const tail = async () => {
        const response = await target().fetch(`/api/v2/jobs/${id}/runs/1/tail/process_output.log?lines=1`)
        return ((await response.json()) as { lines: string[] }).lines.map((line) => line.slice(24))
      }
      const before = await hosts()
      target().world.advance('2m')
      expect([await folder(), await tail()]).toEqual([200, ['begins']])
      target().world.advance('4m')
      expect([await hosts(), await folder()]).toEqual([[], 404])
      target().world.advance('8m')
      expect([(await hosts()).length, await folder()]).toEqual([1, 200])
      expect(await hosts()).not.toEqual(before)
      target().world.settle()
      const { job: rows } = await seenOf(target(), id)
      expect(rows?.map(([status]) => status)).toEqual([
        ...['Completed', 'Executing', 'Validated', 'Started', 'Queued', 'Waiting for Queue', 'Pending'],
      ])
    })
  },
  { executor },
)

describeRescale(
  'how jobs end where names are left alone',
  (target) => {
    it('is up to their commands', async () => {
      const { id } = await submittedJob(target(), aJob({ name: 'solve [mock:no-capacity]' }))
      target().world.settle()
      expect((await seenOf(target(), id)).job?.[0]).toEqual(['Completed', 'Completed successfully'])
    })
  },
  { executor, quirks: { ...observedQuirks, endingsInNames: false } },
)

describeRescale(
  'how jobs end where a stop is always told',
  (target) => {
    it('shows Stopping and Completed also while the job is Queued', async () => {
      const { id } = await submittedJob(target(), aJob({ name: 'solve [mock:stopped-while-queued]' }))
      target().world.settle()
      expect((await seenOf(target(), id)).job).toEqual([
        ['Completed'],
        ['Stopping', 'User Terminated'],
        ['Queued'],
        ['Pending'],
      ])
    })
  },
  { executor, quirks: { ...observedQuirks, stopBeforeValidation: 'stopping' } },
)

const examples = await loadRecipes(
  fileURLToPath(new URL('../../examples/recipes/recipes.json', import.meta.url)),
)

describeRescale(
  'the example of a recipe with an ending',
  (target) => {
    it('comes true', async () => {
      const { id } = await jobIn(target(), 'Executing', aJob({ name: 'wing on spot instances' }))
      target().world.advance('11m')
      const { data } = await target().client.GET('/api/v2/jobs/{jobId}/instances/', {
        params: { path: { jobId: id } },
      })
      expect(data?.count).toBe(0)
      target().world.settle()
      expect((await seenOf(target(), id)).files).toEqual({ 'restart.dat': 1024 * 1024 })
    })
  },
  { executor: (files) => simulatedExecutor({ files, recipes: examples }) },
)
