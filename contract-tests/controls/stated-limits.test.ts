import { expect, it } from 'vitest'
import { HASHED_AGAIN } from '../../mock-server/durable/checked-content.ts'
import { COUNTS_EVERY_MS } from '../../mock-server/durable/extras-keeper.ts'
import { KEY_LENGTH, LONGEST_RUN } from '../../mock-server/journal/hex-runs.ts'
import * as journal from '../../mock-server/journal/limits.ts'
import { USUAL_PAGE } from '../../mock-server/linter/first-page-only.ts'
import { FEWEST_POLLS, SLOW_ENOUGH } from '../../mock-server/linter/poll-without-back-off.ts'
import { MOST_CATALOGUE_TEXT } from '../../mock-server/seeding/seed-catalogue.ts'
import { MAX_TENANTS } from '../../mock-server/tenants.ts'
import { MAX_WAIT_MS } from '../../mock-server/waiters.ts'
import { USUAL_PATIENCE_MS } from '../../mock-server/world-time.ts'
import { statedIn } from '../stated.ts'

const KIB = 1 << 10
const MIB = 1 << 20
const MINUTE = 60_000

it.each([
  ['journal.md', 'The last # entries of each key', journal.MAX_ENTRIES],
  ['journal.md', 'at most # MiB of bodies', journal.MAX_BODIES_BYTES / MIB],
  ['journal.md', 'all keys of a server together at most # MiB', journal.MAX_TOTAL_BYTES / MIB],
  ['journal.md', 'Bodies up to # KiB', journal.MAX_BODY_BYTES / KIB],
  ['journal.md', 'anything # to 63 hexadecimal characters long', KEY_LENGTH],
  ['journal.md', 'anything 40 to # hexadecimal characters long', LONGEST_RUN],
  ['journal.md', '(real time, up to # minutes)', journal.LONGEST_WAIT / MINUTE],
  ['journal.md', '# may wait at the same time', journal.MAX_WAITING],
  ['journal.md', 'the server has # worlds', MAX_TENANTS],
  ['journal.md', '# or more polls with the same answer', FEWEST_POLLS],
  ['journal.md', 'whose pauses stay under # s', SLOW_ENOUGH / 1_000],
  ['journal.md', 'unless fewer than # items were asked for', USUAL_PAGE],
  ['durability.md', 'up to # MiB are hashed again at a start', HASHED_AGAIN / MIB],
  ['durability.md', 'if it was written more than # seconds ago', COUNTS_EVERY_MS / 1_000],
  ['time.md', 'until no command runs. # minutes at most', MAX_WAIT_MS / MINUTE],
  ['time.md', 'and give it # seconds (or `patience`', USUAL_PATIENCE_MS / 1_000],
  ['worlds.md', 'the answer waits for them, # minutes at most', MAX_WAIT_MS / MINUTE],
  ['worlds.md', 'A world has no more than # MiB of entries', MOST_CATALOGUE_TEXT / MIB],
])('docs/%s states the limit that is: %s', (page, sentence, limit) => {
  expect(statedIn(page)(sentence)).toBe(limit)
})
