import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ClientTransfer, clientTransfer, curlUpload } from './lib/client.ts'
import { type BenchContext, gibibyte, type Measure, mebibyte, warmUpRounds } from './lib/context.ts'
import { makeSparseFile, needDisk, writeTestFile } from './lib/files.ts'
import { atLeast, atMost, type Row, skipped } from './lib/row.ts'
import { type Server, startReference } from './lib/servers.ts'
import { interleave, median, ratios } from './lib/statistics.ts'

/** The client's upload against `curl -F`, both into a server that only reads bytes. */
export const clientUpload: Measure = { name: 'client-upload', goals: '16', run }

async function run(context: BenchContext): Promise<Row[]> {
  const sink = await startReference(context, 'upload-sink.cjs')
  const rows = [...(await speed(context, sink)), await peak(context, sink)]
  await sink.stop()
  return rows
}

async function speed(context: BenchContext, sink: Server): Promise<Row[]> {
  const { curl } = context.tools
  const [measure, goal] = ['client upload, curl -F / client, wall', atLeast(0.95, 0.8)]
  if (curl === null) return [skipped('16', measure, goal, 'curl is not installed')]
  const size = context.quick ? 32 * mebibyte : gibibyte
  needDisk(context.folder, size)
  const file = join(context.folder, 'client-upload.bin')
  writeTestFile(file, size)
  const candidates = {
    curl: () => curlUpload(curl, sink, file),
    client: () => clientTransfer(context, sink, { file: tinyFile(context) }, { file }),
  }
  await interleave(candidates, warmUpRounds(context))
  const results = await interleave(candidates, context.quick ? 1 : 7)
  rmSync(file)
  return rowsOf(results, size, measure, goal)
}

function rowsOf(
  { curl, client }: Record<'curl' | 'client', ClientTransfer[]>,
  size: number,
  measure: string,
  goal: Row['goal'],
): Row[] {
  const wall = (transfers: ClientTransfer[]) => transfers.map((transfer) => transfer.seconds)
  const cpu = (transfers: ClientTransfer[]) => transfers.map((transfer) => transfer.cpuSeconds)
  const each = (value: (transfers: ClientTransfer[]) => string) =>
    `curl ${value(curl)}, client ${value(client)}`
  const speedText = each((transfers) => (size / 1e6 / median(wall(transfers))).toFixed(0))
  const cpuText = each((transfers) => ((median(cpu(transfers)) * gibibyte) / size).toFixed(2))
  const note = `MB/s: ${speedText}; client CPU s/GiB: ${cpuText}`
  return [
    { id: '16', measure, goal, samples: ratios(wall(curl), wall(client)), note },
    {
      id: '16b',
      measure: 'client upload, curl -F / client, CPU',
      goal: null,
      samples: ratios(cpu(curl), cpu(client)),
      note: '',
    },
  ]
}

async function peak(context: BenchContext, sink: Server): Promise<Row> {
  const size = context.quick ? 256 * mebibyte : 4 * gibibyte
  const file = join(context.folder, 'client-big.bin')
  makeSparseFile(file, size)
  const { peakMebibytes } = await clientTransfer(context, sink, { file: tinyFile(context) }, { file })
  rmSync(file)
  const measure = `client's peak RSS while it uploads ${size / mebibyte} MiB`
  return {
    id: '16 RSS',
    measure,
    goal: atMost(112, 160, 'MiB'),
    samples: [peakMebibytes],
    note: 'a node process that only uploads',
  }
}

function tinyFile(context: BenchContext): string {
  const file = join(context.folder, 'tiny.bin')
  writeFileSync(file, 'warm')
  return file
}
