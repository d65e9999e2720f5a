import { driveState } from '../drive-states.ts'
import type { Scenario } from '../scenario.ts'
import type { VariedTarget } from '../selfcheck/deviation.ts'
import type { Stage, Target } from '../target.ts'
import type { Transport } from '../transport.ts'
import { uniqueNames } from '../unique-names.ts'
import { type LiveHere, liveHere, OTHER_LIVE_API_KEY } from './live-here.ts'
import type { LiveServerOptions } from './live-server.ts'
import { type MutatingProxy, startMutatingProxy } from './mutating-proxy.ts'
import type { SharedMeans } from './shared-means.ts'

/** Jobs are over after few polls, which are told thousands of times here; each status still is there for some. */
const PACE = 'per-request:60s'

/** Whoever waits for what a deviation keeps from coming gives up after so many; the longest story takes some 40. */
const POLLS = 60

/** Of a run and of a day: all scenarios are told hundreds of times. In the platform's currency. */
const ENOUGH = 1_000_000

/** The second server behind a proxy that changes its answers, and everything that a live run needs. */
export interface BehindProxy extends AsyncDisposable {
  readonly proxy: MutatingProxy
  /** Through a live run with all its guards, one for all targets; what those keep from a real account is told without. */
  target(): VariedTarget
}

export async function behindProxy(
  means: SharedMeans,
  { seed }: Pick<LiveServerOptions, 'seed'> = {},
): Promise<BehindProxy> {
  // Latency is told elsewhere; here it would be waited for thousands of times.
  const proxy = await startMutatingProxy(
    {
      otherApiKey: OTHER_LIVE_API_KEY,
      latencyMs: () => 0,
      pace: PACE,
      // Nobody reads it: what was said, the harness sees.
      journal: { isOn: false },
      ...(seed !== undefined && { seed }),
    },
    means,
  )
  const here = await liveHere({}, { proxy, wire: means.wire, dayLimit: ENOUGH })
  const live = await here.target({
    other: OTHER_LIVE_API_KEY,
    polls: POLLS,
    maxCost: ENOUGH,
    flush: () => undefined,
  })
  const unguarded = unguardedTarget(here, proxy)
  const toldTo = (scenario: Scenario): Target => (scenario.notOnLive === undefined ? live : unguarded)
  return {
    proxy,
    target: () => ({
      kind: 'mock-http',
      account: here,
      others: here.wire.transport,
      spoilWith: (spoiler) => proxy.spoilWith(spoiler),
      name: 'the second server behind a proxy',
      redact: (text) => live.redact(text),
      refuses: (scenario) => toldTo(scenario).refuses(scenario),
      enter: async (scenario) => leftAsItIs(await toldTo(scenario).enter(scenario), proxy),
      close: async () => proxy.spoilWith(null),
    }),
    async [Symbol.asyncDispose]() {
      await live.close().finally(() => here[Symbol.asyncDispose]())
    },
  }
}

/** What is left on the account is looked for on the platform as it is: no check sees that, and a history that was spoiled would have no end. */
function leftAsItIs(stage: Stage, proxy: MutatingProxy): Stage {
  const leave: Stage['leave'] = (outcome) => {
    proxy.spoilWith(null)
    return stage.leave(outcome)
  }
  return { ...stage, leave }
}

/** So many stories are told at the same time: where answers are slow, others go on. */
const MOST_PLATFORMS = 6

/** Platforms of one seed for many targets, each alone on its own, until it is closed and another takes its place. */
export class PlatformsBehindProxy implements AsyncDisposable {
  readonly #means: SharedMeans
  readonly #options: Pick<LiveServerOptions, 'seed'>
  readonly #all: Promise<BehindProxy>[] = []
  readonly #free: BehindProxy[] = []
  readonly #waiting: ((free: BehindProxy) => void)[] = []

  constructor(means: SharedMeans, options: Pick<LiveServerOptions, 'seed'> = {}) {
    this.#means = means
    this.#options = options
  }

  async target(): Promise<VariedTarget> {
    const here = this.#free.pop() ?? (await this.#another())
    const target = here.target()
    const close = () => target.close().finally(() => this.#giveBack(here))
    return { ...target, close }
  }

  #giveBack(here: BehindProxy): void {
    const next = this.#waiting.shift()
    if (next) next(here)
    else this.#free.push(here)
  }

  #another(): Promise<BehindProxy> {
    if (this.#all.length >= MOST_PLATFORMS) return new Promise((resolve) => this.#waiting.push(resolve))
    const here = behindProxy(this.#means, this.#options)
    this.#all.push(here)
    return here
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#all.map(async (here) => (await here)[Symbol.asyncDispose]()))
  }
}

/** Over the same wire, with no guard before it. */
function unguardedTarget({ wire }: LiveHere, { platform }: MutatingProxy): Target {
  return {
    kind: 'mock-http',
    name: platform.url,
    redact: (text) => text,
    refuses: ({ needs }) =>
      needs.some((need) => beyondTheWire.has(need))
        ? { kind: 'no-such-state', text: 'It takes a server that was begun otherwise.' }
        : null,
    enter: async () => unguardedStage(wire.transport, platform),
    close: async () => undefined,
  }
}

const beyondTheWire: ReadonlySet<string> = new Set(['a rate limit that is used up', 'the announced changes'])

function unguardedStage(transport: Transport, { url, apiKey }: MutatingProxy['platform']): Stage {
  let waits = 0
  return {
    origin: url,
    transport,
    keys: { owner: apiKey, other: OTHER_LIVE_API_KEY },
    unique: uniqueNames('unguarded'),
    wait: async () => ++waits < POLLS,
    provide: async (state, setup) => (state === 'a second key' ? ({} as never) : driveState(state, setup)),
    leave: async () => undefined,
  }
}
