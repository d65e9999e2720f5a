import { basename, join } from 'node:path'
import { type BenchContext, gibibyte, type Measure, mebibyte, warmUpRounds } from './lib/context.ts'
import { needDisk, writeTestFile } from './lib/files.ts'
import { startNginx } from './lib/nginx.ts'
import { atLeast, type Row, skipped } from './lib/row.ts'
import { type Server, startProduct, startReference } from './lib/servers.ts'
import { interleave, median, ratios } from './lib/statistics.ts'
import { download, type Transfer, upload } from './lib/transfers.ts'

/** Download of 1 GiB out of the page cache, in one stream and in ten ranges, against nginx. */
export const downloads: Measure = { name: 'download', goals: '12, 13', run }

type Fetch = (connections: number) => Promise<Transfer>

async function run(context: BenchContext): Promise<Row[]> {
  const size = context.quick ? 32 * mebibyte : gibibyte
  needDisk(context.folder, 3 * size)
  const file = join(context.folder, 'download.bin')
  writeTestFile(file, size)
  const product = await startProduct(context, { args: ['--data-dir', join(context.folder, 'download-data')] })
  const path = await storedPath(context, product, file)
  const node = await startReference(context, 'file-server.cjs', [file])
  const nginx = await startNginx(context, context.folder)
  const fetchFrom =
    (server: Server, target: string): Fetch =>
    (connections) =>
      download(context, server, target, size, connections)
  const sides = {
    ...(nginx === null ? {} : { nginx: fetchFrom(nginx, `/${basename(file)}`) }),
    node: fetchFrom(node, '/'),
    product: fetchFrom(product, path),
  }
  const single = await measure(context, sides, 1)
  const ranged = await measure(context, sides, 10)
  await Promise.all([product, node, ...(nginx === null ? [] : [nginx])].map((server) => server.stop()))
  return [
    ...rowsOf('12', 'download, one stream', atLeast(1, 0.8), single, size),
    ...rowsOf('13', 'download, ten ranges', atLeast(0.95, 0.8), ranged, size),
  ]
}

export async function storedPath(context: BenchContext, product: Server, file: string): Promise<string> {
  const { answer } = await upload(context, product, file, {
    kind: 'multipart',
    path: '/api/v2/files/contents/',
  })
  return `/api/v2/files/${(JSON.parse(answer) as { id: string }).id}/contents/`
}

type Results = Readonly<Record<string, Transfer[]>>

async function measure(
  context: BenchContext,
  sides: Readonly<Record<string, Fetch>>,
  connections: number,
): Promise<Results> {
  const candidates = Object.fromEntries(
    Object.entries(sides).map(([name, fetch]) => [name, () => fetch(connections)]),
  )
  await interleave(candidates, warmUpRounds(context))
  return interleave(candidates, context.quick ? 1 : 7)
}

/** By wall time, as the goal was set: nginx spends its time in the kernel, and its CPU alone would decide little. */
function rowsOf(id: string, what: string, goal: Row['goal'], results: Results, size: number): Row[] {
  const wall = (name: string) => (results[name] ?? []).map((transfer) => transfer.seconds)
  const cpu = (name: string) => (results[name] ?? []).map((transfer) => transfer.cpuSeconds)
  const each = (value: (name: string) => string) =>
    Object.keys(results)
      .map((name) => `${name} ${value(name)}`)
      .join(', ')
  const note = `MB/s: ${each((name) => (size / 1e6 / median(wall(name))).toFixed(0))}; server CPU s/GiB: ${each((name) => ((median(cpu(name)) * gibibyte) / size).toFixed(2))}`
  const against = (reference: string) => ratios(wall(reference), wall('product'))
  const measure = `${what}, nginx / product, wall`
  return [
    results.nginx === undefined
      ? skipped(id, measure, goal, 'nginx is not installed')
      : { id, measure, goal, samples: against('nginx'), note },
    {
      id: `${id}b`,
      measure: `${what}, node read stream of 1 MiB / product, wall`,
      goal: null,
      samples: against('node'),
      note: results.nginx === undefined ? note : '',
    },
  ]
}
