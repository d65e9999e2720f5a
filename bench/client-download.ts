import { createHash } from 'node:crypto'
import { createReadStream, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { storedPath } from './download.ts'
import { type ClientTransfer, clientTransfer } from './lib/client.ts'
import { type BenchContext, gibibyte, type Measure, mebibyte } from './lib/context.ts'
import { needDisk, writeTestFile } from './lib/files.ts'
import { atLeast, type Row } from './lib/row.ts'
import { type Server, startProduct, startReference } from './lib/servers.ts'
import { interleave, median, ratios } from './lib/statistics.ts'

/** The client's download by ten ranges and by one stream: with a limit on every connection, and without. */
export const clientDownload: Measure = { name: 'client-download', goals: '14', run }

/** Bytes per second that each connection gets where there is a limit. */
const connectionLimit = 30 * mebibyte

async function run(context: BenchContext): Promise<Row[]> {
  const product = await startProduct(context, { args: ['--data-dir', join(context.folder, 'client-data')] })
  const capped = await startReference(context, 'capped-proxy.cjs', [product.url, String(connectionLimit)])
  const limited = await compare(
    context,
    product,
    { ...capped, headers: product.headers },
    context.quick ? 48 : 256,
    2,
  )
  const free = await compare(context, product, product, context.quick ? 32 : 1024, 5)
  await capped.stop()
  await product.stop()
  return [
    row(
      '14',
      'client download with 30 MiB/s per connection, 1 / 10 connections, wall',
      atLeast(8, 7),
      limited,
    ),
    row('14b', 'client download without limit, 1 / 10 connections, wall', null, free),
  ]
}

interface Comparison {
  readonly size: number
  readonly one: readonly ClientTransfer[]
  readonly ten: readonly ClientTransfer[]
}

async function compare(
  context: BenchContext,
  product: Server,
  through: Server,
  mebibytes: number,
  rounds: number,
): Promise<Comparison> {
  const size = mebibytes * mebibyte
  needDisk(context.folder, 3 * size)
  const file = join(context.folder, 'client-download.bin')
  const sha512 = writeTestFile(file, size)
  const id = await storedId(context, product, file)
  const fetched = (connections: number) => () => verifiedDownload(context, through, id, connections, sha512)
  // The first limited download would only show the limit, so there is no round for warming up.
  const results = await interleave({ one: fetched(1), ten: fetched(10) }, context.quick ? 1 : rounds)
  rmSync(file)
  return { size, ...results }
}

/** The client compares the hash itself; that it does is not taken on trust here. */
async function verifiedDownload(
  context: BenchContext,
  server: Server,
  id: string,
  connections: number,
  sha512: string,
): Promise<ClientTransfer> {
  const target = join(context.folder, 'downloaded.bin')
  const tiny = join(context.folder, 'tiny.bin')
  writeFileSync(tiny, 'warm')
  const warmUp = { id: await storedId(context, server, tiny), to: target, connections }
  const transfer = await clientTransfer(context, server, warmUp, { id, to: target, connections })
  const hash = createHash('sha512')
  await pipeline(createReadStream(target, { highWaterMark: mebibyte }), hash)
  if (hash.digest('hex') !== sha512)
    throw new Error(`the client's download with ${connections} connections is damaged`)
  rmSync(target)
  return transfer
}

async function storedId(context: BenchContext, server: Server, file: string): Promise<string> {
  return basename((await storedPath(context, server, file)).replace('/contents/', ''))
}

function row(id: string, measure: string, goal: Row['goal'], { size, one, ten }: Comparison): Row {
  const wall = (transfers: readonly ClientTransfer[]) => transfers.map((transfer) => transfer.seconds)
  const each = (value: (transfers: readonly ClientTransfer[]) => number, digits = 0) =>
    `1: ${value(one).toFixed(digits)}, 10: ${value(ten).toFixed(digits)}`
  const speed = each((transfers) => size / 1e6 / median(wall(transfers)))
  const cpu = each(
    (transfers) => (median(transfers.map((transfer) => transfer.cpuSeconds)) * gibibyte) / size,
    2,
  )
  const peak = each((transfers) => Math.max(...transfers.map((transfer) => transfer.peakMebibytes)))
  const note = `${size / mebibyte} MiB to disk, SHA-512 compared; MB/s ${speed}; client CPU s/GiB ${cpu}; client peak RSS MiB ${peak}`
  return { id, measure, goal, samples: ratios(wall(one), wall(ten)), note }
}
