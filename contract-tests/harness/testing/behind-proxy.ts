import { driveState } from '../drive-states.ts'
import type { Scenario } from '../scenario.ts'
import type { VariedTarget } from '../selfcheck/deviation.ts'
import type { Stage, Target } from '../target.ts'
import type { Transport } from '../transport.ts'
import { uniqueNames } from '../unique-names.ts'
import { type LiveHere, liveHere, OTHER_LIVE_API_KEY } from './live-here.ts'
import type { LiveServerOptions } from './live-server.ts'
import { type MutatingProxy, startMutatingProxy } from './mutating-proxy.ts'

/** Whoever waits for what a deviation keeps from coming gives up after so many; the longest story takes some 130. */
const POLLS = 400

/** The second server behind a proxy that changes its answers, and everything that a live run needs. */
export interface BehindProxy extends AsyncDisposable {
  readonly proxy: MutatingProxy
  /** A live run of its own, with all its guards; what those keep from a real account is told without them. */
  target(): Promise<VariedTarget>
}

export async function behindProxy({ seed }: Pick<LiveServerOptions, 'seed'> = {}): Promise<BehindProxy> {
  // Latency is told elsewhere; here it would be waited for thousands of times.
  const proxy = await startMutatingProxy({
    otherApiKey: OTHER_LIVE_API_KEY,
    latencyMs: () => 0,
    ...(seed !== undefined && { seed }),
  })
  const here = await liveHere({}, proxy)
  return {
    proxy,
    async target() {
      const live = await here.target({ other: OTHER_LIVE_API_KEY, polls: POLLS })
      const unguarded = unguardedTarget(here, proxy)
      const toldTo = (scenario: Scenario): Target => (scenario.notOnLive === undefined ? live : unguarded)
      return {
        kind: 'mock-http',
        others: here.wire.transport,
        spoilWith: (spoiler) => proxy.spoilWith(spoiler),
        name: 'the second server behind a proxy',
        redact: (text) => live.redact(text),
        refuses: (scenario) => toldTo(scenario).refuses(scenario),
        enter: (scenario) => toldTo(scenario).enter(scenario),
        async close() {
          // What is left on the account is looked for on the platform as it is.
          proxy.spoilWith(null)
          await live.close()
        },
      }
    },
    [Symbol.asyncDispose]: () => here[Symbol.asyncDispose](),
  }
}

/** A target on a platform of its own, which is gone with it. */
export async function aloneBehindProxy(options?: Pick<LiveServerOptions, 'seed'>): Promise<VariedTarget> {
  const here = await behindProxy(options)
  const target = await here.target()
  const close = async (): Promise<void> => {
    try {
      await target.close()
    } finally {
      await here[Symbol.asyncDispose]()
    }
  }
  return { ...target, close }
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
