import { execFile } from 'node:child_process'
import { mkdir, truncate, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { aFolder } from '../test-support/folder.ts'
import { A_KEY, aServer, sendJson } from '../test-support/server.ts'
import { aTlsFront } from '../test-support/tls-front.ts'

const MiB = 1024 * 1024
/** Enough that a copy of it, or half of one, is seen. */
const SIZE = 256 * MiB
/** What the issue allows for uploads of any size, in MiB. */
const ALLOWED = 64
/** In MiB. V8 lets go of buffers outside of its heap when 64 MiB of them have come, which a sink is given one by one. */
const ALLOWED_TO_A_SINK = 64 + 48
/**
 * In MiB. The buffers of a stream are the caller's, each of them a new one: Node 24 lets up to 64 MiB of them gather
 * before it looks for those that nobody needs, Node 20 and 22 do not. 43 to 67 were seen.
 */
const ALLOWED_FROM_A_STREAM = Number(process.versions.node.split('.')[0]) >= 24 ? 64 + 16 : ALLOWED

/**
 * Runs a program in a process of its own: the server's memory is not in it. It prints how much more memory its process
 * ever had, by the system's own count, than after a first small transfer, in MiB.
 */
async function growthOf(program: string, ...args: readonly string[]): Promise<number> {
  const source = `
    import { createClient } from ${JSON.stringify(new URL('../index.ts', import.meta.url).href)}
    const [baseUrl, ...args] = process.argv.slice(1)
    const clientOf = (baseUrl) => createClient({ baseUrl, apiKey: '${A_KEY}', env: {} })
    const client = clientOf(baseUrl)
    const most = () => process.resourceUsage().maxRSS / 1024
    ${program}
    console.log(most() - before)
    await client.close()`
  const words = ['--import', 'tsx', '--input-type=module', '-e', source, ...args]
  const { stdout } = await promisify(execFile)(process.execPath, words)
  return Number(stdout)
}

const uploads = (...calls: readonly string[]) => `
    await client.files.upload(Buffer.from('warm'), { name: 'x' })
    const overTls = clientOf(args[1])
    const { createReadStream } = await import('node:fs')
    await overTls.files.upload(Buffer.from('warm'), { name: 'x' })
    const before = most()
    ${calls.join('\n    ')}
    await overTls.close()`

// Each in a process of its own: Node 24 lets its heap grow by what a stream makes of buffers, and the next adds to that.
it.each([
  [
    'over TLS, and several files at once',
    3,
    ALLOWED,
    uploads('await overTls.files.upload(args[0])', 'await client.files.uploadAll([args[0], args[0]])'),
  ],
  [
    'from a stream',
    1,
    ALLOWED_FROM_A_STREAM,
    uploads(`await client.files.upload(createReadStream(args[0]), { name: 'x', size: ${SIZE} })`),
  ],
  ['from a folder', 1, ALLOWED, uploads('await client.files.uploadFolder(args[2])')],
])('uploads in constant memory whatever the size: %s', async (_, times, allowed, program) => {
  await using folder = await aFolder()
  let received = 0
  await using server = await aServer(async (request, response) => {
    for await (const chunk of request) received += (chunk as Buffer).byteLength
    sendJson(response, 201, { id: 'abcdef' })
  })
  await using front = await aTlsFront()
  front.to(Number(new URL(server.url).port))
  const large = folder.in('case', 'large')
  await mkdir(folder.in('case'))
  await writeFile(large, '')
  await truncate(large, SIZE)
  const growth = await growthOf(program, server.url, large, front.url, folder.in('case'))
  expect(growth).toBeLessThan(allowed)
  expect(received).toBeGreaterThan(times * SIZE)
})

const PIECE = Buffer.alloc(MiB, 7)

/** Gives `/SIZE/…` so many bytes, or the range of them that is asked for, as fast as they are taken. */
function sendLarge(request: IncomingMessage, response: ServerResponse): void {
  const [, total = 0] = /^\/api\/v2\/files\/(\d+)\//.exec(request.url ?? '')?.map(Number) ?? []
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
  const [from, to] = range ? [Number(range[1]), Number(range[2])] : [0, total - 1]
  let left = to - from + 1
  const headers = range ? { 'Content-Range': `bytes ${from}-${to}/${total}` } : {}
  response.writeHead(range ? 206 : 200, { ...headers, 'Content-Length': left })
  const send = () => {
    for (let more = true; left > 0 && more; left -= Math.min(left, MiB))
      more = response.write(left < MiB ? PIECE.subarray(0, left) : PIECE)
    if (left > 0) response.once('drain', send)
    else response.end()
  }
  send()
}

// The id says how large it is. Between two writes of the disk the connection could be read twenty times.
const DOWNLOADS = `
    const file = (size) => ({ id: String(size), name: 'x', decryptedSize: size, fileChecksums: [] })
    const turn = () => new Promise((resolve) => setImmediate(resolve))
    let taken = 0
    const sink = async (chunk) => {
      for (let turns = 0; turns < 20; turns++) await turn()
      taken += chunk.byteLength
    }
    await client.files.download(file(1_000_000), { sink, verify: false })
    await client.files.download(file(20_000_000), { to: args[1], verify: false, connections: 4 })
    const before = most()
    const large = file(${SIZE})
    if (args[0] === 'sink') await client.files.download(large, { sink, verify: false })
    else await client.files.download(large, { to: args[1] + '2', verify: false, connections: 4 })
    if (args[0] === 'sink' && taken !== 1_000_000 + ${SIZE}) throw new Error('taken: ' + taken)`

it.each([
  ['to somebody who takes it slowly', 'sink', 'HTTP', ALLOWED_TO_A_SINK],
  ['to a file, over several connections of TLS', 'file', 'TLS', ALLOWED],
] as const)('downloads a file of any size in constant memory: %s', async (_, where, over, allowed) => {
  await using folder = await aFolder()
  await using server = await aServer(sendLarge, over)
  expect(await growthOf(DOWNLOADS, server.url, where, folder.in('x'))).toBeLessThan(allowed)
})
