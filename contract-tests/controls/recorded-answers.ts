import { createHash } from 'node:crypto'
import type { Rescale } from '../../mock-server/index.ts'

type Fetch = typeof globalThis.fetch

/** A request as it was sent, to be sent again, and all that its answer was made of. */
export interface Exchanged {
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: readonly [string, string][]
    readonly body: Uint8Array<ArrayBuffer>
  }
  /** Status, heads, hash of the body, and where it is short the body itself. */
  readonly answer: string
}

const SHOWN_BYTES = 5_000

/** Sends requests one after another, however many come at once, and writes down what was said. */
export function recordingFetch(fetch: Fetch): { readonly fetch: Fetch; readonly exchanged: Exchanged[] } {
  const exchanged: Exchanged[] = []
  let earlier: Promise<unknown> = Promise.resolve()
  const one = async (request: Request): Promise<Response> => {
    const sent = await sendable(request)
    const response = await send(fetch, sent)
    exchanged.push({ request: sent, answer: await textOf(sent, response.clone()) })
    const location = response.headers.get('location')
    return response.status === 301 && request.method === 'GET' && location !== null
      ? one(new Request(new URL(location, request.url), { headers: request.headers }))
      : response
  }
  const inTurn: Fetch = (input, init) => {
    const answer = earlier.then(() => one(new Request(input, init)))
    earlier = answer.catch(() => undefined)
    return answer
  }
  return { fetch: inTurn, exchanged }
}

/** What a mock answers to the same requests, in their order. */
export async function answersTo(exchanged: readonly Exchanged[], rescale: Rescale): Promise<string[]> {
  const answers: string[] = []
  for (const { request } of exchanged) answers.push(await textOf(request, await send(rescale.fetch, request)))
  return answers
}

async function sendable(request: Request): Promise<Exchanged['request']> {
  const body = new Uint8Array(await request.arrayBuffer())
  return { method: request.method, url: request.url, headers: [...request.headers], body }
}

function send(fetch: Fetch, { method, url, headers, body }: Exchanged['request']): Promise<Response> {
  const init = { method, headers: headers.map(([name, value]): [string, string] => [name, value]) }
  return fetch(url, { ...init, redirect: 'manual', ...(body.length > 0 && { body }) })
}

async function textOf({ method, url }: Exchanged['request'], response: Response): Promise<string> {
  const bytes = Buffer.from(await response.arrayBuffer())
  const heads = [...response.headers].map(([name, value]) => `${name}: ${value}`)
  const hash = createHash('sha256').update(bytes).digest('hex')
  return [`${method} ${url}`, response.status, ...heads, hash, bytes.subarray(0, SHOWN_BYTES)].join('\n')
}
