import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { realClock } from '../harness-clock.ts'
import { allow } from '../live/allowance.ts'
import { LiveRun, type LiveRunOptions } from '../live/live-run.ts'
import { type LiveProfile, loadProfile } from '../live/profile.ts'
import { type DescribedBodies, loadDescribedBodies } from '../naming/described-bodies.ts'
import { ScenarioRecordings } from '../recording/scenario-recordings.ts'
import type { Target } from '../target.ts'
import { liveTarget } from '../targets/live-target.ts'
import { type UndiciTransport, undiciTransport } from '../undici-transport.ts'
import { VERSION } from '../version.ts'
import { type LiveServer, type LiveServerOptions, startLiveServer } from './live-server.ts'
import type { MutatingProxy } from './mutating-proxy.ts'

/** The limits of the real platform would make a suite take hours; the second server has none. */
export const NO_LIMITS = {
  user: { perSecond: 10_000, burst: 10_000 },
  'job-submission': { perSecond: 10_000, burst: 10_000 },
  'jobs-usage': { perSecond: 10_000, burst: 10_000 },
}

/** A second server, a profile of it that is allowed, and a state folder: everything that a live run needs. */
export interface LiveHere extends AsyncDisposable {
  readonly server: LiveServer
  readonly wire: UndiciTransport
  readonly bodies: DescribedBodies
  readonly profile: LiveProfile
  /** Holds the apiconfig and the state. */
  readonly home: string
  readonly stateFolder: string
  readonly configFile: string
  begin(options?: Partial<LiveRunOptions>): Promise<LiveRun>
  /** A target; told scenarios are recorded where a folder is given. */
  target(
    options?: Partial<LiveRunOptions> & {
      readonly recordTo?: string
      readonly runs?: number
      readonly other?: string
      /** After so many polls a scenario has waited long enough. */
      readonly polls?: number
    },
  ): Promise<Target>
}

/** With a proxy, clients reach the server behind it through the proxy only; `wire` leads there, and outlives this. */
export async function liveHere(
  serverOptions: LiveServerOptions = {},
  {
    proxy,
    wire: given,
    dayLimit = 1_000,
  }: { readonly proxy?: MutatingProxy; readonly wire?: UndiciTransport; readonly dayLimit?: number } = {},
): Promise<LiveHere> {
  const server = proxy?.server ?? (await startLiveServer(serverOptions))
  const platform = proxy?.platform ?? server
  const wire = given ?? (await undiciTransport({ ca: platform.ca, addresses: platform.addresses }))
  const home = mkdtempSync(join(tmpdir(), 'localscale-live-'))
  const configFile = join(home, '.config', 'rescale', 'apiconfig')
  mkdirSync(dirname(configFile), { recursive: true })
  writeFileSync(configFile, `[second]\napibaseurl = ${platform.url}\napikey = ${platform.apiKey}\n`)
  chmodSync(configFile, 0o600)
  const stateFolder = join(home, 'state')
  const profile = loadProfile({ name: 'second', configFile, env: {} })
  await allow(stateFolder, profile, { now: new Date(), dayLimit })
  const bodies = await loadDescribedBodies()
  const begin = (options: Partial<LiveRunOptions> = {}): Promise<LiveRun> =>
    LiveRun.begin({
      profile,
      folder: stateFolder,
      env: {},
      bodies,
      transport: wire.transport,
      now: () => new Date(),
      pause: async () => void (await turn()),
      allowCreate: true,
      maxCost: 100,
      limits: NO_LIMITS,
      ...options,
    })
  return {
    server,
    wire,
    bodies,
    profile,
    home,
    stateFolder,
    configFile,
    begin,
    async target({ recordTo, runs = 2, other, polls, ...options } = {}) {
      const run = await begin({ ...options, ...(other !== undefined && { otherKeys: [other] }) })
      const recordings =
        recordTo === undefined
          ? undefined
          : new ScenarioRecordings({
              folder: recordTo,
              from: 'second-server',
              note: SECOND_SERVER_NOTE,
              runs,
              bodies,
              secrets: [server.apiKey, ...(other === undefined ? [] : [other])],
              origin: platform.url,
              clock: realClock,
              version: VERSION,
            })
      return liveTarget({
        profile,
        run,
        allowCreate: options.allowCreate ?? true,
        allowSubmit: (options.maxCost ?? 100) > 0,
        other,
        recordings,
        pollMs: 1,
        ...(polls !== undefined && { patienceMs: polls }),
      })
    },
    async [Symbol.asyncDispose]() {
      if (!given) await wire.close()
      await (proxy ?? server).close()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Of somebody else on the second server. */
export const OTHER_LIVE_API_KEY = '9e8d7c6b5a4f30211203f4a5b6c7d8e9f0a1b2c3'

/** What every recording of this server says of itself. */
export const SECOND_SERVER_NOTE =
  'Recorded from LocalScale’s own second server (contract-tests/harness/second-server/live-server.ts), not from the real platform: no evidence of what that does.'
