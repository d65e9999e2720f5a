import { CannotRunError } from '../not-run.ts'
import { type Layer, layered, type Transport } from '../transport.ts'
import { PlatformCalls } from './platform-calls.ts'
import type { LiveProfile } from './profile.ts'

/**
 * A platform that does not answer has disagreed with nothing, and nothing can be said of it: what asked could not be
 * run. Of an answer that breaks off on its way, the scenario hears.
 */
export const reaching =
  (origin: string): Layer =>
  (next) =>
  async (request) => {
    try {
      return await next(request)
    } catch (error) {
      if (error instanceof CannotRunError || request.signal?.aborted) throw error
      throw unreachable(origin, error)
    }
  }

function unreachable(origin: string, error: unknown): CannotRunError {
  const why = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? `${error.code}: ` : ''
  const text = `${origin} cannot be reached (${code}${why}).`
  return new CannotRunError({ kind: 'unreachable', text }, { cause: error })
}

/** Asks the platform who it takes the key's user for. Throws CannotRunError where it cannot be asked, or knows no such key. */
export async function greet(
  { name, origin, authorization }: Pick<LiveProfile, 'name' | 'origin' | 'authorization'>,
  transport: Transport,
): Promise<void> {
  const calls = new PlatformCalls(layered(transport, [reaching(origin)]), origin, authorization)
  const { status } = await calls.get('/users/me/')
  if (status === 401 || status === 403) {
    throw new CannotRunError({
      kind: 'no-credentials',
      text: `${origin} does not take the key of profile [${name}]: it answered ${status}. Make a new one in its settings, under API.`,
    })
  }
  if (status !== 200)
    throw new CannotRunError({
      kind: 'unreachable',
      text: `${origin} answered ${status} when it was greeted.`,
    })
}
