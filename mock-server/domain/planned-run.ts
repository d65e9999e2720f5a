import type { ActiveRun } from './active-run.ts'
import type { RunInterruption, RunOutput, RunPlan } from './executor.ts'
import type { StoredBytes } from './file-store.ts'
import type { Duration } from './instant.ts'
import { exitedWith, formatLogLine, processOutputName } from './process-output.ts'
import type { World } from './world.ts'

/** 128 + SIGTERM. */
export const terminated = 143

/** What a planned run leaves when it ends now: all that had happened by then. */
export function outputsOf(
  world: World,
  active: ActiveRun,
  plan: RunPlan,
  interruption: RunInterruption | null,
): RunOutput[] {
  const elapsed = world.scheduler.now() - active.startedAt
  const files = plan.files.flatMap((file) => {
    if (hasHappened(file, elapsed, interruption))
      return [{ relativePath: file.relativePath, bytes: stored(world, file) }]
    discard(world, active, file)
    return []
  })
  // Every executor logs what it launches; a plan without a line is for worlds of very many jobs.
  if (plan.log.length === 0) return files
  const log = new TextEncoder().encode(logOf(world, active, plan, elapsed, interruption))
  return [...files, { relativePath: processOutputName, bytes: world.files.put(log) }]
}

function logOf(
  world: World,
  { startedAt }: ActiveRun,
  plan: RunPlan,
  elapsed: Duration,
  interruption: RunInterruption | null,
): string {
  const lines = plan.log
    .filter((line) => hasHappened(line, elapsed, interruption))
    .map(({ after, text }) => formatLogLine(startedAt + Math.min(after, elapsed), text))
  if (interruption) {
    const closing = [exitedWith(terminated), '']
    lines.push(...closing.map((text) => formatLogLine(world.scheduler.now(), text)))
  }
  return lines.join('')
}

/** A run that comes to its own end has done everything. */
const hasHappened = (
  { after }: { readonly after: Duration },
  elapsed: Duration,
  interruption: RunInterruption | null,
): boolean => interruption === null || after <= elapsed

type PlannedFile = RunPlan['files'][number]

const stored = (world: World, { content }: PlannedFile): StoredBytes =>
  content instanceof Uint8Array ? world.files.put(content) : content

/** Stored for a file that never came to be. */
function discard(world: World, active: ActiveRun, { content }: PlannedFile): void {
  if (!(content instanceof Uint8Array) && !active.inputs.has(content.id)) void world.files.release(content)
}
