import type { OperationId } from '../../openapi/generated/routes.ts'
import { saveJob } from '../harness/conduct.ts'
import { routeOf } from '../harness/operation-of.ts'
import { type Scenario, scenario } from '../harness/scenario.ts'
import { isRead, operationsWith, refused, requestFor, validRequestFor } from './every-operation.ts'

const hasParameter = (operationId: OperationId, name: string): boolean =>
  routeOf(operationId).path.includes(`{${name}}`)

const reads = operationsWith(404).filter(
  (operationId) =>
    isRead(operationId) && ['jobId', 'fileId', 'deviceId'].some((name) => hasParameter(operationId, name)),
)
const writesTo = (name: string): OperationId[] =>
  operationsWith(404).filter((operationId) => !isRead(operationId) && hasParameter(operationId, name))

const guarded = [
  ...['submitJob', 'shareJob', 'attachStorageDevice', 'assignJobToProject'],
] as const satisfies readonly OperationId[]
const writes = writesTo('jobId').filter((operationId) => !guarded.some((one) => one === operationId))

/** What is not there. */
export const notFoundScenarios: readonly Scenario[] = [
  scenario({
    id: 'not-found/read',
    title: 'every reading operation answers 404 to an id that nobody has',
    needs: [],
    covers: reads.map((operationId) => [operationId, 404] as const),
    cost: 'free',
    async run(t) {
      for (const operationId of reads) await refused(t, requestFor(operationId), 404, 'is not there')
    },
  }),
  scenario({
    id: 'not-found/write-jobs',
    title: 'every writing operation answers 404 to a job that was deleted',
    needs: [],
    covers: writes.map((operationId) => [operationId, 404] as const),
    cost: 'creates',
    async run(t) {
      const jobId = await saveJob(t)
      await t.call('deleteJob', { path: { jobId }, expect: 204 })
      for (const operationId of writes)
        await refused(t, validRequestFor(operationId, { jobId }, t.unique('nothing')), 404, 'is not there')
    },
  }),
  scenario({
    id: 'not-found/write-guarded',
    title: 'what costs money or concerns others answers 404 to a job that nobody has',
    needs: [],
    covers: guarded.map((operationId) => [operationId, 404] as const),
    cost: 'free',
    notOnLive: {
      kind: 'concerns-others',
      text: 'Only jobs of our own are ever submitted, shared, booked on a project, or given a storage device.',
    },
    async run(t) {
      for (const operationId of guarded) await refused(t, validRequestFor(operationId), 404, 'is not there')
    },
  }),
  scenario({
    id: 'not-found/write-files',
    title: 'every writing operation answers 404 to a file that was deleted',
    needs: ['an uploaded text file'],
    covers: writesTo('fileId').map((operationId) => [operationId, 404] as const),
    cost: 'creates',
    async run(t) {
      const { fileId } = t.given['an uploaded text file']
      await t.call('deleteFile', { path: { fileId }, expect: 204 })
      for (const operationId of writesTo('fileId'))
        await refused(t, validRequestFor(operationId, { fileId }), 404, 'is not there')
    },
  }),
  scenario({
    id: 'not-found/write-storage',
    title: 'every writing operation answers 404 to a storage device that nobody has',
    needs: [],
    covers: writesTo('deviceId').map((operationId) => [operationId, 404] as const),
    cost: 'free',
    notOnLive: { kind: 'concerns-others', text: 'The id might be somebody’s after all.' },
    async run(t) {
      for (const operationId of writesTo('deviceId'))
        await refused(t, validRequestFor(operationId, {}), 404, 'is not there')
    },
  }),
]
