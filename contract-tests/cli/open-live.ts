import { realClock } from '../harness/harness-clock.ts'
import { allowanceFor } from '../harness/live/allowance.ts'
import { cleanUpOnExit } from '../harness/live/exit-hooks.ts'
import { LiveRun } from '../harness/live/live-run.ts'
import type { LiveProfile } from '../harness/live/profile.ts'
import { greet } from '../harness/live/reaching.ts'
import type { RecordedFrom } from '../harness/recording/cassette.ts'
import { ScenarioRecordings } from '../harness/recording/scenario-recordings.ts'
import type { Target } from '../harness/target.ts'
import { liveTarget } from '../harness/targets/live-target.ts'
import { NAME_PREFIX } from '../harness/unique-names.ts'
import { VERSION } from '../harness/version.ts'
import type { Io } from './io.ts'
import type { LiveFlags } from './live-flags.ts'
import { type OpenAccount, openAccount, pause, profileOf } from './open-account.ts'

/** How often a scenario is told before its recording is written: what differs is volatile. */
export const RECORDED_RUNS = 2

/** Opens a real account for one run. Whatever ends the process, what was made is taken away. */
export async function openLive(flags: LiveFlags, io: Io): Promise<Target> {
  const account = await openAccount(flags.profile, flags, io)
  const { profile } = account
  const otherProfile = flags.otherProfile === undefined ? undefined : profileOf(flags.otherProfile, flags, io)
  const other = otherProfile?.apiKey
  const run = await beginRun(account, otherProfile, flags, io).catch(async (error: unknown) => {
    await account.close()
    throw error
  })
  try {
    for (const one of [profile, ...(otherProfile ? [otherProfile] : [])]) await greet(one, run.transport)
  } catch (error) {
    await run.close()
    await account.close()
    throw error
  }
  io.out(planText(flags, run))
  const target = liveTarget({
    profile,
    run,
    allowCreate: flags.allowCreate === true,
    allowSubmit: flags.maxCost !== undefined,
    other,
    recordings: flags.record ? recordingsOf(account, flags, other) : undefined,
    pollMs: flags.poll * 1_000,
  })
  const unhook = cleanUpOnExit(process, () => run.close(), io.err)
  const close = async (): Promise<void> => {
    try {
      await target.close()
    } finally {
      unhook()
      await account.close()
    }
  }
  return { ...target, close }
}

async function beginRun(
  { profile, folder, bodies, transport }: OpenAccount,
  other: LiveProfile | undefined,
  flags: LiveFlags,
  io: Io,
): Promise<LiveRun> {
  if (other) await allowanceFor(folder, other, io.env)
  const [node, script] = process.argv
  return LiveRun.begin({
    profile,
    folder,
    env: io.env,
    bodies,
    transport,
    now: () => new Date(),
    pause: () => pause(Math.min(5_000, flags.poll * 1_000)),
    allowCreate: flags.allowCreate === true,
    maxCost: flags.maxCost,
    projects: flags.project,
    otherKeys: other ? [other.apiKey] : [],
    longestMs: flags.maxMinutes * 60_000,
    // Nothing that costs anything can be begun without it.
    ...(flags.maxCost !== undefined &&
      node !== undefined &&
      script !== undefined && {
        deadMan: {
          command: [node, ...process.execArgv, script, 'contract', 'dead-man'],
          addresses: flags.resolve,
        },
      }),
  })
}

function recordingsOf(
  { profile, bodies }: OpenAccount,
  { recordings }: LiveFlags,
  other: string | undefined,
): ScenarioRecordings {
  const from: RecordedFrom = isTestName(profile.host) ? 'second-server' : 'platform'
  return new ScenarioRecordings({
    folder: recordings,
    from,
    note:
      from === 'platform'
        ? 'Recorded from the real platform.'
        : 'Recorded from a server of tests, not from the real platform: no evidence of what that does.',
    runs: RECORDED_RUNS,
    bodies,
    secrets: [profile.apiKey, ...(other === undefined ? [] : [other])],
    origin: profile.origin,
    clock: realClock,
    version: VERSION,
  })
}

/** Names that no platform can have (RFC 6761). */
const isTestName = (host: string): boolean =>
  /(?:^|\.)(?:test|localhost|example|invalid)(?::\d+)?$|^127\.|^\[::1\]/.test(host)

function planText(
  { allowCreate, maxCost, maxMinutes, record }: LiveFlags,
  { budget, marker }: LiveRun,
): string {
  const makes = allowCreate
    ? `makes jobs and files called "${NAME_PREFIX} ${marker}…", and deletes them again`
    : 'only reads'
  const costs =
    maxCost === undefined || budget === undefined
      ? 'submits nothing'
      : `submits jobs for at worst ${maxCost.toFixed(2)} (${budget.spentToday.toFixed(2)} set aside today already), and stops them after ${maxMinutes} minutes`
  const records = record ? '; records each scenario twice, so everything happens twice' : ''
  return `This run ${makes}; ${costs}${records}.\n`
}
