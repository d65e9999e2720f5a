import type { WorldSeed } from '../../../mock-server/index.ts'
import { untilClusterWas } from '../conduct.ts'
import { deviceRequest, type JobWish, jobRequest } from '../job-requests.ts'
import { expectThat, type Speaker } from '../scenario-context.ts'
import {
  BINARY_SIZE,
  binaryBytes,
  LASTING_COMMAND,
  SEVERAL,
  type StateName,
  type StateValues,
  TEXT,
} from '../states.ts'

/** A seed for a world, and how what came of it is found. */
interface SeededState<Value> {
  readonly seed: WorldSeed
  /** Only reads. */
  found(t: Speaker): Promise<Value>
}

/** Of each precondition that is a state of a world. */
export const seededStates: {
  readonly [Name in StateName]?: (unique: Speaker['unique']) => SeededState<StateValues[Name]>
} = {
  'a saved job': (unique) => oneJob(unique('job'), null),
  'a completed job': (unique) => oneJob(unique('job'), 'Completed'),
  'a completed job whose cluster is stopped': (unique) => {
    const completed = oneJob(unique('job'), 'Completed')
    const found = async (t: Speaker) => {
      const { jobId } = await completed.found(t)
      await untilClusterWas(t, jobId, 'Stopped')
      return { jobId }
    }
    return { ...completed, found }
  },
  'a running job': (unique) => oneJob(unique('job'), 'Executing', { command: LASTING_COMMAND }),
  'several saved jobs': (unique) => {
    const nameContains = unique('several')
    const names = SEVERAL.map((label) => `${nameContains} ${label}`)
    return {
      seed: { jobs: names.map((name) => ({ ...jobRequest({ name }) })) },
      found: async (t) => ({ jobIds: await idsOf(names, (name) => jobCalled(t, name)), nameContains }),
    }
  },
  'an uploaded text file': (unique) => {
    const name = `${unique('lines')}.txt`
    return {
      seed: { files: [{ name, text: TEXT }] },
      found: async (t) => ({ fileId: await fileCalled(t, name), name, text: TEXT }),
    }
  },
  'an uploaded binary file': (unique) => {
    const name = `${unique('bytes')}.bin`
    return {
      seed: { files: [{ name, base64: Buffer.from(binaryBytes()).toString('base64') }] },
      found: async (t) => ({ fileId: await fileCalled(t, name), name, size: BINARY_SIZE }),
    }
  },
  'several uploaded files': (unique) => {
    const nameContains = unique('several')
    const files = SEVERAL.map((text) => ({ name: `${nameContains}-${text}.txt`, text }))
    const names = files.map(({ name }) => name)
    return {
      seed: { files },
      found: async (t) => ({ fileIds: await idsOf(names, (name) => fileCalled(t, name)), nameContains }),
    }
  },
  'a saved storage device': (unique) => {
    const name = unique('storage')
    return {
      seed: { storageDevices: [{ ...deviceRequest(name) }] },
      found: async (t) => ({ deviceId: await deviceCalled(t, name) }),
    }
  },
}

function oneJob(
  name: string,
  status: string | null,
  wish: Partial<JobWish> = {},
): SeededState<{ readonly jobId: string }> {
  return {
    seed: { jobs: [{ ...jobRequest({ name, ...wish }), status }] },
    found: async (t) => ({ jobId: await jobCalled(t, name) }),
  }
}

async function idsOf(names: readonly string[], find: (name: string) => Promise<string>): Promise<string[]> {
  const ids: string[] = []
  for (const name of names) ids.push(await find(name))
  return ids
}

interface Named {
  readonly id: string
  readonly name: string
}

const jobCalled = async (t: Speaker, name: string): Promise<string> =>
  called(name, (await t.call('listJobs', { query: { search: name }, expect: 200 })).body.results)

const fileCalled = async (t: Speaker, name: string): Promise<string> =>
  called(name, (await t.call('listFiles', { query: { search: name }, expect: 200 })).body.results)

const deviceCalled = async (t: Speaker, name: string): Promise<string> =>
  called(name, (await t.call('listStorageDevices', { query: { page_size: 100 }, expect: 200 })).body.results)

function called(name: string, among: readonly Named[]): string {
  const found = among.find((one) => one.name === name)
  expectThat(found, `nothing that was seeded is called ${name}`)
  return found.id
}
