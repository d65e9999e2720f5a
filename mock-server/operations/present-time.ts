import { dateOf, type Instant, millisecond } from '../domain/instant.ts'

const SHORTEST_MICROSECONDS = 3

/** `2023-09-04T11:40:12.123456Z`: always six fraction digits, as the platform writes them. */
export const utcTime = (instant: Instant): string => `${withMicroseconds(instant)}Z`

/** `2023-09-04T11:40:12.123456+00:00`: what a job's `statusDate` must look like for Python 3.8 (NB 34, 46). */
export const offsetTime = (instant: Instant): string => `${withMicroseconds(instant)}+00:00`

function withMicroseconds(instant: Instant): string {
  const untilMilliseconds = dateOf(instant).toISOString().slice(0, -1)
  return untilMilliseconds + String(instant % millisecond).padStart(SHORTEST_MICROSECONDS, '0')
}
