import type { Reason } from './not-run.ts'
import type { RecordingAge } from './replay/recording-age.ts'
import type { Scenario } from './scenario.ts'
import type { Speaker } from './scenario-context.ts'
import type { StateName, StateValues } from './states.ts'
import type { Transport } from './transport.ts'

export const targetKinds = ['mock', 'mock-http', 'live', 'replay'] as const

export type TargetKind = (typeof targetKinds)[number]

/** A platform to which scenarios can be told. */
export interface Target {
  readonly kind: TargetKind
  /** For reports, without secrets: `mock in this process`, `profile eu at https://eu.rescale.com`. */
  readonly name: string
  /** Takes out of a text what no report may show. */
  redact(text: string): string
  /** How old what it tells is; only of recordings. */
  readonly recordings?: readonly RecordingAge[]
  /** Why the scenario cannot be told here; null when it can. */
  refuses(scenario: Scenario): Reason | null
  /** A place for one scenario. Throws CannotRunError where there is none. */
  enter(scenario: Scenario): Promise<Stage>
  close(): Promise<void>
}

/** One scenario's place on a target. */
export interface Stage {
  /** Scheme and authority, without a slash at the end. */
  readonly origin: string
  /** With all layers that the target itself needs: firewall, recorder, replay. */
  readonly transport: Transport
  readonly keys: StageKeys
  /** When what it tells was said; only where that is not now. */
  readonly saidAt?: Date
  /** The same label gives the same text; on replay, the text that was recorded. */
  unique(label: string): string
  /**
   * Lets time pass between two polls: virtual time on a mock, real time on a real platform, none on replay. False when
   * nothing more will happen, or it has been waited long enough.
   */
  wait(): Promise<boolean>
  /**
   * Makes a precondition. `setup` speaks to the platform as a scenario does; what it sends counts as setup.
   * Throws CannotRunError where this target cannot make it.
   */
  provide<Name extends StateName>(state: Name, setup: Speaker): Promise<StateValues[Name]>
  /** After the scenario and its own clean-up. */
  leave(outcome: 'passed' | 'failed' | 'not-run'): Promise<void>
}

/** Secrets: nothing but the transport may see them. */
export interface StageKeys {
  readonly owner: string
  /** Of somebody else; null where there is none. */
  readonly other: string | null
}
