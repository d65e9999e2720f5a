import type { DescribedBodies } from '../naming/described-bodies.ts'
import { madeUpNames } from '../naming/made-up-values.ts'
import { type Cassette, sealed } from '../recording/cassette.ts'
import { RECIPE_HEAD_BYTES } from '../recording/generated-bytes.ts'
import type { SeenPart } from '../recording/multipart-parts.ts'
import { namesOf } from '../recording/recorder.ts'
import { RECORDED_ORIGIN, seenOfCassette } from '../recording/seen-of-cassette.ts'
import type { StoredBody, StoredExchange, StoredPart } from '../recording/stored-exchange.ts'
import { Renderer } from '../replay/render.ts'
import type { KnownSecrets } from './known-secrets.ts'
import { MoreThan } from './more-than.ts'
import { Redactor } from './redactor.ts'

export interface RedactedAgain {
  /** Exchanges that hold more than would be kept of them now, as they are kept now; all others as they were. */
  readonly cassette: Cassette
  /** The first place that held more. */
  readonly place?: string
}

/** Redacts what is read of a recording, by the function that redacts before saving and matching. */
export function redactedAgain(
  cassette: Cassette,
  bodies: DescribedBodies,
  secrets: KnownSecrets,
): RedactedAgain {
  const { marker } = cassette
  const names = madeUpNames(cassette.names)
  const render = new Renderer({ names, origin: RECORDED_ORIGIN, supplied: () => undefined })
  // Whether what jobs print may be kept, the scenario knows, and no recording.
  const redactor = new Redactor({ bodies, secrets, origin: RECORDED_ORIGIN, marker, names, keepOutput: true })
  const moreThan = new MoreThan((name) => Object.hasOwn(cassette.names, name))
  let place: string | undefined
  const seen = seenOfCassette(cassette)
  const exchanges = cassette.exchanges.map((stored, index) => {
    const one = seen[index]
    if (!one) return stored
    const again = redactor.exchange(one, partsOf(stored, render))
    const more = moreThan.exchange(stored, again)
    if (more === undefined) return stored
    place ??= `exchange ${stored.seq} at ${more}`
    return withWithheld(again, stored)
  })
  if (place === undefined) return { cassette }
  const all = { ...namesOf(redactor), ...cassette.names }
  return { cassette: sealed({ ...cassette, exchanges, names: all }), place }
}

/** What was not kept is not seen again: of it stays that it was there. */
function withWithheld(again: StoredExchange, { request, response }: StoredExchange): StoredExchange {
  const asked = withheld(request.body, again.request.body)
  if ('failure' in response || 'failure' in again.response)
    return { ...again, request: { ...again.request, body: asked } }
  const answered = withheld(response.body, again.response.body)
  const { wire: _, ...answer } = again.response
  return {
    ...again,
    request: { ...again.request, body: asked },
    response: { ...answer, body: answered, ...(response.wire && { wire: response.wire }) },
  }
}

const withheld = (stored: StoredBody, again: StoredBody): StoredBody =>
  stored !== null && 'withheld' in stored ? stored : again

function partsOf({ request }: StoredExchange, render: Renderer): readonly SeenPart[] | undefined {
  const { body } = request
  return body !== null && 'parts' in body ? body.parts.map((part) => partOf(part, render)) : undefined
}

/** As it was read from a form: of bytes that are not in the recording, or can be made again, the beginning at most. */
function partOf({ name, filename, contentType, body }: StoredPart, render: Renderer): SeenPart {
  const text = (value: string | undefined) => (value === undefined ? undefined : render.text(value))
  const { size, sha256 } = body !== null && 'bytes' in body ? body.bytes : { size: 0, sha256: '' }
  const head = headOf(body, render)
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

function headOf(body: StoredPart['body'], render: Renderer): Uint8Array {
  if (body === null) return new Uint8Array()
  if (!('bytes' in body) || body.bytes.base64 !== undefined) return render.body(body)
  const { recipe } = body.bytes
  if (!recipe) return new Uint8Array()
  const to = Math.min(recipe.to, recipe.from + RECIPE_HEAD_BYTES)
  return render.body({ bytes: { ...body.bytes, recipe: { ...recipe, to } } })
}
