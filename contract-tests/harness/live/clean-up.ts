import { mayEndSilently } from '../../../client/silent-end.ts'
import { isTerminal } from '../../../client/status-history.ts'
import { at, isList, type Json, textAt } from '../json.ts'
import type { Ledger } from './ledger.ts'
import type { OpenIntent, Owned, OwnedKind } from './ledger-entries.ts'
import type { PlatformCalls } from './platform-calls.ts'

export interface CleanUpOptions {
  readonly ledger: Ledger
  /** Through the guard, which writes down what is deleted. */
  readonly platform: PlatformCalls
  /** Lets time pass between two polls. */
  readonly pause: () => Promise<void>
  readonly by: 'clean-up' | 'reap'
  /** Ask the platform whether a thing still bears the run's marker before touching it. */
  readonly requireMarker?: string
}

/** Something that is still there, and why. */
export interface LeftOver {
  readonly kind: OwnedKind
  readonly id: string
  readonly name: string
  readonly why: string
}

/** Polls for a job to end, and for its cluster to be gone, before its deletion is given up. */
const MOST_POLLS = 120
/** Pages looked through for something whose id was never learnt, newest first. */
const MOST_PAGES = 20

/** Takes away what a run has made, the last thing first. What cannot be taken away is told, and never an error. */
export async function cleanUp(run: string, options: CleanUpOptions): Promise<LeftOver[]> {
  const lost = await resolveIntents(run, options)
  const left: LeftOver[] = []
  const things = options.ledger.owned(run).filter(({ gone }) => !gone)
  for (const thing of things.toReversed()) {
    const why = await takeAway(thing, options).catch(
      (error: unknown) => `${error instanceof Error ? error.message : error}`,
    )
    if (why !== undefined) left.push({ kind: thing.kind, id: thing.id, name: thing.name, why })
  }
  return [...lost, ...left]
}

/** Undefined when it is gone. */
async function takeAway(thing: Owned, options: CleanUpOptions): Promise<string | undefined> {
  const { platform, ledger, requireMarker } = options
  const path = pathOf(thing)
  const { status, json } = await platform.get(path)
  if (status === 404) {
    ledger.write({ type: 'deleted', kind: thing.kind, id: thing.id, how: 'was gone already' })
    return undefined
  }
  if (status !== 200) return `it cannot be read: ${status}`
  const name = textAt(json, 'name') ?? ''
  if (requireMarker !== undefined && !name.includes(requireMarker)) {
    return `it is called "${name}" now, without the mark of its run (${requireMarker}): not touched`
  }
  return thing.kind === 'job' ? deleteJob(thing, options) : deleteOnce(path, options)
}

const pathOf = ({ kind, id }: Owned): string => `/${folders[kind]}/${encodeURIComponent(id)}/`

const folders: Readonly<Record<OwnedKind, string>> = {
  job: 'jobs',
  file: 'files',
  'storage-device': 'storage-devices',
}

async function deleteOnce(path: string, options: CleanUpOptions): Promise<string | undefined> {
  return refusalOf(await askedToDelete(path, options))
}

const askedToDelete = async (path: string, { platform }: CleanUpOptions): Promise<number> =>
  (await platform.call('DELETE', path)).status

const refusalOf = (status: number): string | undefined =>
  status === 204 || status === 404 ? undefined : `the platform answered ${status} to its deletion`

/** Whoever may not delete something now may not later either. */
const isFinal = (status: number): boolean => status === 401 || status === 403

/** A job that runs is stopped first; while its cluster is there the platform refuses to delete it (api-facts §4.6). */
async function deleteJob(job: Owned, options: CleanUpOptions): Promise<string | undefined> {
  const { pause } = options
  const path = pathOf(job)
  let why: string | undefined
  if (job.submitted) await stopUntilOver(job, options)
  for (let poll = 0; poll < MOST_POLLS; poll += 1) {
    const status = await askedToDelete(path, options)
    why = refusalOf(status)
    if (why === undefined || isFinal(status)) return why
    await pause()
  }
  return why
}

async function stopUntilOver(job: Owned, { platform, ledger, pause, by }: CleanUpOptions): Promise<void> {
  const path = pathOf(job)
  for (let poll = 0; poll < MOST_POLLS; poll += 1) {
    const { status, json: history } = await platform.get(`${path}statuses/`)
    if (status === 404 || isOver(history)) return
    if (poll === 0) {
      ledger.write({ type: 'stopped', id: job.id, by })
      await platform.call('POST', `${path}stop/`)
    } else if (mayEndSilently(statusesIn(history)) && (await isWithoutCluster(path, platform))) return
    await pause()
  }
}

/** Newest first, as the platform lists them. */
function statusesIn(answer: Json | undefined): { readonly status: string }[] {
  const rows = at(answer, 'results')
  return isList(rows) ? rows.map((row) => ({ status: textAt(row, 'status') ?? '' })) : []
}

export const isOver = (statuses: Json | undefined): boolean =>
  statusesIn(statuses).some(({ status }) => isTerminal(status))

/** As a job that was stopped before it was validated, which gets no further status; asked only after `stop/`. */
async function isWithoutCluster(path: string, platform: PlatformCalls): Promise<boolean> {
  const { status, json } = await platform.get(`${path}cluster_statuses/`)
  const [newest] = statusesIn(json)
  return status === 404 || newest === undefined || newest.status === 'Stopped'
}

/** Finds out what became of requests whose answers never came: by their names, which nobody else has. */
async function resolveIntents(run: string, options: CleanUpOptions): Promise<LeftOver[]> {
  const left: LeftOver[] = []
  for (const intent of options.ledger.openIntents().filter((one) => one.run === run)) {
    const why = await resolveIntent(intent, options).catch(
      (error: unknown) => `${error instanceof Error ? error.message : error}`,
    )
    if (why !== undefined) left.push({ kind: intent.kind, id: '?', name: intent.name, why })
  }
  return left
}

async function resolveIntent(
  intent: OpenIntent,
  { ledger, platform }: CleanUpOptions,
): Promise<string | undefined> {
  const found = (await thingsCalled(intent, platform)).filter(
    (id) => !ledger.owned().some((one) => one.kind === intent.kind && one.id === id),
  )
  const [id, ...others] = found
  if (id === undefined) {
    ledger.write({ type: 'not-created', intent: intent.intent, why: 'looked for, and not found' }, intent.run)
    return undefined
  }
  if (others.length > 0)
    return `${found.length} things of that name are there (${found.join(', ')}), and only one was made: not touched`
  ledger.write({ type: 'created', intent: intent.intent, kind: intent.kind, id, adopted: true }, intent.run)
  return undefined
}

/** A clock of the platform's may go wrong by that much. */
const CLOCK_SLACK_MS = 10 * 60_000

async function thingsCalled(
  { kind, name, at: since }: OpenIntent,
  platform: PlatformCalls,
): Promise<string[]> {
  const oldest = Date.parse(since) - CLOCK_SLACK_MS
  const found: string[] = []
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { status, json } = await platform.get(
      `/${folders[kind]}/?page=${page}&search=${encodeURIComponent(name)}`,
    )
    const results = at(json, 'results')
    if (status !== 200 || !isList(results))
      throw new Error(`it cannot be looked for: the platform answered ${status}`)
    for (const row of results)
      if (textAt(row, 'name') === name && isSince(row, oldest)) found.push(textAt(row, 'id') ?? '')
    if (typeof at(json, 'next') !== 'string') break
  }
  return found
}

function isSince(row: Json, oldest: number): boolean {
  const date = Date.parse(textAt(row, 'dateInserted') ?? textAt(row, 'dateUploaded') ?? '')
  return Number.isNaN(date) || date >= oldest
}
