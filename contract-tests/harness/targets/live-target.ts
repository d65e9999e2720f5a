import { setTimeout as sleep } from 'node:timers/promises'
import { INVALID_KEY } from '../conversation.ts'
import { driveState } from '../drive-states.ts'
import { LeftOnAccountError } from '../live/left-on-account.ts'
import type { LiveRun } from '../live/live-run.ts'
import type { LiveProfile } from '../live/profile.ts'
import { reaching } from '../live/reaching.ts'
import type { Reason } from '../not-run.ts'
import type { BegunRecording, ScenarioRecordings } from '../recording/scenario-recordings.ts'
import { KnownSecrets } from '../redaction/known-secrets.ts'
import { redactReport } from '../redaction/redact-report.ts'
import type { Scenario } from '../scenario.ts'
import type { Caller, ExchangePhase } from '../seen-exchange.ts'
import type { Stage, StageKeys, Target } from '../target.ts'
import { layered } from '../transport.ts'
import { uniqueNames } from '../unique-names.ts'

/** Between two polls; the tutorial waits half a minute (NB 34). Milliseconds. */
export const DEFAULT_POLL_MS = 10_000

/** In one scenario; waiting for capacity can take that long. Milliseconds. */
export const DEFAULT_PATIENCE_MS = 45 * 60_000

export interface LiveTargetOptions {
  readonly profile: LiveProfile
  readonly run: LiveRun
  readonly allowCreate: boolean
  readonly allowSubmit: boolean
  /** A second key, of somebody else. */
  readonly other?: string | undefined
  readonly recordings?: ScenarioRecordings | undefined
  readonly pollMs?: number
  readonly patienceMs?: number
}

/** A real account, behind the guard. */
export function liveTarget(options: LiveTargetOptions): Target {
  const { profile, run, other } = options
  const secrets = new KnownSecrets([profile.apiKey, ...(other === undefined ? [] : [other])])
  let stages = 0
  return {
    kind: 'live',
    name: `profile ${profile.name} at ${profile.origin}`,
    redact: (text) => redactReport(text, secrets),
    refuses: (scenario) => refusal(scenario, options),
    enter: async (scenario) => {
      stages += 1
      return liveStage(scenario, `${run.run}x${stages}`, options)
    },
    async close() {
      const left = await run.close()
      if (left.length > 0) throw new LeftOnAccountError(left)
    },
  }
}

function refusal(
  { cost, needs }: Scenario,
  { allowCreate, allowSubmit, other }: LiveTargetOptions,
): Reason | null {
  const needed: readonly string[] = needs
  if (needed.includes('a rate limit that is used up')) {
    return {
      kind: 'not-allowed',
      text: 'It would use up a limit of the account, which other programs of its user need too.',
    }
  }
  if (needed.includes('a second key') && other === undefined) {
    return {
      kind: 'needs-second-key',
      text: 'It needs a key of somebody else: name its profile with --other-profile.',
    }
  }
  if (needed.some((need) => need.includes('storage device'))) {
    return {
      kind: 'costs-money',
      text: 'Storage devices cannot be deleted again, and no price of them is published.',
    }
  }
  if (cost !== 'free' && !allowCreate) {
    return { kind: 'not-allowed', text: 'It makes things on the account: allow that with --allow-create.' }
  }
  if (cost === 'submits' && !allowSubmit) {
    return {
      kind: 'costs-money',
      text: 'It submits jobs: allow that, and say how much they may cost, with --max-cost AMOUNT.',
    }
  }
  return null
}

async function liveStage(scenario: Scenario, marker: string, options: LiveTargetOptions): Promise<Stage> {
  const {
    profile,
    run,
    other,
    recordings,
    pollMs = DEFAULT_POLL_MS,
    patienceMs = DEFAULT_PATIENCE_MS,
  } = options
  const keys: StageKeys = { owner: profile.apiKey, other: other ?? null }
  let phase: ExchangePhase = 'scenario'
  const recording = recordings?.begin(scenario.id, marker, {
    keepOutput: scenario.harmlessOutput === true,
    phase: () => phase,
    callerOf: callerAmong(keys),
  })
  let waited = 0
  return {
    origin: profile.origin,
    transport: layered(run.transport, [
      run.guard,
      ...(recording ? [recording.recorder.layer] : []),
      reaching(profile.origin),
    ]),
    keys,
    unique: uniqueNames(marker),
    async wait() {
      await sleep(pollMs)
      waited += pollMs
      return waited < patienceMs
    },
    async provide(state, setup) {
      phase = 'setup'
      try {
        return state === 'a second key' ? ({} as never) : await driveState(state, setup)
      } finally {
        phase = 'scenario'
      }
    },
    async leave(outcome) {
      const left = await run.cleanUp()
      await endRecording(recording, outcome)
      if (left.length > 0) throw new LeftOnAccountError(left)
    },
  }
}

async function endRecording(
  recording: BegunRecording | undefined,
  outcome: 'passed' | 'failed' | 'not-run',
): Promise<void> {
  if (outcome === 'passed') await recording?.keep()
  else if (outcome === 'failed') recording?.giveUp()
  else recording?.discard()
}

export function callerAmong(keys: StageKeys): (authorization: string | undefined) => Caller {
  return (authorization) => {
    if (authorization === undefined) return 'nobody'
    const key = authorization.replace(/^\w+\s+/, '')
    if (key === keys.owner) return 'owner'
    return key === keys.other && key !== INVALID_KEY ? 'other' : 'invalid'
  }
}
