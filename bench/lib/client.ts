import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { runChild } from './children.ts'
import type { BenchContext } from './context.ts'
import type { Server } from './servers.ts'

/** What one transfer took on the side of the client. */
export interface ClientTransfer {
  readonly seconds: number
  readonly cpuSeconds: number
  /** Zero for curl. */
  readonly peakMebibytes: number
  /** What the client told; nothing of curl. */
  readonly result?: { readonly resumedBytes?: number }
}

export type Order =
  | { readonly file: string }
  | {
      readonly id: string
      readonly to: string
      readonly connections?: number
      readonly verify?: boolean
      /** Only its metadata, and an empty file. */
      readonly head?: boolean
    }

/** The built client, as an application imports it. */
export async function clientTransfer(
  context: BenchContext,
  server: Server,
  warmUp: Order,
  transfer: Order,
): Promise<ClientTransfer> {
  const output = await runChild(process.execPath, transferArgs(context, server, warmUp, transfer))
  return JSON.parse(output) as ClientTransfer
}

/** The arguments for node that run one transfer. */
export function transferArgs(
  context: BenchContext,
  server: Server,
  warmUp: Order,
  transfer: Order,
): string[] {
  const entry = resolve(context.product, '../../lib/client/index.js')
  if (!existsSync(entry)) throw new Error(`${entry} is not there: run npm run build first`)
  const script = new URL('../clients/transfer.mjs', import.meta.url).pathname
  const apiKey = server.headers.authorization?.replace('Token ', '') ?? '0'.repeat(40)
  const text = JSON.stringify({ client: entry, baseUrl: server.url, apiKey, warmUp, transfer })
  return [script, text]
}

/** `curl -F`; its time counts from the start of the transfer, as the client's does. Bash knows what CPU it took. */
export async function curlUpload(curl: string, server: Server, file: string): Promise<ClientTransfer> {
  const headers = Object.entries(server.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const url = `${server.url}/api/v2/files/contents/`
  const args = [
    '-q',
    '-sS',
    '--fail',
    '--noproxy',
    '*',
    ...headers,
    '-F',
    `file=@${file}`,
    '-o',
    '/dev/null',
    '-w',
    '%{time_total}\n',
    url,
  ]
  const timed = 'TIMEFORMAT="%U %S"; { time "$@"; } 2>&1'
  const output = await runChild('bash', ['-c', timed, 'bash', curl, ...args])
  const [seconds = Number.NaN, user = Number.NaN, system = Number.NaN] = output
    .trim()
    .split(/\s+/)
    .map(Number)
  if (!Number.isFinite(seconds + user + system)) throw new Error(`curl -F said: ${output}`)
  return { seconds, cpuSeconds: user + system, peakMebibytes: 0 }
}
