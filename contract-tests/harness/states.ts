/** Everything a scenario can ask to find, and what it is told of it. All values are JSON, so that a recording can keep them. */
export interface StateValues {
  /** Saved, never submitted; one `user_included` tile on two granite cores. */
  readonly 'a saved job': { readonly jobId: string }
  /** Submitted, and over with exit code 0; its output files are there. */
  readonly 'a completed job': { readonly jobId: string }
  /** As above, and its cluster is gone too: such a job can be deleted. */
  readonly 'a completed job whose cluster is stopped': { readonly jobId: string }
  /** Executing, with a command that lasts until it is stopped or the walltime ends. */
  readonly 'a running job': { readonly jobId: string }
  /** More jobs than a page of two holds, oldest first. */
  readonly 'several saved jobs': { readonly jobIds: readonly string[]; readonly nameContains: string }
  /** Its text is `TEXT`. */
  readonly 'an uploaded text file': {
    readonly fileId: string
    readonly name: string
    readonly text: string
  }
  /** Its bytes are `binaryBytes()`. */
  readonly 'an uploaded binary file': {
    readonly fileId: string
    readonly name: string
    readonly size: number
  }
  readonly 'several uploaded files': { readonly fileIds: readonly string[]; readonly nameContains: string }
  /** Never submitted. */
  readonly 'a saved storage device': { readonly deviceId: string }
  /** A second key, of somebody else who shares nothing with the owner of the first. */
  readonly 'a second key': Record<string, never>
  /** A limit of the platform is used up: the next request of any kind is answered with 429. */
  readonly 'a rate limit that is used up': Record<string, never>
  /** A platform that has made the changes which it announced: what was submitted cannot be submitted again, nor changed. */
  readonly 'the announced changes': Record<string, never>
}

export type StateName = keyof StateValues

export type Given<Need extends StateName> = Pick<StateValues, Need>

/** Lasts until it is stopped, or the walltime ends. */
export const LASTING_COMMAND = 'sleep 3000'

/** Labels of several things, oldest first. */
export const SEVERAL = ['a', 'b', 'c', 'd', 'e'] as const

/** Three lines, the last one ended too. */
export const TEXT = 'first line\nsecond line\nthird and last\n'

export const BINARY_SIZE = 5_000

/** No UTF-8, and every offset tells where it is. */
export function binaryBytes(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(BINARY_SIZE).map((_, index) => (index * 31 + 7 + (index >> 8)) % 256)
}
