import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { apiconfigPaths, loadApiconfig, thisMachine } from '../../apiconfig-file.ts'
import { createClient, type RescaleClient } from '../../client.ts'
import type { Session } from '../session.ts'

/** A word that may come next, and what it means. */
export interface Candidate {
  readonly value: string
  readonly description: string
}

/** Whoever presses tab does not wait longer. */
const PATIENCE_MS = 3_000
const NEWEST = 50
/** The catalogue hardly changes. */
const CATALOGUE_AGE_MS = 24 * 3600 * 1000
const JOBS_AGE_MS = 5_000

type Ask = (client: RescaleClient, signal: AbortSignal) => Promise<Candidate[]>

/** Where a value is to stand. */
export interface ValuePlace {
  readonly kind: 'argument' | 'option'
  /** Of an argument: the last word of its command. */
  readonly verb?: string
  /** The argument's name, or the option's attribute. */
  readonly name: string
  /** The arguments before it; the first one is often a job. */
  readonly args: readonly string[]
}

interface Source {
  readonly kind: string
  /** What it is about, where that is not the whole account. */
  readonly about?: string
  readonly ageMs: number
  readonly ask: Ask
}

const jobs: Source = {
  kind: 'jobs',
  ageMs: JOBS_AGE_MS,
  ask: async (client, signal) => {
    const newest = await client.jobs.list({ page_size: NEWEST }, { signal }).toArray({ maxItems: NEWEST })
    return newest.map(({ id, name, jobStatus }) => ({
      value: id,
      description: `${jobStatus.content} ${name}`.trim(),
    }))
  },
}

const files: Source = {
  kind: 'files',
  ageMs: JOBS_AGE_MS,
  ask: async (client, signal) => {
    const newest = await client.files.list({ page_size: NEWEST }, { signal }).toArray({ maxItems: NEWEST })
    return newest.map(({ id, name }) => ({ value: id, description: name }))
  },
}

const coreTypes: Source = {
  kind: 'coretypes',
  ageMs: CATALOGUE_AGE_MS,
  ask: async (client, signal) => {
    const all = await client.coreTypes.list({ page_size: 100 }, { signal }).toArray()
    const usable = all.filter(({ isDeprecated }) => !isDeprecated)
    return usable.map(({ code, cores, processorInfo }) => ({
      value: code,
      description: `${cores.join(',')} ${processorInfo}`,
    }))
  },
}

const analyses: Source = {
  kind: 'analyses',
  ageMs: CATALOGUE_AGE_MS,
  ask: async (client, signal) => {
    const all = await client.analyses.list({ page_size: 1000 }, { signal }).toArray()
    return all.map(({ code, name }) => ({ value: code, description: name ?? '' }))
  },
}

const projects: Source = {
  kind: 'projects',
  ageMs: CATALOGUE_AGE_MS,
  ask: async (client, signal) => {
    const all = await client.projects.list({}, { signal }).toArray()
    return all.map(({ id, name }) => ({ value: id, description: name }))
  },
}

const categories: Source = {
  kind: 'categories',
  ageMs: CATALOGUE_AGE_MS,
  ask: async (client, signal) => {
    const all = await client.coreTypes.list({ page_size: 100 }, { signal }).toArray()
    const codes = new Set(all.flatMap(({ categoryCodes }) => categoryCodes))
    return [...codes].map((value) => ({ value, description: '' }))
  },
}

const runsOf = (job: string): Source => ({
  kind: 'runs',
  about: job,
  ageMs: JOBS_AGE_MS,
  ask: async (client, signal) => {
    const all = await client.jobs.runs.list(job, {}, { signal }).toArray({ maxItems: NEWEST })
    return all.map(({ id }) => ({ value: id, description: '' }))
  },
})

const workFilesOf = (job: string): Source => ({
  kind: 'work-files',
  about: job,
  ageMs: JOBS_AGE_MS,
  ask: async (client, signal) => {
    const all = await client.jobs.runs.directory(job, '1', { signal })
    return all.map(({ path }) => ({ value: path, description: '' }))
  },
})

const byName: Readonly<Record<string, Source>> = {
  job: jobs,
  jobs,
  coretype: coreTypes,
  analysis: analyses,
  project: projects,
  category: categories,
}

function sourceFor({ kind, verb, name, args }: ValuePlace): Source | undefined {
  const [job] = args
  if (kind === 'option' && name === 'run') return job === undefined ? undefined : runsOf(job)
  if (kind === 'argument' && verb === 'tail' && name === 'file') return workFilesOf(job ?? '')
  // As an option's value, a file is one of this machine.
  if (kind === 'argument' && (name === 'file' || name === 'files')) return files
  return Object.hasOwn(byName, name) ? byName[name] : undefined
}

/** The values that an argument or option can have just now. Nothing when nobody can be asked: tab never complains. */
export async function liveValues(session: Session, place: ValuePlace): Promise<Candidate[]> {
  if (place.name === 'profile') return profiles(session)
  const source = sourceFor(place)
  if (!source) return []
  try {
    await using client = createClient({
      ...session.clientOptions(),
      retries: { attempts: 1, maxRetryAfterMs: 0 },
    })
    return await remembered(session, client, source)
  } catch {
    return []
  }
}

function profiles({ globals, io }: Session): Candidate[] {
  const machine = thisMachine(io.env)
  const paths = globals.config === undefined ? (machine ? apiconfigPaths(machine) : []) : [globals.config]
  try {
    return (loadApiconfig(paths)?.config.sections ?? []).map((value) => ({ value, description: '' }))
  } catch {
    return []
  }
}

async function remembered(session: Session, client: RescaleClient, source: Source): Promise<Candidate[]> {
  const path = cachePath(session, client, source)
  const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? 0)
  if (age < source.ageMs) {
    const kept: unknown = JSON.parse(await readFile(path, 'utf8').catch(() => 'null'))
    if (Array.isArray(kept)) return kept as Candidate[]
  }
  const fresh = await source.ask(client, AbortSignal.timeout(PATIENCE_MS))
  await keep(path, fresh).catch(() => {})
  return fresh
}

async function keep(path: string, values: readonly Candidate[]): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${process.pid}`
  await writeFile(temporary, JSON.stringify(values), { mode: 0o600 })
  await rename(temporary, path)
}

// One file for each platform, key and job; the name gives none away.
function cachePath({ io }: Session, { settings }: RescaleClient, { kind, about = '' }: Source): string {
  const folder = io.env.XDG_CACHE_HOME ?? join(io.env.HOME ?? homedir(), '.cache')
  const what = [settings.baseUrl, settings.apiKey.reveal(), about].join('\n')
  const whose = createHash('sha256').update(what).digest('hex')
  return join(folder, 'rescale', `${whose.slice(0, 16)}-${kind}.json`)
}
