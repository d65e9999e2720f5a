/** Scenarios that say to the platform what a step of the tutorial does; or why there is nothing to say. */
export type Told = readonly string[] | { readonly nothing: string }

/** What every step does that runs a job: saves, submits and watches it, by its own history and by the list. */
const ofAnyJob = ['jobs/settings', 'job-life/submit-and-watch', 'jobs/list']

const bySsh = 'It is done by SSH, on the cluster; contract-tests/clusters has it.'

/** By the titles of examples/tutorial/steps, in their order. */
export const toldOfTheTutorial: Readonly<Record<string, Told>> = {
  'profile from apiconfig': { nothing: 'A file is read.' },
  '401 without credentials': ['access/no-key-no-reading'],
  'a wrong key is told apart': ['access/no-key-no-reading'],
  'who am I': ['access/who-am-i'],
  'coretypes over several pages': ['catalogue/core-types'],
  'general coretypes with prices, the cheapest one': ['catalogue/prices'],
  'analyses with all their versions': ['catalogue/analyses'],
  'a job read by id without trailing slash': ['jobs/known-job', 'jobs/list'],
  'completed jobs of this year by state and job_status': ['jobs/list'],
  projects: ['catalogue/projects'],
  'create with 1 core on granite: 400, message shown': ['jobs/create', 'jobs/settings'],
  'create with 2 cores, submit, watch the statuses': ofAnyJob,
  'Completed, yet failed: process_output.log says which file is missing': [
    'job-life/completed-yet-failed',
    'jobs/known-job',
  ],
  'two uploads': ['files/upload'],
  'PATCH and re-submit of the completed job: 200, no effect': ['job-life/too-late'],
  'DELETE while the cluster runs: 400; wait for Stopped; DELETE: 204': [
    ...ofAnyJob,
    'job-life/cluster',
    'jobs/delete',
  ],
  'economy job with inputs, submit, wait': ['job-life/economy', ...ofAnyJob],
  'all outputs downloaded, SHA-512 of each compared with metadata': [
    'files/upload',
    'job-life/submit-and-watch',
  ],
  'DELETE with deleteInputFiles': ['job-life/economy'],
  'two-tile job with licence environment variables': [
    'files/upload',
    'job-life/two-tiles',
    'jobs/settings',
    'job-life/economy',
  ],
  'key pair made, registered': { nothing: 'ssh-keygen is run, and the key is sent with the next job.' },
  'sleep inf: Executing, instances with role, host, port and user': [...ofAnyJob, 'job-life/cluster'],
  'inputs put onto the cluster, π computed there, output streamed, result fetched': { nothing: bySsh },
  'stop: 202; Completed after Stopping': ['job-life/cluster', ...ofAnyJob],
  'inputs as a zip, decompressed on the cluster': ['files/upload', 'job-life/economy', ...ofAnyJob],
  'and not, with decompress: false': ['job-life/split-upload', 'files/change-and-delete', ...ofAnyJob],
  'a job that makes a large file': ['job-life/split-upload', ...ofAnyJob],
  'ranged download with 10 connections': ['files/ranges', 'files/upload'],
  'the same with one connection': ['files/ranges', 'files/upload'],
  'split upload in parallel, and the file as one': ['job-life/split-upload'],
  'reassembled and hashed inside a job, hash read from the log and compared': [
    'job-life/split-upload',
    ...ofAnyJob,
  ],
  'files found by search, those of today deleted': ['files/list', 'files/change-and-delete'],
  'the tutorial’s jobs deleted': ['jobs/list', 'job-life/submit-and-watch', 'jobs/delete'],
}
