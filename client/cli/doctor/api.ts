import type { RescaleClient } from '../../client.ts'
import { RateLimitedError, RescaleError, UnauthorizedError } from '../../errors.ts'
import { exitOf } from '../exit-codes.ts'
import type { Session } from '../session.ts'
import { type Finding, failed, messageOf, note, ok, skipped } from './finding.ts'
import { examineLimits, paused, toldIn } from './limits.ts'

// Tokens do not depend on time; TLS and the dates in lists do.
const SKEW_MS = 60_000

/** Whether the platform takes the key, what its clock says, and its limits, and whether files come in ranges. */
export async function* examineApi(client: RescaleClient, session: Session): AsyncGenerator<Finding> {
  const { signal } = session
  let told = ''
  try {
    const { data, response } = await client.api.GET('/api/v2/users/me/', { signal })
    yield clock(response.headers.get('date'), isLocal(client))
    told = toldIn(response.headers)
    if (!data) {
      await client.user.get({ signal })
      return
    }
    yield ok('auth', data.email)
  } catch (error) {
    if (error instanceof RateLimitedError) yield paused(error.scope, error.retryAfterMs, error.message)
    else yield failed('auth', messageOf(error), remedyFor(error), exitOf(error))
    return
  }
  yield* examineLimits(client, told, signal)
  yield await ranges(client, signal)
}

function remedyFor(error: unknown): string {
  if (error instanceof UnauthorizedError)
    return 'Make a new key in your profile on the platform, and run rescale profile init. Is it the right platform?'
  return (error instanceof RescaleError && error.hint) || 'Try again in a while.'
}

function isLocal({ settings }: RescaleClient): boolean {
  return /^https?:\/\/(localhost|127\.|\[::1\])/.test(settings.baseUrl)
}

function clock(date: string | null, isMock: boolean): Finding {
  const theirs = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(theirs)) return skipped('clock', 'the answer has no date')
  const seconds = Math.round((Date.now() - theirs) / 1000)
  const detail = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} the platform`
  if (Math.abs(seconds) * 1000 <= SKEW_MS || isMock) return ok('clock', detail)
  return note('clock', detail, 'Set this machine’s clock (timedatectl set-ntp true).')
}

async function ranges(client: RescaleClient, signal: AbortSignal): Promise<Finding> {
  try {
    const file = await firstFile(client, signal)
    if (!file) return skipped('ranges', 'there is no file to try it with')
    const { response } = await client.api.GET('/api/v2/files/{fileId}/contents/', {
      params: { path: { fileId: file.id }, header: { Range: 'bytes=0-0' } },
      headers: { Range: 'bytes=0-0' },
      parseAs: 'arrayBuffer',
      signal,
    })
    if (response.status === 206)
      return ok('ranges', `${response.headers.get('content-range')} of ${file.name}`)
    return note(
      'ranges',
      `a range was answered with ${response.status}`,
      'Downloads will use one connection.',
    )
  } catch (error) {
    return note('ranges', messageOf(error), 'Downloads will use one connection.')
  }
}

// A small one: whoever ignores the range sends all of it.
async function firstFile(client: RescaleClient, signal: AbortSignal) {
  const newest = await client.files.list({ page_size: 25 }, { signal }).toArray({ maxItems: 25 })
  return newest.find(({ decryptedSize }) => decryptedSize > 0 && decryptedSize < 1_000_000)
}
