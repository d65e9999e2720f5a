import type { Carrier, Sent } from './transport.suite.ts'

/** A client that has nothing but a `fetch`. */
export const fetchCarrier = (
  fetching: typeof fetch,
  origin: string,
  close: () => Promise<void>,
): Carrier => ({
  origin,
  close,
  async send(path, request) {
    const response = await fetching(origin + path, init(request))
    const bytes = Buffer.from(await response.arrayBuffer())
    return { status: response.status, headers: Object.fromEntries(response.headers), bytes }
  },
  async stall(path) {
    const abort = new AbortController()
    const response = await fetching(origin + path, { signal: abort.signal })
    await response.body?.getReader().read()
    return () => {
      abort.abort()
      // Node loses the way from the signal to a response that nobody holds any more.
      return response
    }
  },
  beginUpload(path) {
    const abort = new AbortController()
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.alloc(1_000)),
    })
    const request = { method: 'PUT', body, signal: abort.signal, duplex: 'half' } as RequestInit
    fetching(origin + path, request).catch(() => undefined)
    return () => abort.abort()
  },
})

function init({ method = 'GET', headers = {}, body }: Sent = {}): RequestInit {
  const stream = Array.isArray(body) ? ReadableStream.from(body) : body
  return {
    method,
    headers,
    redirect: 'manual',
    ...(stream ? { body: stream, duplex: 'half' } : {}),
  } as RequestInit
}
