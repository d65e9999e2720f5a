/**
 * A point in virtual time: whole microseconds since 1970-01-01T00:00:00Z.
 * Microseconds, because the platform's own dates carry six fraction digits; exact as a number until the year 2255.
 */
export type Instant = number

/** A length of virtual time in whole microseconds. */
export type Duration = number

export const millisecond: Duration = 1_000
export const second: Duration = 1_000_000
export const minute: Duration = 60 * second
export const hour: Duration = 60 * minute

/** Where virtual time ends: further on, microseconds are not exact any more. Ours. */
export const latestInstant: Instant = Date.UTC(2255, 0) * millisecond

export const instantOf = (date: Date): Instant => date.getTime() * millisecond

export const dateOf = (instant: Instant): Date => new Date(instant / millisecond)

/** Dates of a cluster have whole milliseconds (samples of 2016 and 2017). */
export const wholeMillisecond = (instant: Instant): Instant => Math.floor(instant / millisecond) * millisecond
