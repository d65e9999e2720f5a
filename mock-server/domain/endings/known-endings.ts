import type { ClusterStatus } from '../cluster-status.ts'
import type { RunFate } from '../executor.ts'
import type { JobStatus } from '../job-status.ts'
import { exitedWith } from '../process-output.ts'
import { reasons } from '../reasons.ts'
import type { Course, Ending, EndingEvidence, Shown, ShownRow } from './ending.ts'

type Rows = readonly ShownRow<JobStatus>[]

const begun: Rows = [['Validated'], ['Started'], ['Queued'], ['Pending']]
const executed: Rows = [['Executing'], ...begun]
const stopped: readonly ClusterStatus[] = ['Stopped', 'Stopping', 'Stop Requested']
const started: readonly ClusterStatus[] = ['Starting', 'Queued', 'Not Started']
const wholeLife: readonly ClusterStatus[] = [...stopped, 'Started', ...started]

const everything = 'everything in the work folder'
const soFar = 'what was there by then, growing files as far as they had grown'
const none = 'none'

const success: Rows = [['Completed', reasons.success], ...executed]
const userStopped: Rows = [['Completed'], ['Stopping', reasons.userTerminated]]
const failed: Rows = [['Completed', reasons.runFailed], ...executed]

const failedEvidence = {
  grade: 'docs',
  source: 'NB 36',
  date: '2023-09',
  inferred: 'the reason on Completed',
} as const satisfies EndingEvidence

/** The commands fail for a reason of their own; the platform sees the exit code only. */
function failure(
  when: Extract<Course, { kind: 'commands' }>['when'],
  fate: RunFate,
  files: string,
  inferred: string,
): Omit<Ending, 'name' | 'description'> {
  return {
    course: { kind: 'commands', when, fate },
    shows: { job: failed, cluster: wholeLife, log: [...fate.log, exitedWith(fate.exitCode)], files },
    evidence: { grade: 'inferred', inferred },
  }
}

const shows = (job: Shown['job'], cluster: Shown['cluster'], log: Shown['log'], files: string): Shown => ({
  job,
  cluster,
  log,
  files,
})

/** 128 + SIGTERM. */
const terminated = [exitedWith(143)]

/** What can happen to a job, in the order of its life. */
export const endings: readonly Ending[] = [
  {
    name: 'success',
    description: 'The commands succeed, whatever they do.',
    course: { kind: 'commands', when: 'at the end', fate: { exitCode: 0, log: [] } },
    shows: shows(success, wholeLife, [exitedWith(0)], everything),
    evidence: {
      grade: 'observed',
      source: 'D16, IL, ASM, KT19',
      date: '2026-06',
      inferred: 'nothing',
    },
  },
  {
    name: 'failed',
    description: 'A command exits with 1, and the job goes straight to Completed.',
    course: {
      kind: 'commands',
      when: 'at the end',
      fate: { exitCode: 1, log: [] },
      failedCommand: 'completed',
    },
    shows: shows(failed, wholeLife, [exitedWith(1)], everything),
    evidence: failedEvidence,
  },
  {
    name: 'failed-stopping',
    description: 'A command exits with 1, and the job is Stopping before it is Completed.',
    course: {
      kind: 'commands',
      when: 'at the end',
      fate: { exitCode: 1, log: [] },
      failedCommand: 'stopping',
    },
    shows: shows(
      [['Completed'], ['Stopping', reasons.runFailed], ...executed],
      wholeLife,
      [exitedWith(1)],
      everything,
    ),
    evidence: {
      grade: 'client-source',
      source: 'NF',
      date: '2025-04',
      inferred: 'that Completed has no reason',
    },
  },
  {
    name: 'stopped-while-queued',
    description: 'The user stops the job while it is Queued: it gets no further status.',
    course: { kind: 'user', act: 'stop', during: 'Queued' },
    shows: shows([['Queued'], ['Pending']], [...stopped, 'Not Started'], null, none),
    evidence: { grade: 'client-source', source: 'NF', date: '2025-04', inferred: 'what the cluster shows' },
  },
  {
    name: 'stopped-while-validated',
    description: 'The user stops the job while its cluster starts.',
    course: { kind: 'user', act: 'stop', during: 'Validated' },
    shows: shows([...userStopped, ...begun], [...stopped, ...started], null, none),
    evidence: {
      grade: 'inferred',
      inferred: 'that it is as during Executing, and what the cluster shows',
    },
  },
  {
    name: 'stopped-while-executing',
    description: 'The user stops the job: SIGTERM, a grace time, SIGKILL, then files are saved.',
    course: { kind: 'user', act: 'stop', during: 'Executing' },
    shows: shows([...userStopped, ...executed], wholeLife, terminated, soFar),
    evidence: {
      grade: 'client-source',
      source: 'NF, B21, NB 69, RES',
      date: '2025-04',
      inferred: 'the length of the grace time, and that Completed has no reason',
    },
  },
  {
    name: 'force-stopped',
    description: 'The user stops the job, and then stops it by force: SIGKILL at once, then files are saved.',
    course: { kind: 'user', act: 'force stop', during: 'Executing' },
    shows: shows(
      [['Force Stop', reasons.userTerminated], ['Stopping', reasons.userTerminated], ...executed],
      wholeLife,
      [exitedWith(137)],
      soFar,
    ),
    evidence: {
      grade: 'client-source',
      source: 'RPY, FS, NB 69, RES',
      date: '2024-08',
      inferred: 'the reason, that no Completed follows, and the exit code',
    },
  },
  {
    name: 'run-stopped',
    description: 'The user stops the run: the job is Completed without Stopping.',
    course: { kind: 'user', act: 'stop run', during: 'Executing' },
    shows: shows([['Completed', reasons.userTerminated], ...executed], wholeLife, terminated, soFar),
    evidence: { grade: 'inferred', inferred: 'all but the call itself (D16)' },
  },
  {
    name: 'walltime',
    description: 'The commands go on until the walltime is reached, and are stopped.',
    course: { kind: 'walltime' },
    shows: shows([['Completed'], ['Stopping', reasons.walltime], ...executed], wholeLife, terminated, soFar),
    evidence: { grade: 'inferred', inferred: 'statuses, reason and exit code: all sources are silent' },
  },
  {
    name: 'spot-reclaimed',
    description:
      'The provider takes the machines back midway; the run starts over on others, under another host name.',
    course: { kind: 'reclaim', times: 1 },
    shows: shows(success, wholeLife, [exitedWith(0)], `${everything}, from the second start`),
    evidence: {
      grade: 'client-source',
      source: 'SI21, ASM',
      date: '2025-08',
      inferred:
        'that job and cluster keep their statuses, that no instance is listed in between, how long that takes, and that nothing of the first start is kept',
    },
  },
  {
    name: 'restarts-exhausted',
    description: 'The provider takes the machines back again and again, until the platform gives up.',
    course: { kind: 'reclaim', times: Number.POSITIVE_INFINITY },
    shows: shows([['Completed', reasons.restartsExhausted], ...executed], wholeLife, null, none),
    evidence: {
      grade: 'client-source',
      source: 'NF',
      date: '2025-04',
      inferred: 'how many restarts there are (3), and that no files are left',
    },
  },
  {
    name: 'no-capacity',
    description: 'The provider has no machines of this kind: the cluster never starts.',
    course: { kind: 'cluster', during: 'Queued', thenError: false, reason: reasons.noCapacity },
    shows: shows(
      [['Completed', reasons.noCapacity], ...begun],
      [...stopped, 'Queued', 'Not Started'],
      null,
      none,
    ),
    evidence: {
      grade: 'client-source',
      source: 'NF',
      date: '2025-04',
      inferred: 'how far job and cluster get, and how long that takes',
    },
  },
  {
    name: 'cluster-failed',
    description: 'The cluster fails while it starts.',
    course: { kind: 'cluster', during: 'Starting', thenError: true, reason: reasons.clusterFailed },
    shows: shows(
      [['Completed', reasons.clusterFailed], ...begun],
      [...stopped, 'Error', ...started],
      null,
      none,
    ),
    evidence: {
      grade: 'inferred',
      inferred: 'all but the word Error, which the tutorial lists among the statuses of clusters (NB 45)',
    },
  },
  {
    name: 'licence-unavailable',
    description: 'The software gets no licence, and exits with 1 at its start.',
    ...failure(
      'at the start',
      {
        exitCode: 1,
        log: [
          'License checkout failed: Licensed number of users already reached.',
          'FlexNet Licensing error:-4,132',
        ],
        startsNothing: true,
      },
      'the inputs',
      'that the platform lets the software find out; the log is in the words of FlexNet',
    ),
  },
  {
    name: 'out-of-memory',
    description: 'The system kills the command midway, for it needs more memory than there is.',
    ...failure(
      'midway',
      { exitCode: 137, log: ['Killed'] },
      soFar,
      'that the platform says nothing of memory; log and exit code are those of Linux and bash',
    ),
  },
  {
    name: 'disk-full',
    description: 'The disk is full midway: the command cannot write on, and exits with 1.',
    ...failure(
      'midway',
      { exitCode: 1, log: ['write error: No space left on device'], cutsOutputs: true },
      `${soFar}; none is whole that was still to be written`,
      'that the platform says nothing of the disk; the log is in the words of Linux',
    ),
  },
  {
    name: 'partial-outputs',
    description: 'The software crashes midway, and leaves results that are not whole.',
    ...failure(
      'midway',
      { exitCode: 136, log: ['Floating point exception (core dumped)'], cutsOutputs: true },
      `${soFar}; none is whole that was still to be written`,
      'all: such a crash is not the platform’s, the log is in the words of bash',
    ),
  },
  {
    name: 'deleted',
    description: 'The job is deleted under way, as an administrator might: from then on it is not found.',
    course: { kind: 'user', act: 'delete', during: 'Executing' },
    shows: shows(null, null, null, 'none; inputs stay'),
    evidence: {
      grade: 'inferred',
      inferred: 'all: the API itself refuses to delete a job whose cluster is up (NB 45)',
    },
  },
]
