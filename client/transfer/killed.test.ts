import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import { aFile, askedRange, someBytes } from '../test-support/files.ts'
import { aFolder, type TestFolder } from '../test-support/folder.ts'
import { A_KEY, aServer } from '../test-support/server.ts'

const MiB = 1024 * 1024
const BYTES = someBytes(128 * MiB + 12_345)
const FILE = aFile(BYTES)
// client.md §3C
const MOST_LOST = 64 * MiB

const PROGRAM = `
import { createClient } from ${JSON.stringify(new URL('../index.ts', import.meta.url).href)}
const { baseUrl, apiKey, file, to } = JSON.parse(process.argv[1])
const client = createClient({ baseUrl, apiKey, env: {} })
const { verified, resumedBytes } = await client.files.download(file, { to, connections: 6 })
console.log(JSON.stringify({ verified, resumedBytes }))
await client.close()
`

function startDownload(baseUrl: string, to: string): ChildProcess {
  const order = JSON.stringify({ baseUrl, apiKey: A_KEY, file: FILE, to })
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', PROGRAM, order], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Until the connection takes more, or is gone. */
async function taken(response: ServerResponse): Promise<void> {
  const done = new AbortController()
  const either = ['drain', 'close'].map((event) => once(response, event, { signal: done.signal }))
  await Promise.race(either)
  for (const one of either) one.catch(() => {})
  done.abort()
}

/** Serves the file, and tells how many of its bytes have been taken in all. */
async function aCountingServer() {
  const counted = { bytes: 0, onBytes: () => {} }
  const send = async (response: ServerResponse, start: number, end: number) => {
    for (let at = start; at <= end && !response.destroyed; at += 256 * 1024) {
      const piece = BYTES.subarray(at, Math.min(at + 256 * 1024, end + 1))
      const more = response.write(piece)
      counted.bytes += piece.byteLength
      counted.onBytes()
      if (!more && !response.destroyed) await taken(response)
    }
    response.end()
  }
  const server = await aServer((request, response) => {
    const { start, end } = askedRange(request) ?? { start: 0, end: BYTES.byteLength - 1 }
    const range = `bytes ${start}-${end}/${BYTES.byteLength}`
    response.writeHead(206, { 'Content-Length': end - start + 1, 'Content-Range': range })
    void send(response, start, end)
  })
  return Object.assign(server, { counted })
}

async function ended(child: ChildProcess): Promise<string> {
  let text = ''
  child.stdout?.on('data', (chunk) => {
    text += chunk
  })
  await once(child, 'close')
  return text
}

/** Runs downloads that are killed after about so many bytes each, and then one to its end. */
async function killedAt(places: readonly number[], folder: TestFolder) {
  await using server = await aCountingServer()
  for (const place of places) {
    const child = startDownload(server.url, folder.in('testfile'))
    const from = server.counted.bytes
    server.counted.onBytes = () => {
      if (server.counted.bytes - from >= place) child.kill('SIGKILL')
    }
    await ended(child)
    server.counted.onBytes = () => {}
    expect(await readdir(folder.path)).not.toContain('testfile')
  }
  const before = server.counted.bytes
  const result = JSON.parse(await ended(startDownload(server.url, folder.in('testfile'))))
  return { ...result, servedBefore: before, servedAfter: server.counted.bytes - before }
}

it('goes on after kill -9 at any point, and loses at most 64 MiB each time', async () => {
  await using folder = await aFolder()
  const random = (from: number, to: number) =>
    Math.floor((from + Math.random() * (to - from)) * BYTES.byteLength)
  // The second comes so late that something of it has been written down by then.
  const places = [random(0.2, 0.5), random(0.6, 0.9)]
  const { verified, resumedBytes, servedBefore, servedAfter } = await killedAt(places, folder)
  expect((await readFile(folder.in('testfile'))).equals(BYTES)).toBe(true)
  expect(verified).toBe(true)
  expect(resumedBytes).toBeGreaterThan(0)
  expect(servedBefore - resumedBytes).toBeLessThan(places.length * MOST_LOST)
  expect(servedBefore + servedAfter - BYTES.byteLength).toBeLessThan(places.length * MOST_LOST)
  expect(await readdir(folder.path)).toEqual(['testfile'])
})
