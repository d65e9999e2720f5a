import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Exchange } from '../exchange/http.ts'
import { contentAnswer } from '../exchange/ranges-content-answer.ts'
import { diskFileStore } from '../stores/disk-file-store.ts'
import { MiB, someBytes } from '../stores/file-store.fixtures.ts'
import { httpCarrier } from './http-carrier.fixture.ts'
import { nodeListener } from './node-http.ts'
import { describeTransport } from './transport.suite.ts'

describeTransport('node:http', (toy, onError) =>
  httpCarrier(createServer(nodeListener(toy.exchange, { onError }))),
)

it('mixes up no bytes when many download one file and some leave', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'localscale-test-'))
  const store = diskFileStore(folder)
  const bytes = someBytes(9 * MiB + 5)
  const stored = store.put(bytes)
  const exchange: Exchange = (request) =>
    contentAnswer(request, { store, stored, name: 'a.bin', contentType: 'application/octet-stream' })
  const carrier = await httpCarrier(createServer(nodeListener(exchange)))

  const downloads = Array.from({ length: 24 }, async (_, index) => {
    if (index % 3 === 0) return leaveEarly(carrier.origin)
    const start = index * 12_345
    const answer = await carrier.send('/', { headers: { range: `bytes=${start}-` } })
    const hash = (part: Uint8Array) => createHash('sha512').update(part).digest('hex')
    expect(hash(answer.bytes)).toBe(hash(bytes.subarray(start)))
  })
  await Promise.all(downloads)
  await carrier.close()
  await rm(folder, { recursive: true })
})

async function leaveEarly(url: string): Promise<void> {
  const request = httpRequest(url).end()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  await once(response, 'data')
  request.on('error', () => undefined).destroy()
}
