import type { Clock } from './clock.ts'
import type { TransferContext, TransferSettings } from './transfer/context.ts'

/**
 * What a client's transfers have in common: connections of their own. undici takes a while to load, and who only
 * lists jobs does not need it.
 */
export class Transfers {
  readonly #settings: TransferSettings
  readonly #clock: Clock
  #context: Promise<TransferContext> | undefined

  constructor(settings: TransferSettings, clock: Clock) {
    this.#settings = settings
    this.#clock = clock
  }

  context(): Promise<TransferContext> {
    this.#context ??= import('./transfer/context.ts').then(({ createTransferContext }) =>
      createTransferContext(this.#settings, this.#clock),
    )
    return this.#context
  }

  async close(): Promise<void> {
    const context = await this.#context
    await context?.transport.close()
  }
}
