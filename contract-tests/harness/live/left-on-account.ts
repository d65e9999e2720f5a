import type { LeftOver } from './clean-up.ts'

/** Something that a run has made is still there, and could not be taken away. */
export class LeftOnAccountError extends Error {
  override readonly name = 'LeftOnAccountError'

  constructor(left: readonly LeftOver[]) {
    const things = left.map(({ kind, id, name, why }) => `${kind} ${id} "${name}" (${why})`)
    super(`This is still on the account: ${things.join('; ')}. Try \`localscale contract reap\`.`)
  }
}
