import type { HarnessClock } from '../harness-clock.ts'
import type { DescribedBodies } from '../naming/described-bodies.ts'
import { KnownSecrets } from '../redaction/known-secrets.ts'
import { Redactor } from '../redaction/redactor.ts'
import type { Caller, ExchangePhase } from '../seen-exchange.ts'
import type { RecordedFrom } from './cassette.ts'
import { cassettePath, writeCassette } from './cassette-file.ts'
import { compact } from './compact.ts'
import { Journal } from './journal.ts'
import { type RecordedRun, Recorder } from './recorder.ts'

export interface ScenarioRecordingsOptions {
  readonly folder: string
  readonly from: RecordedFrom
  readonly note: string
  /** How often each scenario is told before its recording is written. */
  readonly runs: number
  readonly bodies: DescribedBodies
  readonly secrets: readonly string[]
  readonly origin: string
  readonly clock: HarnessClock
  readonly version: string
}

export interface BegunRecording {
  readonly recorder: Recorder
  /** It was told to its end. Gives the file, once it was told often enough. */
  keep(): Promise<string | undefined>
  /** Something went wrong: the journal stays, for whoever wants to know what. */
  giveUp(): void
  /** It could not be told: there is nothing to know. */
  discard(): void
}

interface Told {
  readonly run: RecordedRun
  readonly marker: string
  readonly begunAt: string
}

/** The recordings of one run: a journal for each scenario that is told, a cassette for each that was told often enough. */
export class ScenarioRecordings {
  readonly #options: ScenarioRecordingsOptions
  readonly #secrets: KnownSecrets
  readonly #told = new Map<string, Told[]>()

  constructor(options: ScenarioRecordingsOptions) {
    this.#options = options
    this.#secrets = new KnownSecrets(options.secrets)
  }

  begin(
    scenario: string,
    marker: string,
    telling: {
      readonly keepOutput: boolean
      readonly phase: () => ExchangePhase
      readonly callerOf: (authorization: string | undefined) => Caller
    },
  ): BegunRecording {
    const { folder, clock, bodies, origin } = this.#options
    const path = cassettePath(folder, scenario)
    const begunAt = clock.now().toISOString()
    const journal = new Journal(
      path.replace(/\.cassette\.json$/, '.journal.jsonl'),
      { scenario, marker, begunAt },
      this.#secrets,
    )
    const redactor = new Redactor({
      bodies,
      secrets: this.#secrets,
      origin,
      marker,
      keepOutput: telling.keepOutput,
    })
    const { phase, callerOf } = telling
    const recorder = new Recorder({ scenario, clock, redactor, journal, phase, callerOf })
    return {
      recorder,
      keep: async () => {
        const written = await this.#keep(path, scenario, { run: recorder.finish(), marker, begunAt })
        journal.remove()
        return written
      },
      giveUp: () => journal.close(),
      discard: () => journal.remove(),
    }
  }

  async #keep(path: string, scenario: string, told: Told): Promise<string | undefined> {
    const all = [...(this.#told.get(scenario) ?? []), told]
    this.#told.set(scenario, all)
    const [first, ...others] = all
    if (first === undefined || all.length < this.#options.runs) return undefined
    const { from, note, bodies, version } = this.#options
    const cassette = compact([first.run, ...others.map(({ run }) => run)], {
      scenario,
      from,
      note,
      bodies,
      version,
      marker: first.marker,
      begunAt: first.begunAt,
    })
    return writeCassette(path, cassette, this.#secrets)
  }
}
