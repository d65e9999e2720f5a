/** Of one tenant: more than a test makes, and what a person can look through. */
export const MAX_ENTRIES = 2_000

/** Of a body: a page of 100 jobs (35 kB) is kept whole. Bytes. */
export const MAX_BODY_BYTES = 64 << 10

/** Bodies of one tenant's entries together. With the entries themselves it stays below the 20 MiB that a server may grow (issue 4). Bytes. */
export const MAX_BODIES_BYTES = 8 << 20

/** Heads of one tenant's entries together, as counted by `weightOf`. Bytes. */
export const MAX_HEADS_BYTES = 2 << 20

/** All journals of one server together; the ones used longest ago are emptied first. Bytes. */
export const MAX_TOTAL_BYTES = 64 << 20

/** Journals of one server: one for each tenant that there may be, and one for requests that are nobody's. */
export const MAX_JOURNALS = 2_001

/** A header's value or a request target is kept up to this length. node:http takes 16 KiB for all of them. Characters. */
export const MAX_HEAD_VALUE = 2_048

/** All headers of one message together, more or less; node:http takes 16 KiB. Characters. */
export const MAX_HEAD = 32 << 10

/** Values of one header that are kept; node:http gives several of `set-cookie` alone. */
export const MAX_HEADERS = 100

/** Secrets that one tenant's journal looks for in later bodies; beyond them only their own places are blanked. */
export const MAX_LEARNED_SECRETS = 100

/** Request targets that one tenant's journal remembers to be clean, each of up to MAX_HEAD_VALUE characters. */
export const MAX_CLEAN_TARGETS = 500

/** Verifications and event streams of one tenant that may wait at the same time: more than a test run has workers. */
export const MAX_WAITING = 50

/** How long a verification may wait. Connections on which nothing moves are closed after ten minutes. Milliseconds. */
export const LONGEST_WAIT = 5 * 60_000

/** A ring holds at least so many of the longest bodies, so that an exchange does not overwrite itself. */
export const LEAST_BODIES = 4
