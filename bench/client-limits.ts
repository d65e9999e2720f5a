import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from './lib/children.ts'
import { type ClientTransfer, clientTransfer, type Order, transferArgs } from './lib/client.ts'
import { type BenchContext, type Measure, mebibyte } from './lib/context.ts'
import { needDisk, sha512Of, writeTestFile } from './lib/files.ts'
import { atLeast, atMost, type Row } from './lib/row.ts'
import { type Server, startReference } from './lib/servers.ts'

/** The client's download from a server that caps each connection: its speed, its requests, and what a kill costs. */
export const clientLimits: Measure = { name: 'client-limits', goals: '25, 26, 27', run }

const connections = 10
/** Bytes per second of each connection. */
const cap = 10 * mebibyte

interface Setting {
  readonly context: BenchContext
  readonly server: Server
  readonly size: number
  readonly sha512: string
  readonly target: string
}

interface Counts {
  readonly requests: number
  readonly bytes: number
}

async function run(context: BenchContext): Promise<Row[]> {
  const size = (context.quick ? 64 : 512) * mebibyte
  needDisk(context.folder, 3 * size)
  const file = join(context.folder, 'client-limits.bin')
  const sha512 = writeTestFile(file, size)
  const server = await startReference(context, 'counting-files.cjs', [file, sha512, String(cap)])
  const setting = { context, server, size, sha512, target: join(context.folder, 'limited.bin') }
  const [times, requests] = await speedAndRequests(setting, context.quick ? 1 : 3)
  const lost: number[] = []
  for (const share of context.quick ? [0.5] : [0.15, 0.4, 0.8]) lost.push(await lostByKill(setting, share))
  await server.stop()
  return [
    {
      id: '25',
      measure: 'client download, bytes per second / 10 connections of 10 MiB/s each',
      goal: atLeast(0.9, 0.8),
      samples: times.map(({ seconds }) => size / seconds / (cap * connections)),
      note: `${size / mebibyte} MiB, SHA-512 compared`,
    },
    {
      id: '26',
      measure: 'bytes that kill -9 during a download costs',
      goal: atMost(64, 64, 'MiB'),
      samples: lost.map((bytes) => bytes / mebibyte),
      note: 'sent by the server before the kill, and not there for the next download',
    },
    {
      id: '27',
      measure: 'requests for one file, its metadata included',
      goal: atMost(20, 20, 'requests'),
      samples: requests,
      note: 'the most of 10 connections and of as many as the client finds useful',
    },
  ]
}

async function speedAndRequests(
  setting: Setting,
  rounds: number,
): Promise<[readonly ClientTransfer[], readonly number[]]> {
  const times: ClientTransfer[] = []
  const requests: number[] = []
  for (let round = 0; round < rounds; round++) {
    times.push(await counted(setting, { connections }, requests))
    await counted(setting, {}, requests)
  }
  return [times, [Math.max(...requests)]]
}

async function counted(
  setting: Setting,
  options: { connections?: number },
  requests: number[],
): Promise<ClientTransfer> {
  const { context, server, target } = setting
  const order = { id: 'counted', to: target, ...options }
  const before = await countsOf(server)
  const transfer = await clientTransfer(context, server, uploadNothing(context), order)
  requests.push((await countsOf(server)).requests - before.requests - WARM_UP_REQUESTS)
  if ((await sha512Of(target)) !== setting.sha512) throw new Error("the client's download is damaged")
  rmSync(target)
  return transfer
}

// The reference takes no uploads: an empty sink loads the same modules.
const WARM_UP_REQUESTS = 1

function uploadNothing(context: BenchContext): Order {
  const file = join(context.folder, 'tiny.bin')
  writeFileSync(file, 'warm')
  return { id: 'counted', head: true, to: join(context.folder, 'never.bin') }
}

/** Kills a download once the server has sent such a share of the file; gives what of that was lost. */
async function lostByKill(setting: Setting, share: number): Promise<number> {
  const { context, server, size, target } = setting
  const before = await countsOf(server)
  const order = { id: 'counted', to: target, connections }
  const child = startChild(process.execPath, transferArgs(context, server, uploadNothing(context), order))
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  for (;;) {
    const { bytes } = await countsOf(server)
    if (bytes - before.bytes >= share * size) break
    if (child.exitCode !== null) throw new Error('the download ended before it was killed')
  }
  child.kill('SIGKILL')
  await closed
  const sent = (await countsOf(server)).bytes - before.bytes
  const { result } = await clientTransfer(context, server, uploadNothing(context), order)
  if ((await sha512Of(target)) !== setting.sha512) throw new Error('the download that went on is damaged')
  rmSync(target)
  return sent - (result?.resumedBytes ?? 0)
}

async function countsOf(server: Server): Promise<Counts> {
  const answer = await fetch(`${server.url}/counts`)
  return (await answer.json()) as Counts
}
