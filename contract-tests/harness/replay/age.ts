import type { Cassette } from '../recording/cassette.ts'

/** Evidence up to this age is taken as it is. Days. */
export const FRESH_DAYS = 90

/** Older evidence than that is none: `contract` fails for it. Days. */
export const EXPIRED_DAYS = 365

export interface Age {
  readonly days: number
  readonly state: 'fresh' | 'stale' | 'expired'
}

export function ageOf({ recorded }: Pick<Cassette, 'recorded'>, now: Date): Age {
  const days = Math.max(0, Math.floor((now.getTime() - Date.parse(recorded.at)) / 86_400_000))
  return { days, state: days < FRESH_DAYS ? 'fresh' : days <= EXPIRED_DAYS ? 'stale' : 'expired' }
}

/** One line for reports. */
export function ageText(cassette: Cassette, now: Date): string {
  const { days, state } = ageOf(cassette, now)
  const when = days === 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`
  const what =
    state === 'fresh'
      ? 'fresh'
      : state === 'stale'
        ? `stale, record it again soon`
        : 'expired, no evidence any more'
  const from = cassette.recorded.from === 'second-server' ? ', from our own second server' : ''
  return `${cassette.scenario}: recorded ${when}${from} (${what})`
}
