import type { DescribedBodies } from '../naming/described-bodies.ts'
import { madeUpNames } from '../naming/made-up-values.ts'
import { type Cassette, RULES_VERSION } from '../recording/cassette.ts'
import { type Flat, flatRequest, flatResponse } from '../recording/flat-exchange.ts'
import type { SeenPart } from '../recording/multipart-parts.ts'
import { RECORDED_ORIGIN, seenOfCassette } from '../recording/seen-of-cassette.ts'
import type { StoredExchange, StoredPart } from '../recording/stored-exchange.ts'
import { Renderer } from '../replay/render.ts'
import { KnownSecrets } from './known-secrets.ts'
import { Redactor } from './redactor.ts'

/**
 * What of a recording would not be kept if it were seen now: the first such place. By the function that redacts before
 * saving and matching; undefined where nothing is, and where other rules or another description named the leaves.
 */
export function placeNotRedacted(cassette: Cassette, bodies: DescribedBodies): string | undefined {
  const { recorded, marker } = cassette
  if (recorded.rules !== RULES_VERSION || recorded.description !== bodies.hash) return undefined
  const names = madeUpNames(cassette.names)
  const render = new Renderer({ names, origin: RECORDED_ORIGIN, supplied: () => undefined })
  const secrets = new KnownSecrets([])
  // Whether what jobs print may be kept, the scenario knows, and no recording.
  const redactor = new Redactor({ bodies, secrets, origin: RECORDED_ORIGIN, marker, names, keepOutput: true })
  for (const [index, seen] of seenOfCassette(cassette).entries()) {
    const stored = cassette.exchanges[index]
    if (!stored) continue
    const place = differenceOf(stored, redactor.exchange(seen, partsOf(stored, render)))
    if (place !== undefined) return `exchange ${stored.seq} at ${place}`
  }
  return undefined
}

function differenceOf(stored: StoredExchange, again: StoredExchange): string | undefined {
  const asked = placeOf(flatRequest(stored.request), flatRequest(again.request))
  if (asked !== undefined) return `request ${asked}`
  if ('failure' in stored.response || 'failure' in again.response) return undefined
  const answered = placeOf(flatResponse(stored.response), flatResponse(again.response))
  return answered === undefined ? undefined : `response ${answered}`
}

/** Leaves with names in them were redacted; what stands for a secret on replay looks like none. */
const placeOf = (stored: Flat, again: Flat): string | undefined =>
  [...stored].find(([place, leaf]) => again.get(place) !== leaf && !NAME.test(leaf))?.[0]

const NAME = /\{[^{}]+#\d+\}/

function partsOf({ request }: StoredExchange, render: Renderer): readonly SeenPart[] | undefined {
  const { body } = request
  return body !== null && 'parts' in body ? body.parts.map((part) => partOf(part, render)) : undefined
}

/** As it was read from a form: bytes that are not in the recording are a beginning without an end. */
function partOf({ name, filename, contentType, body }: StoredPart, render: Renderer): SeenPart {
  const text = (value: string | undefined) => (value === undefined ? undefined : render.text(value))
  const { size, sha256 } = body !== null && 'bytes' in body ? body.bytes : { size: 0, sha256: '' }
  const head =
    body === null || ('bytes' in body && body.bytes.base64 === undefined)
      ? new Uint8Array()
      : render.body(body)
  return {
    name: render.text(name),
    filename: text(filename),
    contentType: text(contentType),
    size: sha256 === '' ? head.length : size,
    sha256,
    sha512: '',
    head,
  }
}
