import type { OperationId } from '../../../openapi/generated/routes.ts'
import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import { headerOf } from '../transport.ts'
import type { WholeAnswer } from './answer.ts'
import { withHeader } from './answer-deviations.ts'
import type { Deviation, Spoiler } from './deviation.ts'
import { changedField } from './echo-deviations.ts'
import { withJson } from './field-deviations.ts'
import { of, page } from './related.ts'

/** What is said of the bytes of files is not so, or other bytes come. */
export const byteDeviations: readonly Deviation[] = [
  of('conditional', 'files', 'says of what nobody has that it has not changed', neverModified),
  of('checksum', 'files', 'tells the checksum of another file', changedChecksum),
  of('size', 'files', 'tells another size', () => changedField('uploadFile', 'decryptedSize')),
  of('checksum', 'jobs', 'lists what was downloaded with another checksum', () =>
    listedOtherwise('listJobFiles', otherSums),
  ),
  of('checksum', 'runs', 'lists what was downloaded with another checksum', () =>
    listedOtherwise('listRunFiles', otherSums),
  ),
  of('size', 'jobs', 'lists what was downloaded with another size', () =>
    listedOtherwise('listJobFiles', otherSize),
  ),
  of('size', 'runs', 'lists what was downloaded with another size', () =>
    listedOtherwise('listRunFiles', otherSize),
  ),
  of('range', 'files', 'sends other bytes than were uploaded', flippedByte),
  of('range', 'files', 'sends the range next to the one that was asked', shiftedRange),
  of('range', 'files', 'sends more than the range', longRange),
  of('range', 'files', 'sends only the first of several ranges', firstPartOnly),
]

function changedChecksum(): Spoiler {
  return ({ operationId, answer }) => {
    if ((operationId !== 'getFile' && operationId !== 'uploadFile') || answer.body.kind !== 'json')
      return null
    const other = isObject(answer.body.value) ? otherSums(answer.body.value) : null
    return other && withJson(answer, other)
  }
}

function otherSums(file: JsonObject): JsonObject | null {
  const { fileChecksums } = file
  if (!isList(fileChecksums) || fileChecksums.length === 0) return null
  const other = fileChecksums.map((sum) => (isObject(sum) ? { ...sum, fileHash: '0'.repeat(128) } : sum))
  return { ...file, fileChecksums: other }
}

const otherSize = (file: JsonObject): JsonObject => ({
  ...file,
  decryptedSize: Number(file.decryptedSize) + 1,
})

/** Of what was downloaded; of other files nobody can tell. */
function listedOtherwise(list: OperationId, change: (file: JsonObject) => JsonObject | null): Spoiler {
  const downloaded = new Set<string>()
  const changed = (file: Json): Json =>
    (isObject(file) && downloaded.has(String(file.id)) ? change(file) : null) ?? file
  const spoil = page(list, ({ results, ...rest }) => {
    if (!isList(results)) return null
    const others = results.map(changed)
    return others.some((file, index) => file !== results[index]) ? { ...rest, results: others } : null
  })
  return (exchange) => {
    const { operationId, url, answer } = exchange
    if (operationId === 'downloadFile' && answer.status === 200)
      downloaded.add(new URL(url).pathname.split('/').at(-3) ?? '')
    return spoil(exchange)
  }
}

const contentIds: ReadonlySet<string | null> = new Set(['downloadFile'])

function contents(change: (bytes: Uint8Array, answer: WholeAnswer) => WholeAnswer | null): Spoiler {
  return ({ operationId, method, answer }) => {
    if (!contentIds.has(operationId) || method !== 'GET' || answer.body.kind !== 'bytes') return null
    return change(answer.body.bytes, answer)
  }
}

function flippedByte(): Spoiler {
  return contents((bytes, answer) => {
    if (answer.status !== 200) return null
    const other = Uint8Array.from(bytes)
    other[0] = (other[0] ?? 0) ^ 1
    return { ...answer, body: { kind: 'bytes', bytes: other } }
  })
}

function neverModified(): Spoiler {
  return contents((_, answer) =>
    answer.status === 200 ? { ...answer, status: 304, body: { kind: 'none' } } : null,
  )
}

function shiftedRange(): Spoiler {
  return contents((_, answer) => {
    const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headerOf(answer.headers, 'content-range') ?? '')
    if (answer.status !== 206 || !range) return null
    const [, first, last, size] = range.map(Number)
    const shifted = `bytes ${Number(first) + 1}-${Number(last) + 1}/${size}`
    return { ...answer, headers: withHeader(answer.headers, 'content-range', shifted) }
  })
}

function longRange(): Spoiler {
  return contents((bytes, answer) => {
    if (answer.status !== 206 || headerOf(answer.headers, 'content-range') === undefined) return null
    return { ...answer, body: { kind: 'bytes', bytes: Uint8Array.from([...bytes, 0]) } }
  })
}

function firstPartOnly(): Spoiler {
  return contents((bytes, answer) => {
    const type = headerOf(answer.headers, 'content-type') ?? ''
    const [, boundary] = /^multipart\/byteranges;.*boundary="?([^";]+)/i.exec(type) ?? []
    if (answer.status !== 206 || boundary === undefined) return null
    const [before = '', first = ''] = Buffer.from(bytes).toString('latin1').split(`--${boundary}`)
    const text = `${before}--${boundary}${first}--${boundary}--\r\n`
    const body = { kind: 'bytes', bytes: Uint8Array.from(Buffer.from(text, 'latin1')) } as const
    return { ...answer, headers: withHeader(answer.headers, 'content-length', String(text.length)), body }
  })
}
