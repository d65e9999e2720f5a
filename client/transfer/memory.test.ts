import { execFile } from 'node:child_process'
import { truncate, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { aClient } from '../test-support/client.ts'
import { aFolder } from '../test-support/folder.ts'
import { A_KEY, aServer, sendJson } from '../test-support/server.ts'

const MiB = 1024 * 1024
const SIZE = 256 * MiB
const ALLOWED = 128 * MiB

/** How much more memory the process had than at the start, at any time when `look` was called. */
function watchMemory() {
  const before = process.memoryUsage.rss()
  let most = before
  return {
    look: () => {
      most = Math.max(most, process.memoryUsage.rss())
    },
    growth: () => most - before,
  }
}

// What the issue allows for any size; the server's own memory is not in it.
const ALLOWED_FOR_UPLOADS = 64

const UPLOAD = `
import { createClient } from ${JSON.stringify(new URL('../index.ts', import.meta.url).href)}
const [baseUrl, apiKey, path] = process.argv.slice(1)
const client = createClient({ baseUrl, apiKey, env: {} })
const mebibytes = () => process.resourceUsage().maxRSS / 1024
await client.files.upload(Buffer.from('warm'), { name: 'x' })
const before = mebibytes()
await client.files.upload(path)
await client.files.uploadAll([path, path, path])
console.log(mebibytes() - before)
await client.close()
`

it('uploads files of any size in constant memory, several at once too', async () => {
  await using folder = await aFolder()
  await using server = await aServer((request, response) => {
    request.resume().once('end', () => sendJson(response, 201, { id: 'abcdef' }))
  })
  await writeFile(folder.in('large'), '')
  await truncate(folder.in('large'), SIZE)
  const args = ['--import', 'tsx', '--input-type=module', '-e', UPLOAD, server.url, A_KEY, folder.in('large')]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  expect(Number(stdout)).toBeLessThan(ALLOWED_FOR_UPLOADS)
})

it('downloads a file of any size in constant memory, even if the disk is slow', async () => {
  const piece = Buffer.alloc(MiB, 7)
  await using server = await aServer((_, response) => {
    response.writeHead(200, { 'Content-Length': SIZE })
    let left = SIZE / MiB
    const send = () => {
      while (left-- > 0) if (!response.write(piece)) return void response.once('drain', send)
      response.end()
    }
    send()
  })
  const memory = watchMemory()
  const file = { id: 'abcdef', name: 'x', decryptedSize: SIZE, fileChecksums: [] }
  let taken = 0
  const sink = async (chunk: Uint8Array) => {
    await new Promise((resolve) => setImmediate(resolve))
    taken += chunk.byteLength
    memory.look()
  }
  await aClient(server.url).files.download(file, { sink, verify: false })
  expect(taken).toBe(SIZE)
  expect(memory.growth()).toBeLessThan(ALLOWED)
})
