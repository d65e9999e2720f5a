import { driveState } from '../drive-states.ts'
import type { DescribedBodies } from '../naming/described-bodies.ts'
import type { Reason } from '../not-run.ts'
import type { Cassette } from '../recording/cassette.ts'
import { ageOf, ageText } from '../replay/age.ts'
import type { RecordingAge } from '../replay/recording-age.ts'
import { Replay } from '../replay/replay.ts'
import { replayTransport } from '../replay/replay-transport.ts'
import type { Scenario } from '../scenario.ts'
import type { Stage, Target } from '../target.ts'
import { uniqueNames } from '../unique-names.ts'
import { callerAmong } from './live-target.ts'

/** Nobody is there (RFC 2606), and nobody is asked: a replay never leaves the process. */
const ORIGIN = 'https://platform.recorded.example'
const KEYS = {
  owner: '0123456789abcdef0123456789abcdef01234567',
  other: 'fedcba9876543210fedcba9876543210fedcba98',
}

/** More polls than any recording has: a scenario that waits for what never comes has to end. */
const MOST_WAITS = 10_000

export interface ReplayTargetOptions {
  readonly cassettes: ReadonlyMap<string, Cassette>
  readonly bodies: DescribedBodies
  readonly now: () => Date
  /** For people: where the recordings are. */
  readonly folder: string
}

function recordingAge(cassette: Cassette, now: Date): RecordingAge {
  const { days, state } = ageOf(cassette, now)
  return { scenario: cassette.scenario, recordedAt: cassette.recorded.at.slice(0, 10), days, age: state }
}

/** Recordings, each telling its own scenario again. */
export function replayTarget(options: ReplayTargetOptions): Target {
  const { cassettes, bodies, now, folder } = options
  return {
    kind: 'replay',
    name: `${cassettes.size} recordings in ${folder}${agesOf([...cassettes.values()], now())}`,
    recordings: [...cassettes.values()].map((cassette) => recordingAge(cassette, now())),
    redact: (text) => text,
    refuses: (scenario) => refusal(scenario, cassettes.get(scenario.id), now()),
    enter: async (scenario) => {
      const cassette = cassettes.get(scenario.id)
      if (!cassette) throw new Error(`${scenario.id} was not recorded`)
      return replayStage(new Replay(cassette, { bodies, origin: ORIGIN }))
    },
    close: async () => undefined,
  }
}

function refusal({ id }: Scenario, cassette: Cassette | undefined, now: Date): Reason | null {
  if (!cassette)
    return {
      kind: 'not-recorded',
      text: `There is no recording of ${id}: localscale contract run --target live --record --only ${id}`,
    }
  // What our own second server did is no evidence of the platform at any age.
  if (cassette.recorded.from !== 'second-server' && ageOf(cassette, now).state === 'expired')
    return { kind: 'not-recorded', text: ageText(cassette, now) }
  return null
}

/** `, the oldest 120 days old (3 stale, 1 expired), all of our own second server`. */
function agesOf(cassettes: readonly Cassette[], now: Date): string {
  if (cassettes.length === 0) return ''
  const ages = cassettes.map((cassette) => ageOf(cassette, now))
  const having = (state: string): number => ages.filter((age) => age.state === state).length
  const old = [['stale', having('stale')] as const, ['expired', having('expired')] as const]
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`)
  const ours = cassettes.filter(({ recorded }) => recorded.from === 'second-server').length
  const whose =
    ours === cassettes.length
      ? ', all of our own second server'
      : ours > 0
        ? `, ${ours} of them of our own second server`
        : ''
  return `, the oldest ${Math.max(...ages.map(({ days }) => days))} days old${old.length > 0 ? ` (${old.join(', ')})` : ''}${whose}`
}

function replayStage(replay: Replay): Stage {
  let waits = 0
  return {
    origin: ORIGIN,
    transport: replayTransport(replay, ORIGIN, callerAmong(KEYS)),
    keys: KEYS,
    saidAt: new Date(replay.cassette.recorded.at),
    unique: uniqueNames(replay.cassette.marker),
    wait: async () => ++waits < MOST_WAITS,
    provide: async (state, setup) => (state === 'a second key' ? ({} as never) : driveState(state, setup)),
    async leave(outcome) {
      // A scenario that failed has not asked for everything: its own failure says more.
      if (outcome === 'passed') replay.finish()
    },
  }
}
