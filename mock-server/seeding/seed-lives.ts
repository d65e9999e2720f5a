import type { Platform } from '../domain/platform.ts'
import { SeedError } from '../worlds/world-seed.ts'
import { nextMillisecond, type SeedDeed, type SeededState, type SeedPath } from './seed-times.ts'

/** A job, the state that it is to be in, and how it gets there. */
export type SeededLife = SeededState & SeedPath

export interface LifePlace {
  readonly platform: Platform
  readonly isSimulated: boolean
  moved(): void
  until(isSo: () => boolean): Promise<boolean>
}

/**
 * Lets all be in their states at the same instant. Where commands really run, those that are to be Completed come first:
 * they take real time.
 */
export async function bringAbout(place: LifePlace, lives: readonly SeededLife[]): Promise<void> {
  const isLive = ({ status }: SeededLife): boolean => !place.isSimulated && status === 'Completed'
  const live = lives.filter(isLive)
  if (live.length > 0) await runToTheEnd(place, live)
  liveTogether(
    place.platform,
    lives.filter((life) => !isLive(life)),
  )
  for (const { id, place: where, status } of lives)
    if (place.platform.job(id).status !== status)
      throw new SeedError(`${where} does not stay ${status} for a millisecond.`)
}

function liveTogether(platform: Platform, lives: readonly SeededLife[]): void {
  submitInTime(platform, lives)
  for (const { id, deed } of lives) if (deed) deeds[deed](platform, id)
}

const deeds: Readonly<Record<SeedDeed, (platform: Platform, id: string) => void>> = {
  stop: (platform, id) => platform.stopJob(id),
  'force stop': (platform, id) => platform.forceStopJob(id),
  'wait for a cluster': (platform, id) => platform.waitForCluster(id),
}

function submitInTime(platform: Platform, lives: readonly SeededLife[]): void {
  if (lives.length === 0) return
  const begin = nextMillisecond(platform.now())
  const longest = nextMillisecond(lives.reduce((most, { takes }) => Math.max(most, takes), 0))
  for (const { id, takes } of lives.toSorted((one, other) => other.takes - one.takes)) {
    platform.advanceTo(begin + longest - nextMillisecond(takes))
    platform.submitJob(id)
  }
  platform.advanceTo(begin + longest)
}

/** Until their commands have ended; virtual time only goes where something is due for them. */
async function runToTheEnd(
  { platform, moved, until }: LifePlace,
  lives: readonly SeededLife[],
): Promise<void> {
  submitInTime(platform, lives)
  for (;;) {
    const left = lives.filter(({ id }) => platform.job(id).status !== 'Completed')
    const [first] = left
    if (!first) return
    const ids = new Set(left.map(({ id }) => id))
    const due = platform.upcoming().find(({ event }) => 'jobId' in event && ids.has(event.jobId))
    if (due) platform.advanceTo(Math.max(due.at, platform.now()))
    moved()
    if (due) continue
    const versions = left.map(({ id }) => platform.job(id).version)
    const hasChanged = () => left.some(({ id }, index) => platform.job(id).version !== versions[index])
    if (!(await until(hasChanged)))
      throw new SeedError(`${first.place} is not Completed: its command takes too long. Seed it Executing.`)
  }
}
