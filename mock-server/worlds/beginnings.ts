import type { Catalogue } from '../domain/catalogue.ts'
import { openPlatform } from '../domain/open-platform.ts'
import type { PlatformOptions } from '../domain/platform-parts.ts'
import { RecentlyUsed } from '../domain/recently-used.ts'
import type { SharedBytes } from '../domain/shared-bytes.ts'
import type { Pace } from '../pace.ts'
import { Snapshot, type TenantImage } from './snapshot.ts'

/** Of one server, those of the keys that were reset last; each takes some 66 kB. Ours. */
export const MOST_BEGINNINGS = 64

interface Beginning {
  /** All that it follows from besides the key. */
  readonly told: string
  readonly snapshot: Snapshot
}

/**
 * Worlds as they are when their keys are used for the first time. The same key in the same circumstances begins with the
 * same, so the last ones are kept: most of a reset would be making one.
 */
export class Beginnings {
  readonly #sharedBytes: SharedBytes
  readonly #catalogue: Catalogue
  readonly #kept: RecentlyUsed<string, Beginning>

  constructor(sharedBytes: SharedBytes, catalogue: Catalogue) {
    this.#sharedBytes = sharedBytes
    this.#catalogue = catalogue
    this.#kept = new RecentlyUsed<string, Beginning>({
      most: MOST_BEGINNINGS,
      onForgotten: ({ snapshot }) => void snapshot.release(),
    })
  }

  /** To be entered at once: it is kept for as long as there is room. */
  of(options: PlatformOptions, pace: Pace): TenantImage {
    const { tenantId, seed, startsAt, quirks, environment, ssh } = options
    const told = JSON.stringify([seed, startsAt, quirks, environment, ssh])
    const kept = this.#kept.get(tenantId)
    if (kept?.told === told) return { ...kept.snapshot.image, pace }
    const snapshot = this.#make(options, pace)
    void kept?.snapshot.release()
    this.#kept.set(tenantId, { told, snapshot })
    return snapshot.image
  }

  /** The promise is about bytes that nobody else needs. */
  async forget(tenantId: string): Promise<void> {
    const kept = this.#kept.get(tenantId)
    this.#kept.delete(tenantId)
    await kept?.snapshot.release()
  }

  #make(options: PlatformOptions, pace: Pace): Snapshot {
    const platform = openPlatform(options, this.#catalogue)
    const saved = { ...platform.save(), volumes: [] }
    const image = { platform: saved, pace, keys: { made: 0, keys: [] } }
    const snapshot = new Snapshot('beginning', image, this.#sharedBytes)
    void platform.close()
    return snapshot
  }
}
