import type { CarryOut, FaultedCall } from '../exchange/faults.ts'
import type { ExchangeAnswer } from '../exchange/http.ts'
import { isMapping } from '../exchange/python-value.ts'
import type { Spoiled } from './spoilers.ts'

type Json = Record<string, unknown>

/** Every SHA-512 in the answer differs from that of the bytes; with a file, only that file's. */
export function wrongChecksums(answer: ExchangeAnswer, fileId: string | undefined): Spoiled {
  const body = jsonOf(answer)
  if (!body) return null
  const spoilt = everyMapping(body).filter(({ id }) => fileId === undefined || id === fileId)
  const hashes = spoilt.flatMap(({ fileChecksums }) =>
    Array.isArray(fileChecksums) ? (fileChecksums.filter(isMapping) as Json[]) : [],
  )
  for (const hash of hashes) hash.fileHash = otherDigits(String(hash.fileHash))
  return hashes.length === 0 ? null : withJson(answer, body, `told ${hashes.length} wrong checksums`)
}

/** Still hexadecimal and as long. */
const otherDigits = (hash: string): string => (hash.startsWith('0') ? '1' : '0') + hash.slice(1)

/** The last items of the page before come again at the beginning of this one, as when others come in meanwhile. */
export async function duplicateItems(
  answer: ExchangeAnswer,
  count: number,
  { query }: FaultedCall,
  carryOut: CarryOut,
): Promise<Spoiled> {
  const page = Number(query.page ?? 1)
  const body = pageOf(answer)
  if (!body || !(page > 1)) return null
  const before = pageOf(await carryOut({ page: page - 1 }))
  const again = before?.results.slice(-count) ?? []
  if (again.length === 0) return null
  return withJson(answer, { ...body, results: [...again, ...body.results] }, `repeated ${again.length} items`)
}

export function reorderItems(answer: ExchangeAnswer): Spoiled {
  const body = pageOf(answer)
  if (!body || body.results.length < 2) return null
  return withJson(answer, { ...body, results: body.results.toReversed() }, 'reversed the items')
}

/** Without the row, or the word, that says that a job is Completed; with a job, only that job's. */
export function withoutCompleted(answer: ExchangeAnswer, jobId: string | undefined): Spoiled {
  const body = pageOf(answer)
  if (!body) return null
  const isMeant = (row: Json) => jobId === undefined || row.jobId === jobId || row.id === jobId
  const kept = body.results.filter((row) => !(isMeant(row) && row.status === 'Completed'))
  const listed = kept.filter(
    (row) => isMeant(row) && isMapping(row.jobStatus) && row.jobStatus.content === 'Completed',
  )
  for (const { jobStatus } of listed) Object.assign(jobStatus as Json, { content: 'Executing' })
  const hidden = body.results.length - kept.length
  if (hidden + listed.length === 0) return null
  const count = typeof body.count === 'number' ? { count: body.count - hidden } : {}
  return withJson(answer, { ...body, ...count, results: kept }, 'did not show Completed yet')
}

function jsonOf({ headers, body }: ExchangeAnswer): Json | Json[] | null {
  const isText = typeof body === 'string' && /json|text\/plain/.test(headers['content-type'] ?? '')
  if (!isText) return null
  try {
    const value: unknown = JSON.parse(body)
    return isMapping(value) || Array.isArray(value) ? (value as Json | Json[]) : null
  } catch {
    return null
  }
}

function pageOf(answer: ExchangeAnswer): (Json & { results: Json[] }) | null {
  const body = jsonOf(answer)
  if (!body || Array.isArray(body) || !Array.isArray(body.results)) return null
  return body as Json & { results: Json[] }
}

const withJson = (answer: ExchangeAnswer, body: unknown, effect: string): Spoiled => ({
  answer: { ...answer, body: JSON.stringify(body) },
  effect,
})

function everyMapping(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(everyMapping)
  return isMapping(value) ? [value, ...Object.values(value).flatMap(everyMapping)] : []
}
