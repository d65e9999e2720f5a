import type { Command } from 'commander'
import type { Session } from './session.ts'

/** Gives a command its verbs, options and actions. */
export type Define = (command: Command, session: Session) => void

/** A word after `rescale`. What it does is loaded only when it is asked for. */
export interface Noun {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<Define>
}

export const nouns: readonly Noun[] = [
  {
    name: 'profile',
    summary: 'which platform and key are used: init, list, use, doctor',
    load: async () => (await import('./commands/profile.ts')).defineProfile,
  },
  {
    name: 'user',
    summary: 'who the key belongs to',
    load: async () => (await import('./commands/catalogue.ts')).defineUser,
  },
  {
    name: 'projects',
    summary: 'the projects that jobs can be booked on',
    load: async () => (await import('./commands/catalogue.ts')).defineProjects,
  },
  {
    name: 'coretypes',
    summary: 'the hardware: list, get',
    load: async () => (await import('./commands/catalogue.ts')).defineCoreTypes,
  },
  {
    name: 'analyses',
    summary: 'the software: list, get',
    load: async () => (await import('./commands/catalogue.ts')).defineAnalyses,
  },
  {
    name: 'prices',
    summary: 'what core types cost: list, cheapest',
    load: async () => (await import('./commands/prices.ts')).definePrices,
  },
  {
    name: 'jobs',
    summary: 'list, get, create, submit, watch, stop, delete, logs, tail, outputs, runs, tag, share',
    load: async () => (await import('./commands/jobs.ts')).defineJobs,
  },
  {
    name: 'files',
    summary: 'list, upload, download, rm, cat, lines',
    load: async () => (await import('./commands/files.ts')).defineFiles,
  },
  {
    name: 'run',
    summary: 'upload, create, submit, watch, download and verify in one',
    load: async () => (await import('./commands/run.ts')).defineRun,
  },
  {
    name: 'ssh',
    summary: 'a terminal on the cluster of a running job',
    load: async () => (await import('./commands/ssh.ts')).defineSsh,
  },
  {
    name: 'exec',
    summary: 'a command on the cluster of a running job',
    load: async () => (await import('./commands/ssh.ts')).defineExec,
  },
  {
    name: 'cp',
    summary: 'files to and from the cluster of a running job',
    load: async () => (await import('./commands/ssh.ts')).defineCopy,
  },
  {
    name: 'api',
    summary: 'any request of the API: rescale api GET /api/v2/users/me/',
    load: async () => (await import('./commands/api.ts')).defineApi,
  },
  {
    name: 'completion',
    summary: 'a completion script for bash, zsh, fish or powershell',
    load: async () => (await import('./commands/completion.ts')).defineCompletion,
  },
]
