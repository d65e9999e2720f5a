import type { OperationId } from '../../openapi/generated/routes.ts'
import { collectPages } from '../harness/collect-pages.ts'
import { saveJob } from '../harness/conduct.ts'
import { jobRequest } from '../harness/job-requests.ts'
import { type Scenario, scenario } from '../harness/scenario.ts'
import { expectEqual, expectThat } from '../harness/scenario-context.ts'
import { refused, requestFor } from './every-operation.ts'

const notOnlyJson = [
  ...['createJob', 'updateJob', 'replaceJob', 'addJobTag', 'removeJobTag', 'attachStorageDevice'],
  'setJobCustomFields',
] as const satisfies readonly OperationId[]

/** Nobody has the other half. */
const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIATQFW6jCxWt4d3U4ucnmElIF9cK/8wxO5d37kYqnT/b contract'

/** Jobs as they are saved, changed, listed and deleted. */
export const jobScenarios: readonly Scenario[] = [
  scenario({
    id: 'jobs/create',
    title: 'a job with too few cores is refused in words, with enough it is saved (NB 28 and 30)',
    needs: [],
    covers: [
      ['createJob', 400],
      ['createJob', 201],
      ['getJob', 200],
    ],
    cost: 'creates',
    async run(t) {
      const name = t.unique('first job')
      const { body: errors } = await t.call('createJob', {
        json: jobRequest({ name, coresPerSlot: 1 }),
        expect: 400,
      })
      expectThat(JSON.stringify(errors).includes('core'), 'the answer says what is wrong with the cores')
      const { body: saved } = await t.call('createJob', { json: jobRequest({ name }), expect: 201 })
      const { body: read } = await t.call('getJob', { path: { jobId: saved.id }, expect: 200 })
      expectEqual(read, saved, 'the job as it is read')
    },
  }),
  scenario({
    id: 'jobs/settings',
    title: 'a job keeps its note, its priority, the key for its cluster and the variables (NB 28 and 58)',
    needs: [],
    covers: [
      ['createJob', 201],
      ['getJob', 200],
    ],
    cost: 'creates',
    async run(t) {
      const envVars = {
        ANSYSLI_SERVERS: '2325@licences.example',
        ANSYSLMD_LICENSE_FILE: '1055@licences.example',
      }
      const kept = {
        description: 'the airfoil, coarse',
        isLowPriority: false,
        publicKey: PUBLIC_KEY,
      } as const
      const json = jobRequest({ name: t.unique('settings'), envVars, ...kept })
      const { body: saved } = await t.call('createJob', { json, expect: 201 })
      const { body: read } = await t.call('getJob', { path: { jobId: saved.id }, expect: 200 })
      const { description, isLowPriority, publicKey } = read
      expectEqual({ description, isLowPriority, publicKey }, kept, 'the job as it is read')
      const variables: Readonly<Record<string, string>> = read.jobanalyses[0]?.envVars ?? {}
      for (const [name, value] of Object.entries(envVars)) expectEqual(variables[name], value, name)
    },
  }),
  scenario({
    id: 'jobs/known-job',
    title: 'a completed job tells its software, and is found without its last slash (NB 22)',
    needs: ['a completed job'],
    covers: [
      ['getJob', 200],
      ['outside', 301],
    ],
    cost: 'submits',
    harmlessOutput: true,
    async run(t) {
      const { jobId } = t.given['a completed job']
      const moved = await refused(
        t,
        { method: 'GET', path: `/api/v2/jobs/${jobId}` },
        301,
        'without its slash',
      )
      expectThat(
        moved.header('location')?.endsWith(`/api/v2/jobs/${jobId}/`),
        'the redirect leads to the job',
      )
      const { body } = await t.call('getJob', { path: { jobId }, expect: 200 })
      expectEqual(body.jobanalyses[0]?.analysis.code, 'user_included', 'the software')
    },
  }),
  scenario({
    id: 'jobs/list',
    title: 'jobs are listed in pages, by name, state and status (NB 24)',
    needs: ['several saved jobs', 'a completed job'],
    covers: [
      ['listJobs', 200],
      ['listJobs', 400],
      ['listJobs', 404],
    ],
    cost: 'submits',
    harmlessOutput: true,
    async run(t) {
      const { jobIds, nameContains } = t.given['several saved jobs']
      const query = { search: nameContains, page_size: 2 }
      const { body } = await t.call('listJobs', { query, expect: 200 })
      const found = await collectPages(t, body)
      expectEqual(
        found.map(({ id }) => id),
        jobIds.toReversed(),
        'the jobs that are found, newest first',
      )
      const over = await t.call('listJobs', {
        query: { state: 'completed', job_status: 'COMPLETED', page_size: 100 },
        expect: 200,
      })
      const { jobId } = t.given['a completed job']
      expectThat(
        over.body.results.some(({ id }) => id === jobId),
        'the completed job is among the completed',
      )
      await refused(t, { method: 'GET', path: '/api/v2/jobs/?state=half' }, 400, 'has no such state')
      await t.call('listJobs', { query: { page: 10_000 }, expect: 404 })
    },
  }),
  scenario({
    id: 'jobs/change',
    title: 'a saved job is changed in part, and replaced as a whole',
    needs: ['a saved job'],
    covers: [
      ['updateJob', 200],
      ['updateJob', 400],
      ['replaceJob', 200],
      ['replaceJob', 400],
    ],
    cost: 'creates',
    async run(t) {
      const { jobId } = t.given['a saved job']
      const [changed, replaced] = [t.unique('changed'), t.unique('replaced')]
      const { body: one } = await t.call('updateJob', {
        path: { jobId },
        json: { name: changed },
        expect: 200,
      })
      expectEqual(one.name, changed, 'the name after the change')
      await t.call('updateJob', { path: { jobId }, wrongJson: { name: '' }, expect: 400 })
      await t.call('getJob', { path: { jobId }, expect: 200 })
      const json = jobRequest({ name: replaced, command: 'echo replaced' })
      await t.call('replaceJob', { path: { jobId }, json, expect: 200 })
      await t.call('replaceJob', { path: { jobId }, wrongJson: { name: replaced }, expect: 400 })
      const { body: read } = await t.call('getJob', { path: { jobId }, expect: 200 })
      expectEqual(
        [read.name, read.jobanalyses[0]?.command],
        [replaced, 'echo replaced'],
        'the job after it was replaced',
      )
    },
  }),
  scenario({
    id: 'jobs/delete',
    title: 'a job that was never submitted is deleted, and is gone for every operation',
    needs: [],
    covers: [
      ['deleteJob', 204],
      ['deleteJob', 404],
      ['getJob', 404],
    ],
    cost: 'creates',
    async run(t) {
      const name = t.unique('to be deleted')
      const jobId = await saveJob(t, { name })
      await t.call('getJob', { path: { jobId }, expect: 200 })
      await t.call('deleteJob', { path: { jobId }, expect: 204 })
      await t.call('getJob', { path: { jobId }, expect: 404 })
      await t.call('deleteJob', { path: { jobId }, expect: 404 })
      const { body } = await t.call('listJobs', { query: { search: name }, expect: 200 })
      expectEqual(body.count, 0, 'jobs of that name')
    },
  }),
  scenario({
    id: 'jobs/tags',
    title: 'a job is tagged, and loses its tag',
    needs: ['a saved job'],
    covers: [
      ['addJobTag', 201],
      ['addJobTag', 400],
      ['listJobTags', 200],
      ['removeJobTag', 204],
      ['removeJobTag', 400],
    ],
    cost: 'creates',
    async run(t) {
      const { jobId } = t.given['a saved job']
      await t.call('addJobTag', { path: { jobId }, json: { name: 'Contract' }, expect: 201 })
      await t.call('addJobTag', { path: { jobId }, wrongJson: {}, expect: 400 })
      const { body: tags } = await t.call('listJobTags', { path: { jobId }, expect: 200 })
      expectEqual(
        tags.map(({ normalizedName }) => normalizedName),
        ['contract'],
        'the tags',
      )
      await t.call('removeJobTag', { path: { jobId }, json: { name: 'Contract' }, expect: 204 })
      await t.call('removeJobTag', { path: { jobId }, wrongJson: {}, expect: 400 })
      const { body: left } = await t.call('listJobTags', { path: { jobId }, expect: 200 })
      expectEqual(left, [], 'the tags that are left')
    },
  }),
  scenario({
    id: 'jobs/custom-fields',
    title: 'what a company notes about a job is kept beside it, and read with its name',
    needs: ['a saved job'],
    covers: [
      ['getJobCustomFields', 200],
      ['setJobCustomFields', 200],
      ['setJobCustomFields', 400],
    ],
    cost: 'creates',
    async run(t) {
      const { jobId } = t.given['a saved job']
      const first = { Customer: 'ACME', 'Run Number': 42 }
      const { body: echo } = await t.call('setJobCustomFields', { path: { jobId }, json: first, expect: 200 })
      expectEqual([echo.Customer, echo['Run Number']], ['ACME', 42], 'the answer')
      await t.call('setJobCustomFields', { path: { jobId }, json: { 'Run Number': 43 }, expect: 200 })
      const wrongJson = { Customer: { name: 'ACME' } }
      await t.call('setJobCustomFields', { path: { jobId }, wrongJson, expect: 400 })
      const { body: fields } = await t.call('getJobCustomFields', { path: { jobId }, expect: 200 })
      const told = ['Customer', 'Run Number'].map((name) => [fields[name]?.meta.name, fields[name]?.value])
      expectEqual(
        told,
        [
          ['Customer', 'ACME'],
          ['Run Number', 43],
        ],
        'the fields',
      )
    },
  }),
  scenario({
    id: 'jobs/project',
    title: 'a saved job is assigned to a project of the user, and to no other',
    needs: ['a saved job'],
    covers: [
      ['assignJobToProject', 201],
      ['assignJobToProject', 400],
      ['assignJobToProject', 415],
    ],
    cost: 'creates',
    notOnLive: { kind: 'concerns-others', text: 'It would decide whose budget in the company pays.' },
    async run(t) {
      const { jobId } = t.given['a saved job']
      const { body: user } = await t.call('getCurrentUser', { expect: 200 })
      const path = { organizationCode: user.company.code, jobId }
      await t.call('assignJobToProject', { path, wrongJson: {}, expect: 400 })
      const request = requestFor('assignJobToProject', path)
      const headers = { 'content-type': 'text/csv' }
      await refused(t, { ...request, headers, body: '{}' }, 415, 'takes no CSV')
      const [project] = user.company.projects
      expectThat(project, 'the user has a project')
      await t.call('assignJobToProject', { path, json: { projectId: project.id }, expect: 201 })
      const { body: job } = await t.call('getJob', { path: { jobId }, expect: 200 })
      expectEqual(job.projectId, project.id, 'the project')
    },
  }),
  scenario({
    id: 'jobs/share',
    title: 'a job that is shared names with whom, and with nobody it is refused',
    needs: ['a saved job'],
    covers: [
      ['shareJob', 200],
      ['shareJob', 400],
      ['shareJob', 415],
    ],
    cost: 'creates',
    notOnLive: { kind: 'concerns-others', text: 'It writes to a person, and shows them a job.' },
    async run(t) {
      const { jobId } = t.given['a saved job']
      await t.call('shareJob', { path: { jobId }, wrongJson: {}, expect: 400 })
      const request = requestFor('shareJob', { jobId })
      await refused(
        t,
        { ...request, headers: { 'content-type': 'text/csv' }, body: '{}' },
        415,
        'takes no CSV',
      )
      const email = 'nobody@example.com'
      const { body } = await t.call('shareJob', { path: { jobId }, json: { email }, expect: 200 })
      expectEqual(body.recipient, email, 'the recipient')
      const { body: job } = await t.call('getJob', { path: { jobId }, expect: 200 })
      expectEqual(job.sharedWith, [email], 'whom the job is shared with')
    },
  }),
  scenario({
    id: 'jobs/media-types',
    title: 'a body that says it is no JSON is refused as such, whatever it holds',
    needs: ['a saved job'],
    covers: notOnlyJson.map((operationId) => [operationId, 415] as const),
    cost: 'creates',
    async run(t) {
      const { jobId } = t.given['a saved job']
      const body = JSON.stringify({ name: t.unique('no XML') })
      for (const operationId of notOnlyJson) {
        const request = requestFor(operationId, { jobId })
        await refused(
          t,
          { ...request, headers: { 'content-type': 'application/xml' }, body },
          415,
          'takes no XML',
        )
      }
    },
  }),
]
