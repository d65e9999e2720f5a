import { collectPages } from '../harness/collect-pages.ts'
import { logOf, saveJob, submitJob, untilClusterWas, untilJobWas, uploadFile } from '../harness/conduct.ts'
import { jobRequest } from '../harness/job-requests.ts'
import { type Scenario, scenario } from '../harness/scenario.ts'
import { expectEqual, expectThat } from '../harness/scenario-context.ts'
import { requestFor } from './every-operation.ts'

const json = (body: unknown) => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const statusesIn = (rows: readonly { readonly status: string }[]): string[] =>
  rows.map(({ status }) => status)

/** Jobs from their submission to their end. */
export const jobLifeScenarios: readonly Scenario[] = [
  scenario({
    id: 'job-life/submit-and-watch',
    title: 'a job is submitted, passes through its statuses, and its cluster with it (NB 32 to 46)',
    needs: [],
    covers: [
      ['submitJob', 200],
      ['listJobStatuses', 200],
      ['listClusterStatuses', 200],
      ['listClusterStatuses', 404],
      ['deleteJob', 204],
    ],
    cost: 'submits',
    harmlessOutput: true,
    async run(t) {
      const jobId = await saveJob(t)
      await t.call('listClusterStatuses', { path: { jobId }, expect: 404 })
      const { body: none } = await t.call('listJobStatuses', { path: { jobId }, expect: 200 })
      expectEqual(none.count, 0, 'statuses before the submission')
      await t.call('submitJob', { path: { jobId }, expect: 200 })
      const history = await untilJobWas(t, jobId, 'Completed')
      expectThat(history.includes('Executing'), `the job was executing: ${history.join(', ')}`)
      const lines = await logOf(t, jobId)
      expectThat(
        lines.some((line) => line.includes('done')),
        'the log has what the command printed',
      )
      const cluster = await untilClusterWas(t, jobId, 'Stopped')
      expectEqual(
        await untilClusterWas(t, jobId, 'Stopped'),
        cluster,
        'the history of the cluster, read again',
      )
      const twoEach = { path: { jobId }, query: { page_size: 2 }, expect: 200 } as const
      const { body: ofJob } = await t.call('listJobStatuses', twoEach)
      expectEqual(statusesIn(await collectPages(t, ofJob)), history, 'the history of the job, in pages')
      const { body: ofCluster } = await t.call('listClusterStatuses', twoEach)
      expectEqual(statusesIn(await collectPages(t, ofCluster)), cluster, 'that of its cluster, in pages')
      await t.call('deleteJob', { path: { jobId }, expect: 204 })
    },
  }),
  scenario({
    id: 'job-life/completed-yet-failed',
    title: 'a job whose command fails completes all the same; its log says what was missing (NB 36 to 39)',
    needs: [],
    covers: [
      ['listJobFiles', 200],
      ['listFileLines', 200],
    ],
    cost: 'submits',
    harmlessOutput: true,
    async run(t) {
      const jobId = await submitJob(t, { command: 'python3 calculate_pi.py range.inp' })
      await untilJobWas(t, jobId, 'Completed')
      const { body } = await t.call('listJobFiles', {
        path: { jobId },
        query: { search: 'output' },
        expect: 200,
      })
      expectThat(
        body.results.some(({ name }) => name === 'process_output.log'),
        'the log is found',
      )
      const lines = await logOf(t, jobId)
      expectThat(
        lines.some((line) => line.includes('No such file')),
        'the log says which file is missing',
      )
      expectThat(
        lines.some((line) => /Exited with code [1-9]/.test(line)),
        'the log says how the command ended',
      )
    },
  }),
  scenario({
    id: 'job-life/too-late',
    title: 'a job that was submitted is changed by nothing, whether the platform says so or not (NB 44)',
    needs: ['a completed job', 'an uploaded text file'],
    covers: [['getJob', 200]],
    cost: 'submits',
    harmlessOutput: true,
    async run(t) {
      const { jobId } = t.given['a completed job']
      const inputs = [{ id: t.given['an uploaded text file'].fileId, decompress: true }]
      const { body: before } = await t.call('getJob', { path: { jobId }, expect: 200 })
      const { body: history } = await t.call('listJobStatuses', { path: { jobId }, expect: 200 })
      const { path } = requestFor('updateJob', { jobId })
      const submitted = await t.send(requestFor('submitJob', { jobId }))
      const other = jobRequest({ name: t.unique('too late'), isLowPriority: false, inputs })
      const changed = await t.send({ ...json(other), method: 'PATCH', path })
      // 200 was observed; that it is to become 400 was announced.
      for (const { status } of [submitted, changed])
        expectThat(status === 200 || status === 400, `a submitted job answers 200 or 400, not ${status}`)
      const { body: after } = await t.call('getJob', { path: { jobId }, expect: 200 })
      expectEqual(after.name, before.name, 'the name after the change')
      const { body: still } = await t.call('listJobStatuses', { path: { jobId }, expect: 200 })
      expectEqual(still.results, history.results, 'the history after the second submission')
    },
  }),
  scenario({
    id: 'job-life/deleted-input',
    title: 'a job whose input was deleted cannot be submitted (NB 83)',
    needs: ['an uploaded text file'],
    covers: [
      ['submitJob', 400],
      ['deleteFile', 204],
    ],
    cost: 'submits',
    harmlessOutput: true,
    async run(t) {
      const { fileId } = t.given['an uploaded text file']
      const jobId = await saveJob(t, { inputs: [{ id: fileId }] })
      await t.call('deleteFile', { path: { fileId }, expect: 204 })
      await t.call('submitJob', { path: { jobId }, expect: 400 })
    },
  }),
  scenario({
    id: 'job-life/cluster',
    title: 'a job that lasts shows its machines until it is stopped (NB 57 to 69)',
    needs: ['a running job'],
    covers: [
      ['listInstances', 200],
      ['getConnectionDetails', 200],
      ['deleteJob', 400],
      ['stopJob', 202],
      ['stopJob', 400],
    ],
    cost: 'submits',
    harmlessOutput: true,
    async run(t) {
      const { jobId } = t.given['a running job']
      const { body } = await t.call('listInstances', {
        path: { jobId },
        query: { page_size: 1 },
        expect: 200,
      })
      const [instance] = body.results
      expectThat(instance, 'there is a machine')
      expectThat(instance.publicIp && instance.username && instance.sshPort, 'it can be reached by SSH')
      await t.call('getConnectionDetails', { path: { jobId }, expect: 200 })
      await t.call('deleteJob', { path: { jobId }, expect: 400 })
      await t.call('stopJob', { path: { jobId }, expect: 202 })
      const history = await untilJobWas(t, jobId, 'Completed')
      expectEqual(history.slice(0, 2), ['Completed', 'Stopping'], 'the end of the history')
      await untilClusterWas(t, jobId, 'Stopped')
      await t.call('stopJob', { path: { jobId }, expect: 400 })
    },
  }),
  scenario({
    id: 'job-life/force-stop',
    title: 'a job is stopped by force, and one that does not run cannot be',
    needs: ['a running job', 'a saved job'],
    covers: [
      ['forceStopJob', 202],
      ['forceStopJob', 400],
    ],
    cost: 'submits',
    harmlessOutput: true,
    async run(t) {
      await t.call('forceStopJob', { path: t.given['a saved job'], expect: 400 })
      const { jobId } = t.given['a running job']
      await t.call('forceStopJob', { path: { jobId }, expect: 202 })
      await untilClusterWas(t, jobId, 'Stopped')
      const { body } = await t.call('listJobStatuses', { path: { jobId }, expect: 200 })
      expectThat(
        body.results.some(({ status }) => status === 'Force Stop'),
        'the history says so',
      )
    },
  }),
  scenario({
    id: 'job-life/economy',
    title: 'an economy job reads its inputs, and takes them along when it is deleted (NB 49 to 56)',
    needs: ['an uploaded text file'],
    covers: [
      ['submitJob', 200],
      ['deleteJob', 204],
      ['getFile', 404],
    ],
    cost: 'submits',
    harmlessOutput: true,
    async run(t) {
      const { fileId, name, text } = t.given['an uploaded text file']
      const input = {
        inputs: [{ id: fileId, decompress: true }],
        isLowPriority: true,
        command: `cat "${name}"`,
      }
      const jobId = await submitJob(t, input)
      await untilJobWas(t, jobId, 'Completed')
      const lines = await logOf(t, jobId)
      const [first = ''] = text.split('\n')
      expectThat(
        lines.some((line) => line.includes(first)),
        'the command read its input',
      )
      await untilClusterWas(t, jobId, 'Stopped')
      await t.call('listRuns', { path: { jobId }, expect: 200 })
      await t.call('deleteJob', { path: { jobId }, query: { deleteInputFiles: true }, expect: 204 })
      await t.call('getFile', { path: { fileId }, expect: 404 })
      await t.call('listRuns', { path: { jobId }, expect: 404 })
      await t.call('listClusterStatuses', { path: { jobId }, expect: 404 })
    },
  }),
  scenario({
    id: 'job-life/two-tiles',
    title: 'a job of two commands runs them one after the other, into one log (NB 58)',
    needs: [],
    covers: [['createJob', 201]],
    cost: 'submits',
    harmlessOutput: true,
    async run(t) {
      const tile = (command: string) => ({
        analysis: { code: 'user_included', version: '0' },
        command,
        hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1 },
      })
      const json = { name: t.unique('two tiles'), jobanalyses: [tile('echo first'), tile('echo second')] }
      const { body } = await t.call('createJob', { json: json as never, expect: 201 })
      await t.call('submitJob', { path: { jobId: body.id }, expect: 200 })
      await untilJobWas(t, body.id, 'Completed')
      const log = (await logOf(t, body.id)).join('')
      expectThat(
        log.indexOf('first') >= 0 && log.indexOf('first') < log.lastIndexOf('second'),
        'the log has both, in order',
      )
    },
  }),
  scenario({
    id: 'job-life/split-upload',
    title: 'a file that was uploaded in pieces is put together by a job (NB 77 to 80)',
    needs: [],
    covers: [
      ['uploadFile', 201],
      ['listJobFiles', 200],
    ],
    cost: 'submits',
    harmlessOutput: true,
    async run(t) {
      const label = t.unique('split').replaceAll(' ', '-')
      const pieces = ['one piece, ', 'another piece, ', 'the last\n']
      const inputs: { id: string; decompress: boolean }[] = []
      for (const [index, piece] of pieces.entries()) {
        const id = await uploadFile(t, `${label}.part${index}`, new TextEncoder().encode(piece))
        inputs.push({ id, decompress: false })
      }
      const jobId = await submitJob(t, { inputs, command: `cat ${label}.part* > whole.txt; cat whole.txt` })
      await untilJobWas(t, jobId, 'Completed')
      const log = (await logOf(t, jobId)).join('')
      expectThat(log.includes('the last'), 'the pieces were put together')
      const query = { search: 'whole.txt' }
      const { body: found } = await t.call('listJobFiles', { path: { jobId }, query, expect: 200 })
      const [whole] = found.results
      expectThat(whole, 'the whole is among the output files')
      await t.call('downloadFile', { path: { fileId: whole.id }, expect: 200 })
      const { body } = await t.call('listJobFiles', { path: { jobId }, query: { page_size: 1 }, expect: 200 })
      const files = await collectPages(t, body)
      expectThat(
        files.some(({ id }) => id === whole.id),
        'the whole is on one of the pages of output files',
      )
      const path = { jobId, runId: '1' }
      const { body: ofRun } = await t.call('listRunFiles', { path, query: { page_size: 1 }, expect: 200 })
      expectEqual((await collectPages(t, ofRun)).length, files.length, 'the number of files of the only run')
    },
  }),
]
