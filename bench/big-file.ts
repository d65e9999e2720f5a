import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { storedPath } from './download.ts'
import { type BenchContext, gibibyte, type Measure, mebibyte } from './lib/context.ts'
import { makeSparseFile, needDisk, writeTestFile } from './lib/files.ts'
import { peakMebibytes, resetPeak, residentMebibytes } from './lib/process-stats.ts'
import { atMost, type Row } from './lib/row.ts'
import { type Server, startProduct } from './lib/servers.ts'
import { download } from './lib/transfers.ts'

/** How far the server's memory grows while 4 GiB come in and go out again. */
export const bigFile: Measure = { name: 'big-file', goals: '11, 13 (RSS)', run }

async function run(context: BenchContext): Promise<Row[]> {
  const size = context.quick ? 256 * mebibyte : 4 * gibibyte
  needDisk(context.folder, size)
  const file = join(context.folder, 'big.bin')
  makeSparseFile(file, size)
  const product = await startProduct(context, { args: ['--data-dir', join(context.folder, 'big-data')] })
  await warmUp(context, product)
  let path = ''
  const up = await growth(context, product, async () => {
    path = await storedPath(context, product, file)
  })
  const one = await growth(context, product, () => download(context, product, path, size, 1))
  const ten = await growth(context, product, () => download(context, product, path, size, 10))
  await product.stop()
  const amount = `${size / mebibyte} MiB`
  return [
    {
      id: '11',
      measure: `peak RSS over idle during an upload of ${amount}`,
      goal: atMost(48, 64, 'MiB'),
      ...up,
    },
    {
      id: '13 RSS',
      measure: `peak RSS over idle during a download of ${amount}, ten ranges`,
      goal: atMost(64, 96, 'MiB'),
      ...ten,
    },
    { id: '12 RSS', measure: `the same in one stream`, goal: atMost(64, 96, 'MiB'), ...one },
  ]
}

/** "Over idle after warm-up": code is compiled and pools have their first buffers before the idle value is read. */
async function warmUp(context: BenchContext, product: Server): Promise<void> {
  const file = join(context.folder, 'warm-up.bin')
  writeTestFile(file, 16 * mebibyte)
  const path = await storedPath(context, product, file)
  await download(context, product, path, 16 * mebibyte, 1)
}

async function growth(
  context: BenchContext,
  product: Server,
  work: () => Promise<unknown>,
): Promise<{ samples: number[]; note: string }> {
  await pause(context.quick ? 200 : 1_000)
  const idle = residentMebibytes(product.pid)
  resetPeak(product.pid)
  await work()
  const peak = peakMebibytes(product.pid)
  return { samples: [peak - idle], note: `idle ${idle.toFixed(0)} MiB, peak ${peak.toFixed(0)} MiB` }
}
