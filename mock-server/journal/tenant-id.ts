import { createHash } from 'node:crypto'
import { Memo } from '../exchange/memo.ts'

const TENANT_ID_LENGTH = 16

/** What a key's world is called; the key cannot be told from it. */
export const tenantIdOf = (key: string): string =>
  createHash('sha256').update(key).digest('hex').slice(0, TENANT_ID_LENGTH)

/** Authorization headers that are remembered, of up to so many characters. */
const REMEMBERED = 1_000
const LONGEST_REMEMBERED = 100

/**
 * Finds whose request it is, also where the key comes with a wrong scheme: its owner wants to know what went wrong.
 * Null where there is no key, or none that is accepted.
 */
export function tenantReader(accepts: (key: string) => boolean): (authorization: string) => string | null {
  const memo = new Memo<{ key: string; id: string }>(REMEMBERED, LONGEST_REMEMBERED)
  const read = (authorization: string) => {
    const [key = ''] = /\b[0-9a-f]{40}\b/.exec(authorization) ?? []
    return { key, id: tenantIdOf(key) }
  }
  return (authorization) => {
    const { key, id } = memo.get(authorization, read)
    return key !== '' && accepts(key) ? id : null
  }
}
