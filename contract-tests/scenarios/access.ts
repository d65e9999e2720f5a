import type { OperationId } from '../../openapi/generated/routes.ts'
import { type Scenario, scenario } from '../harness/scenario.ts'
import { expectEqual, expectThat, type Speaker } from '../harness/scenario-context.ts'
import { isRead, NO_ID, operationsWith, refused, requestFor, validRequestFor } from './every-operation.ts'

const costly = [
  ...['submitJob', 'attachStorageDevice', 'createStorageDevice', 'submitStorageDevice'],
  ...['shutDownStorageDevice', 'downloadFilesToStorageDevice'],
] as const satisfies readonly OperationId[]

const ofOthers = ['shareJob', 'assignJobToProject'] as const satisfies readonly OperationId[]

const writes = operationsWith(401).filter(
  (operationId) => !isRead(operationId) && ![...costly, ...ofOthers].some((one) => one === operationId),
)

async function answers401(t: Speaker, operations: readonly OperationId[]): Promise<void> {
  for (const operationId of operations) {
    for (const as of ['nobody', 'invalid'] as const)
      await refused(t, { ...validRequestFor(operationId), as }, 401, `as ${as}`)
  }
}

export const accessScenarios: readonly Scenario[] = [
  scenario({
    id: 'access/who-am-i',
    title: 'a key tells who its user is (tutorial, NB 5 and 7)',
    needs: [],
    covers: [
      ['getCurrentUser', 401],
      ['getCurrentUser', 200],
      ['getApiRoot', 200],
    ],
    cost: 'free',
    async run(t) {
      await t.call('getCurrentUser', { expect: 401, as: 'nobody' })
      const { body: user } = await t.call('getCurrentUser', { expect: 200 })
      expectThat(user.email.includes('@'), 'a user has an e-mail address')
      await t.call('getApiRoot', { expect: 200 })
    },
  }),
  scenario({
    id: 'access/no-key-no-reading',
    title: 'every reading operation answers 401 without a key, and with one that is none',
    needs: [],
    covers: operationsWith(401)
      .filter(isRead)
      .map((operationId) => [operationId, 401] as const),
    cost: 'free',
    async run(t) {
      for (const operationId of operationsWith(401).filter(isRead)) {
        for (const as of ['nobody', 'invalid'] as const)
          await refused(t, { ...requestFor(operationId), as }, 401, `as ${as}`)
      }
    },
  }),
  scenario({
    id: 'access/no-key-no-writing',
    title: 'every writing operation answers 401 without a key, and with one that is none',
    needs: ['a saved job', 'an uploaded text file'],
    covers: writes.map((operationId) => [operationId, 401] as const),
    cost: 'creates',
    async run(t) {
      const ids = { ...t.given['a saved job'], ...t.given['an uploaded text file'] }
      for (const operationId of writes) {
        for (const as of ['nobody', 'invalid'] as const)
          await refused(t, { ...validRequestFor(operationId, ids, t.unique('nothing')), as }, 401, `as ${as}`)
      }
    },
  }),
  scenario({
    id: 'access/no-key-no-bill',
    title: 'what costs money answers 401 without a key, and with one that is none',
    needs: [],
    covers: costly.map((operationId) => [operationId, 401] as const),
    cost: 'free',
    notOnLive: { kind: 'costs-money', text: 'If it were let pass, it would be billed.' },
    run: (t) => answers401(t, costly),
  }),
  scenario({
    id: 'access/no-key-no-others',
    title: 'what concerns others answers 401 without a key, and with one that is none',
    needs: [],
    covers: ofOthers.map((operationId) => [operationId, 401] as const),
    cost: 'free',
    notOnLive: {
      kind: 'concerns-others',
      text: 'If it were let pass, somebody would be written to, or somebody’s budget would pay.',
    },
    run: (t) => answers401(t, ofOthers),
  }),
  scenario({
    id: 'access/another-key-sees-nothing',
    title: 'what one key made, another neither sees nor finds listed',
    needs: ['a saved job', 'an uploaded text file', 'a second key'],
    covers: [
      ['getJob', 404],
      ['getFile', 404],
      ['listJobs', 200],
      ['listFiles', 200],
    ],
    cost: 'creates',
    async run(t) {
      const { jobId } = t.given['a saved job']
      const { fileId } = t.given['an uploaded text file']
      await t.call('getJob', { path: { jobId }, expect: 200 })
      await t.call('getFile', { path: { fileId }, expect: 200 })
      for (const operationId of [
        'getJob',
        'listJobStatuses',
        'listJobFiles',
        'listRuns',
        'listClusterStatuses',
        'listInstances',
        'listJobTags',
        'getJobCustomFields',
      ] as const)
        await refused(t, { ...requestFor(operationId, { jobId }), as: 'other' }, 404, 'as another')
      for (const operationId of ['getFile', 'downloadFile', 'listFileLines'] as const)
        await refused(t, { ...requestFor(operationId, { fileId }), as: 'other' }, 404, 'as another')
      await t.call('listJobs', { query: { page_size: 100 }, as: 'other', expect: 200 })
      await t.call('listFiles', { query: { page_size: 100 }, as: 'other', expect: 200 })
    },
  }),
  scenario({
    id: 'access/paths',
    title: 'paths end in a slash, and answer what they are for',
    needs: [],
    covers: [
      ['outside', 301],
      ['outside', 404],
      ['outside', 405],
    ],
    cost: 'free',
    async run(t) {
      const moved = await refused(
        t,
        { method: 'GET', path: '/api/v2/users/me?x=1' },
        301,
        'without its slash',
      )
      const target = new URL(moved.header('location') ?? '', t.origin)
      expectEqual(target.pathname + target.search, '/api/v2/users/me/?x=1', 'where the redirect leads')
      await refused(t, { method: 'GET', path: '/api/v2/rockets/' }, 404, 'is nothing')
      const wrong = await refused(
        t,
        { method: 'GET', path: `/api/v2/jobs/${NO_ID}/submit/` },
        405,
        'is not for that',
      )
      expectThat(wrong.header('allow')?.includes('POST'), 'Allow names what the path is for')
    },
  }),
]
