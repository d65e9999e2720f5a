import { expect, it } from 'vitest'
import { MAX_AUTHORIZED_KEYS } from '../../mock-server/authorized-keys.ts'
import { dateOf, hour, latestInstant } from '../../mock-server/domain/instant.ts'
import { HASHED_AGAIN } from '../../mock-server/durable/checked-content.ts'
import { COUNTS_EVERY_MS } from '../../mock-server/durable/extras-keeper.ts'
import { MOST_REMOVALS } from '../../mock-server/durable/last-commit.ts'
import { FORMAT, READ_FORMATS } from '../../mock-server/durable/seal.ts'
import { MAX_JSON_BODY_BYTES } from '../../mock-server/exchange/read-json.ts'
import { MOST_TOGETHER } from '../../mock-server/faults/clashes.ts'
import {
  MAX_FAULT_PLANS,
  MAX_PLANNED_BYTES,
  MAX_PLANNED_FAULTS,
} from '../../mock-server/faults/fault-plans.ts'
import { LEAST_STATUS, MAX_DELAY_MS, MOST_STATUS } from '../../mock-server/faults/misplanned.ts'
import { KEY_LENGTH, LONGEST_RUN } from '../../mock-server/journal/hex-runs.ts'
import * as journal from '../../mock-server/journal/limits.ts'
import { USUAL_PAGE } from '../../mock-server/linter/first-page-only.ts'
import { FEWEST_POLLS, SLOW_ENOUGH } from '../../mock-server/linter/poll-without-back-off.ts'
import { FASTEST, LONGEST_STEP, SLOWEST } from '../../mock-server/pace.ts'
import { MOST_CATALOGUE_TEXT } from '../../mock-server/seeding/seed-catalogue.ts'
import { MOST_SEEDED_JOBS } from '../../mock-server/seeding/seed-world.ts'
import { MOST_SEEDED_BYTES, MOST_SEEDED_WORLDS } from '../../mock-server/seeding/seeded-worlds.ts'
import { MOST_TOLD } from '../../mock-server/seeding/world-digests.ts'
import { MAX_TENANTS } from '../../mock-server/tenants.ts'
import { PLATFORM_LIMITS } from '../../mock-server/throttling/scopes.ts'
import { MAX_WAIT_MS, MAX_WAITERS } from '../../mock-server/waiters.ts'
import { USUAL_PATIENCE_MS } from '../../mock-server/world-time.ts'
import { MOST_RECORD_TEXT, MOST_RECORDS } from '../../mock-server/worlds/import-world.ts'
import { MAX_SNAPSHOTS } from '../../mock-server/worlds/tenant-worlds.ts'
import { LONGEST_LINE } from '../../mock-server/worlds/world-file-reader.ts'
import { statedIn } from '../stated.ts'

const KIB = 1 << 10
const MIB = 1 << 20
const GIB = 1 << 30
const MINUTE = 60_000

it.each([
  ['controls.md', 'Limits: # worlds', MAX_TENANTS],
  ['controls.md', '# plans with', MAX_FAULT_PLANS],
  ['controls.md', 'plans with # faults', MAX_PLANNED_FAULTS],
  ['controls.md', 'faults and # MiB in a world', MAX_PLANNED_BYTES / MIB],
  ['controls.md', 'delays of # minutes', MAX_DELAY_MS / MINUTE],
  ['controls.md', '# waiters in a world', MAX_WAITERS],
  ['controls.md', 'and # at its journal', journal.MAX_WAITING],
  ['controls.md', 'at its journal, of # minutes each', MAX_WAIT_MS / MINUTE],
  ['controls.md', 'at its journal, of # minutes each', journal.LONGEST_WAIT / MINUTE],
  ['controls.md', '# snapshots', MAX_SNAPSHOTS],
  ['controls.md', '# public keys', MAX_AUTHORIZED_KEYS],
  ['controls.md', '# jobs in a seed', MOST_SEEDED_JOBS],
  ['controls.md', 'JSON bodies of # MiB', MAX_JSON_BODY_BYTES / MIB],
  ['faults.md', '`status` (# to', LEAST_STATUS],
  ['faults.md', '`status` (200 to #)', MOST_STATUS],
  ['faults.md', 'from 2 to #, without targets', MOST_TOGETHER],
  ['faults.md', '| `job-submission` | # |', PLATFORM_LIMITS['job-submission']],
  ['faults.md', '| `jobs-usage` | # |', PLATFORM_LIMITS['jobs-usage']],
  ['faults.md', '| `user` | # |', PLATFORM_LIMITS.user],
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
  ['durability.md', 'what removed the last # worlds', MOST_REMOVALS],
  ['durability.md', 'Format # is this version', FORMAT],
  ['durability.md', 'Format #, the first that keeps worlds, is read', READ_FORMATS[0]],
  ['time.md', 'Factors go from `#x`', SLOWEST],
  ['time.md', 'to `#x`, steps', FASTEST],
  ['time.md', 'steps to `#h`', LONGEST_STEP / hour],
  ['time.md', 'and time to the year #', dateOf(latestInstant).getUTCFullYear()],
  ['time.md', '# may wait in a world', MAX_WAITERS],
  ['time.md', 'each for # minutes of real time', MAX_WAIT_MS / MINUTE],
  ['time.md', 'until no command runs. # minutes at most', MAX_WAIT_MS / MINUTE],
  ['time.md', 'and give it # seconds (or `patience`', USUAL_PATIENCE_MS / 1_000],
  ['worlds.md', 'the answer waits for them, # minutes at most', MAX_WAIT_MS / MINUTE],
  ['worlds.md', 'up to # snapshots', MAX_SNAPSHOTS],
  ['worlds.md', 'more than # records', MOST_RECORDS],
  ['worlds.md', 'more than # GiB of text', MOST_RECORD_TEXT / GIB],
  ['worlds.md', 'lines of more than # MiB', LONGEST_LINE / MIB],
  ['worlds.md', 'more than # jobs and files before it', MOST_TOLD],
  ['worlds.md', 'remembers # such worlds', MOST_SEEDED_WORLDS],
  ['worlds.md', 'more than about # MiB of them', MOST_SEEDED_BYTES / MIB],
  ['worlds.md', 'A world has no more than # MiB of entries', MOST_CATALOGUE_TEXT / MIB],
])('docs/%s states the limit that is: %s', (page, sentence, limit) => {
  expect(statedIn(page)(sentence)).toBe(limit)
})
