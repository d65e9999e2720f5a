import type { IncomingMessage } from 'node:http'
import { bodyOf } from './server.ts'

/** A part of a form, as it came. */
export interface ReceivedPart {
  readonly headers: string
  readonly body: Buffer
}

/** Takes a multipart body apart, strictly: what is not exactly right fails. */
export async function receiveForm(request: IncomingMessage): Promise<ReceivedPart[]> {
  const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(request.headers['content-type'] ?? '')?.[1]
  const body = await bodyOf(request)
  if (boundary === undefined) throw new Error('There is no boundary')
  const end = Buffer.from(`\r\n--${boundary}--\r\n`)
  if (!body.subarray(-end.byteLength).equals(end)) throw new Error('The form does not end')
  const parts: ReceivedPart[] = []
  let at = 0
  while (at < body.byteLength - end.byteLength) {
    const open = Buffer.from(`${at === 0 ? '' : '\r\n'}--${boundary}\r\n`)
    if (!body.subarray(at, at + open.byteLength).equals(open)) throw new Error('A part does not begin')
    const head = body.indexOf('\r\n\r\n', at)
    const next = body.indexOf(`\r\n--${boundary}`, head)
    parts.push({
      headers: body.toString('utf8', at + open.byteLength, head),
      body: body.subarray(head + 4, next),
    })
    at = next
  }
  return parts
}
