import { runChild } from './children.ts'
import type { BenchContext } from './context.ts'
import { cpuSeconds } from './process-stats.ts'
import type { Server } from './servers.ts'

/** One transfer of a file to or from a server. */
export interface Transfer {
  readonly seconds: number
  /** CPU time of the server. */
  readonly cpuSeconds: number
  /** Body of the answer to an upload. */
  readonly answer: string
}

/** How a server takes a file. */
export type UploadStyle =
  | { readonly kind: 'multipart'; readonly path: string }
  | { readonly kind: 'put'; readonly path: string }

export async function upload(
  context: BenchContext,
  server: Server,
  file: string,
  style: UploadStyle,
): Promise<Transfer> {
  return timed(server, () => sendFile(context, server, file, style))
}

/** Reads the file by `connections` equal ranges at the same time, each from a process of its own, and drops the bytes. */
export async function download(
  context: BenchContext,
  server: Server,
  path: string,
  size: number,
  connections: number,
): Promise<Transfer> {
  const ranges = equalRanges(size, connections)
  return timed(server, async () => {
    const lengths = await Promise.all(ranges.map((range) => fetchRange(context, server, path, range, size)))
    const received = lengths.reduce((sum, length) => sum + length, 0)
    if (received !== size) throw new Error(`${received} of ${size} bytes of ${server.url}${path} came`)
    return ''
  })
}

/** First and last byte of each of `count` parts that cover `size` bytes without gap or overlap. */
export function equalRanges(size: number, count: number): [number, number][] {
  return Array.from({ length: count }, (_, part) => [
    Math.floor((size * part) / count),
    Math.floor((size * (part + 1)) / count) - 1,
  ])
}

export async function timed(server: Server, work: () => Promise<string>): Promise<Transfer> {
  const [begin, cpu] = [performance.now(), cpuSeconds(server.pid)]
  const answer = await work()
  return { seconds: (performance.now() - begin) / 1000, cpuSeconds: cpuSeconds(server.pid) - cpu, answer }
}

async function sendFile(
  context: BenchContext,
  server: Server,
  file: string,
  style: UploadStyle,
): Promise<string> {
  const url = server.url + style.path
  if (context.tools.curl === null)
    return nodeTransfer({ url, headers: server.headers, file, style: style.kind })
  const body = style.kind === 'multipart' ? ['-F', `file=@${file}`] : ['-T', file]
  return runChild(context.tools.curl, [...curlBasics(server), ...body, url])
}

async function fetchRange(
  context: BenchContext,
  server: Server,
  path: string,
  [first, last]: [number, number],
  size: number,
): Promise<number> {
  const url = server.url + path
  const range = last - first + 1 === size ? {} : { range: `bytes=${first}-${last}` }
  if (context.tools.curl === null) {
    return Number(await nodeTransfer({ url, headers: { ...server.headers, ...range }, style: 'get' }))
  }
  const headers = Object.entries(range).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const args = [...curlBasics(server), ...headers, '-o', '/dev/null', '-w', '%{size_download}', url]
  return Number(await runChild(context.tools.curl, args))
}

/** Silent but for errors, and without the user's own ~/.curlrc and proxies. */
function curlBasics(server: Server): string[] {
  const headers = Object.entries(server.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  return ['-q', '-sS', '--fail-with-body', '--noproxy', '*', ...headers]
}

/** Where curl is missing; slower than curl, but the same for every server. */
function nodeTransfer(order: object): Promise<string> {
  const script = new URL('transfer.mjs', import.meta.url).pathname
  return runChild(process.execPath, [script, JSON.stringify(order)])
}
