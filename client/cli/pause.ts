import { systemClock } from '../clock.ts'
import { aborted } from '../failures.ts'

/** Waits, unless the command is interrupted first. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await systemClock.sleep(ms, signal)
  } catch (reason) {
    throw aborted(reason)
  }
}
