import type { SelfcheckParts } from '../selfcheck/selfcheck.ts'
import { behindProxy, PlatformsBehindProxy } from './behind-proxy.ts'
import type { SharedMeans } from './shared-means.ts'

export type SelfcheckPlatforms = Required<Pick<SelfcheckParts, 'openTarget' | 'openVaried'>>

/** For one self-check: second servers begun from `seed`, each over TLS and behind a proxy that changes its answers. */
export async function platformsOfRound(
  means: SharedMeans,
  seed: string,
): Promise<SelfcheckPlatforms & AsyncDisposable> {
  const here = await behindProxy(means, { seed })
  const usual = new PlatformsBehindProxy(means, { seed })
  const reseeded = new PlatformsBehindProxy(means, { seed: `${seed}, otherwise` })
  return {
    openTarget: async () => here.target(),
    openVaried: (options) => (options ? reseeded : usual).target(),
    async [Symbol.asyncDispose]() {
      for (const platforms of [here, usual, reseeded]) await platforms[Symbol.asyncDispose]()
    },
  }
}
