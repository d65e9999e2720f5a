import type { ActiveRun } from './active-run.ts'
import type { OpenLiveFile, PlannedFile, RunInterruption, RunOutput, RunPlan } from './executor.ts'
import type { StoredBytes } from './file-store.ts'
import type { Duration } from './instant.ts'
import { grownContent, grownSize, isStored } from './planned-growth.ts'
import { exitedWith, formatLogLine, processOutputName } from './process-output.ts'
import type { WorkFolder } from './work-folder.ts'
import type { World } from './world.ts'

/** 128 + SIGTERM. */
export const terminated = 143
/** 128 + SIGKILL. */
export const killed = 137

/** What a planned run leaves when it ends now: all that had happened by then, files as far as they had grown. */
export function outputsOf(
  world: World,
  active: ActiveRun,
  plan: RunPlan,
  interruption: RunInterruption | null,
  exitCode: number,
): RunOutput[] {
  // A run that comes to its own end has done everything.
  const elapsed = interruption ? elapsedOf(world, active) : Number.POSITIVE_INFINITY
  const files = plan.files.flatMap((file) => {
    const content = grownContent(file, elapsed)
    if (content === null) discard(world, active, file)
    return content === null ? [] : [{ relativePath: file.relativePath, bytes: stored(world, content) }]
  })
  // Every executor logs what it launches; a plan without a line is for worlds of very many jobs.
  if (plan.log.length === 0) return files
  const log = logUntil(active, plan, elapsed) + (interruption ? closingAt(world, exitCode) : '')
  return [
    ...files,
    { relativePath: processOutputName, bytes: world.files.put(new TextEncoder().encode(log)) },
  ]
}

/** Lets go of what was stored for files that another plan does without. */
export function discardDropped(world: World, active: ActiveRun, before: RunPlan, now: RunPlan): void {
  const kept = new Set(now.files.map(({ content }) => content))
  for (const file of before.files) if (!kept.has(file.content)) discard(world, active, file)
}

/** Lets go of what a plan stored for files that never come to be. */
export function discardPlan(world: World, active: ActiveRun, plan: RunPlan): void {
  for (const file of plan.files) discard(world, active, file)
}

/** The work folder of a planned run as it is now, and stays for who holds it. */
export function plannedWorkFolder(world: World, active: ActiveRun, plan: RunPlan): WorkFolder {
  const elapsed = elapsedOf(world, active)
  const log = new TextEncoder().encode(logUntil(active, plan, elapsed))
  return {
    list: async () => [
      { relativePath: processOutputName, size: log.length },
      ...plan.files.flatMap((file) => {
        const size = grownSize(file, elapsed)
        return size === null ? [] : [{ relativePath: file.relativePath, size }]
      }),
    ],
    async open(path) {
      if (path === processOutputName) return openBytes(path, log)
      const file = plan.files.find(({ relativePath }) => relativePath === path)
      const content = file ? grownContent(file, elapsed) : null
      if (content === null) return null
      return content instanceof Uint8Array ? openBytes(path, content) : openStored(world, path, content)
    },
  }
}

const elapsedOf = (world: World, { startedAt }: ActiveRun): Duration => world.scheduler.now() - startedAt

function logUntil({ order, startedAt }: ActiveRun, { log }: RunPlan, elapsed: Duration): string {
  const notices = (order.notices ?? []).map((text) => ({ after: 0, text }))
  const lines = [...notices, ...log.filter(({ after }) => after <= elapsed)]
  return lines.map(({ after, text }) => formatLogLine(startedAt + after, text)).join('')
}

function closingAt(world: World, exitCode: number): string {
  const closing = [exitedWith(exitCode), '']
  return closing.map((text) => formatLogLine(world.scheduler.now(), text)).join('')
}

const openBytes = (relativePath: string, bytes: Uint8Array): OpenLiveFile => ({
  relativePath,
  size: bytes.length,
  async *read(start, end) {
    yield bytes.subarray(start, end)
  },
  close: async () => {},
})

/** The bytes stay as long as the file is open, though the run may end and the input be deleted meanwhile. */
function openStored(world: World, relativePath: string, bytes: StoredBytes): OpenLiveFile {
  world.files.retain(bytes)
  return {
    relativePath,
    size: bytes.size,
    read: (start, end) => world.files.read(bytes, start, end),
    close: () => world.files.release(bytes),
  }
}

const stored = (world: World, content: Uint8Array | StoredBytes): StoredBytes =>
  content instanceof Uint8Array ? world.files.put(content) : content

function discard(world: World, active: ActiveRun, { content }: PlannedFile): void {
  if (isStored(content) && !active.inputs.has(content.id)) void world.files.release(content)
}
