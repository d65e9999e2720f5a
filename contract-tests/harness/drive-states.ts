import { saveDevice, saveJob, submitJob, untilClusterWas, untilJobWas, uploadFile } from './conduct.ts'
import { CannotRunError, type Reason } from './not-run.ts'
import type { Speaker } from './scenario-context.ts'
import {
  BINARY_SIZE,
  binaryBytes,
  LASTING_COMMAND,
  SEVERAL,
  type StateName,
  type StateValues,
  TEXT,
} from './states.ts'

type Driver<Name extends StateName> = (t: Speaker) => Promise<StateValues[Name]>

/** Makes preconditions by way of the API alone, as any client could. What cannot be made so is missing here. */
const drivers: { readonly [Name in StateName]?: Driver<Name> } = {
  'a saved job': async (t) => ({ jobId: await saveJob(t) }),
  'a completed job': async (t) => ({ jobId: await completedJob(t) }),
  'a completed job whose cluster is stopped': async (t) => {
    const jobId = await completedJob(t)
    await untilClusterWas(t, jobId, 'Stopped')
    return { jobId }
  },
  'a running job': async (t) => {
    const jobId = await submitJob(t, { command: LASTING_COMMAND })
    await untilJobWas(t, jobId, 'Executing')
    return { jobId }
  },
  'several saved jobs': async (t) => {
    const nameContains = t.unique('several')
    const jobIds: string[] = []
    for (const label of SEVERAL) jobIds.push(await saveJob(t, { name: `${nameContains} ${label}` }))
    return { jobIds, nameContains }
  },
  'an uploaded text file': async (t) => {
    const name = `${t.unique('lines')}.txt`
    return { fileId: await uploadFile(t, name, new TextEncoder().encode(TEXT)), name, text: TEXT }
  },
  'an uploaded binary file': async (t) => {
    const name = `${t.unique('bytes')}.bin`
    return { fileId: await uploadFile(t, name, binaryBytes()), name, size: BINARY_SIZE }
  },
  'several uploaded files': async (t) => {
    const nameContains = t.unique('several')
    const fileIds: string[] = []
    for (const label of SEVERAL) {
      fileIds.push(await uploadFile(t, `${nameContains}-${label}.txt`, new TextEncoder().encode(label)))
    }
    return { fileIds, nameContains }
  },
  'a saved storage device': async (t) => ({ deviceId: await saveDevice(t) }),
}

const beyondTheApi: { readonly [Name in StateName]?: Reason } = {
  'a rate limit that is used up': {
    kind: 'cannot-be-provoked',
    text: 'Using up a limit takes thousands of requests, and shuts the account out of the platform for long.',
  },
  'the announced changes': {
    kind: 'no-such-state',
    text: 'When it makes the changes that it announced, the platform decides.',
  },
  'a second key': {
    kind: 'needs-second-key',
    text: 'There is no second key: name another profile for it.',
  },
}

/** Makes a precondition by way of the API. Throws CannotRunError for one that no request can make. */
export async function driveState<Name extends StateName>(
  state: Name,
  t: Speaker,
): Promise<StateValues[Name]> {
  const drive = drivers[state]
  if (drive) return drive(t)
  throw new CannotRunError(
    beyondTheApi[state] ?? { kind: 'no-such-state', text: `"${state}" cannot be made.` },
  )
}

async function completedJob(t: Speaker): Promise<string> {
  const jobId = await submitJob(t)
  await untilJobWas(t, jobId, 'Completed')
  return jobId
}
