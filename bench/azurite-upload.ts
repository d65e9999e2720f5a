import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { storedPath } from './download.ts'
import { startAzurite } from './lib/azurite.ts'
import { type BenchContext, type Measure, mebibyte, warmUpRounds } from './lib/context.ts'
import { needDisk, writeTestFile } from './lib/files.ts'
import { atLeast, atMost, type Row, skipped } from './lib/row.ts'
import { startProduct } from './lib/servers.ts'
import { interleave, median, ratios } from './lib/statistics.ts'
import { type Transfer, timed } from './lib/transfers.ts'

/** Upload of 256 MiB against Azurite's Put Blob, where Azurite is in the folder of BENCH_PEERS. */
export const azuriteUpload: Measure = { name: 'azurite-upload', goals: '10', run }

const [speedGoal, cpuGoal] = [atLeast(3, 2), atMost(0.35, 0.5)]
const [speedMeasure, cpuMeasure] = [
  'upload of 256 MiB, Azurite Put Blob / product, wall',
  'the same, product / Azurite, CPU',
]

async function run(context: BenchContext): Promise<Row[]> {
  const script = join(process.env.BENCH_PEERS ?? '', 'node_modules/azurite/dist/src/blob/main.js')
  const { curl } = context.tools
  if (process.env.BENCH_PEERS === undefined || !existsSync(script))
    return absent('not installed: npm install azurite@3.37.0 in a folder named by BENCH_PEERS')
  if (curl === null) return absent('curl is not installed')
  const size = (context.quick ? 16 : 256) * mebibyte
  needDisk(context.folder, 12 * size)
  const file = join(context.folder, 'azurite.bin')
  writeTestFile(file, size)
  const azurite = await startAzurite(script, context.folder)
  // Without a data folder, in which uploads are forced to the disk before they are answered: Azurite does not do that.
  const product = await startProduct(context)
  const candidates = {
    azurite: () => timed(azurite, () => azurite.putBlob(curl, file)),
    product: () => timed(product, () => storedPath(context, product, file)),
  }
  await interleave(candidates, warmUpRounds(context))
  const results = await interleave(candidates, context.quick ? 1 : 3)
  await Promise.all([azurite, product].map((server) => server.stop()))
  return rowsOf(results, size)
}

const absent = (why: string): Row[] => [
  skipped('10', speedMeasure, speedGoal, why),
  skipped('10 CPU', cpuMeasure, cpuGoal, why),
]

function rowsOf({ azurite, product }: Record<'azurite' | 'product', Transfer[]>, size: number): Row[] {
  const wall = (transfers: Transfer[]) => transfers.map((transfer) => transfer.seconds)
  const cpu = (transfers: Transfer[]) => transfers.map((transfer) => transfer.cpuSeconds)
  const speed = (transfers: Transfer[]) => (size / 1e6 / median(wall(transfers))).toFixed(0)
  const spent = (transfers: Transfer[]) => median(cpu(transfers)).toFixed(2)
  const speedNote = `MB/s: Azurite ${speed(azurite)}, product ${speed(product)}`
  const cpuNote = `server CPU s: Azurite ${spent(azurite)}, product ${spent(product)}`
  return [
    {
      id: '10',
      measure: speedMeasure,
      goal: speedGoal,
      samples: ratios(wall(azurite), wall(product)),
      note: speedNote,
    },
    {
      id: '10 CPU',
      measure: cpuMeasure,
      goal: cpuGoal,
      samples: ratios(cpu(product), cpu(azurite)),
      note: cpuNote,
    },
  ]
}
