import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { call } from './lib/api.ts'
import { type BenchContext, gibibyte, type Measure, mebibyte, warmUpRounds } from './lib/context.ts'
import { needDisk, writeTestFile } from './lib/files.ts'
import { atLeast, type Row } from './lib/row.ts'
import { type Server, startProduct, startReference } from './lib/servers.ts'
import { interleave, median, ratios } from './lib/statistics.ts'
import { type Transfer, type UploadStyle, upload } from './lib/transfers.ts'

/** Multipart upload of 1 GiB to disk, against a raw PUT that only hashes and writes, and against the hash alone. */
export const uploads: Measure = { name: 'upload', goals: '8, 9', run }

async function run(context: BenchContext): Promise<Row[]> {
  const size = context.quick ? 32 * mebibyte : gibibyte
  needDisk(context.folder, 3 * size)
  const file = join(context.folder, 'upload.bin')
  const sha512 = writeTestFile(file, size)
  const rawData = join(context.folder, 'raw-data')
  mkdirSync(rawData)
  // Without a data folder, in which uploads are forced to the disk before they are answered: the reference does not do that.
  const product = await startProduct(context)
  const raw = await startReference(context, 'raw-put.cjs', [rawData])
  const candidates = {
    raw: () => once(context, raw, file, sha512, { kind: 'put', path: '/' }, '/'),
    product: () =>
      once(
        context,
        product,
        file,
        sha512,
        { kind: 'multipart', path: '/api/v2/files/contents/' },
        '/api/v2/files/',
      ),
    hash: () => hashInMemory(size),
  }
  await interleave(candidates, warmUpRounds(context))
  const results = await interleave(candidates, context.quick ? 1 : 5)
  await Promise.all([product, raw].map((server) => server.stop()))
  return rowsOf(results, size)
}

/** One upload whose stored SHA-512 is compared with the file's, and which is removed again. */
async function once(
  context: BenchContext,
  server: Server,
  file: string,
  sha512: string,
  style: UploadStyle,
  stored: string,
): Promise<Transfer> {
  const transfer = await upload(context, server, file, style)
  const { id, fileChecksums } = JSON.parse(transfer.answer) as {
    id: string
    fileChecksums: { fileHash: string }[]
  }
  if (fileChecksums[0]?.fileHash !== sha512) throw new Error(`the upload to ${server.url} arrived damaged`)
  await call(server, 'DELETE', style.kind === 'put' ? `${stored}${id}` : `${stored}${id}/`)
  return transfer
}

/** In this process: the same Node, 64 KiB pieces as sockets deliver them. */
async function hashInMemory(size: number): Promise<Transfer> {
  const piece = randomBytes(64 * 1024)
  const [begin, cpu] = [performance.now(), process.cpuUsage()]
  const hash = createHash('sha512')
  for (let done = 0; done < size; done += piece.length) hash.update(piece)
  hash.digest()
  const { user, system } = process.cpuUsage(cpu)
  return { seconds: (performance.now() - begin) / 1000, cpuSeconds: (user + system) / 1e6, answer: '' }
}

function rowsOf(results: Record<'raw' | 'product' | 'hash', Transfer[]>, size: number): Row[] {
  const cpu = (name: keyof typeof results) => results[name].map((transfer) => transfer.cpuSeconds)
  const wall = (name: keyof typeof results) => results[name].map((transfer) => transfer.seconds)
  const perGibibyte = (name: keyof typeof results) => ((median(cpu(name)) * gibibyte) / size).toFixed(2)
  const speed = (name: keyof typeof results) => (size / 1e6 / median(wall(name))).toFixed(0)
  const each = (value: typeof speed) =>
    `raw ${value('raw')}, product ${value('product')}, hash alone ${value('hash')}`
  const note = `server CPU s/GiB: ${each(perGibibyte)}; MB/s: ${each(speed)}`
  const [against, alone] = [
    'multipart upload, raw PUT / product',
    'multipart upload, in-memory SHA-512 / product',
  ]
  return [
    {
      id: '8 CPU',
      measure: against,
      goal: atLeast(0.95, 0.8),
      samples: ratios(cpu('raw'), cpu('product')),
      note,
    },
    {
      id: '8 wall',
      measure: against,
      goal: atLeast(0.95, 0.8),
      samples: ratios(wall('raw'), wall('product')),
      note: '',
    },
    {
      id: '9 CPU',
      measure: alone,
      goal: atLeast(0.5, 0.35),
      samples: ratios(cpu('hash'), cpu('product')),
      note: '',
    },
    {
      id: '9 wall',
      measure: alone,
      goal: atLeast(0.5, 0.35),
      samples: ratios(wall('hash'), wall('product')),
      note: '',
    },
  ]
}
