import { rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { storedPath } from './download.ts'
import { clientTransfer } from './lib/client.ts'
import { type BenchContext, gibibyte, type Measure, mebibyte, warmUpRounds } from './lib/context.ts'
import { needDisk, sha512Of, writeTestFile } from './lib/files.ts'
import { aria2Download, type OtherDownload, tutorialDownload } from './lib/other-downloads.ts'
import { atLeast, type Row, skipped } from './lib/row.ts'
import { startProduct } from './lib/servers.ts'
import { interleave, median, ratios } from './lib/statistics.ts'

/** The client's download over ten connections against aria2c and a script after the tutorial's method. */
export const clientPeers: Measure = { name: 'client-peers', goals: '23, 24', run }

const connections = 10

type Candidate = 'client' | 'unverified' | 'aria2' | 'aria2Verified' | 'python'

async function run(context: BenchContext): Promise<Row[]> {
  const size = context.quick ? 32 * mebibyte : gibibyte
  needDisk(context.folder, 4 * size)
  const file = join(context.folder, 'client-peers.bin')
  const sha512 = writeTestFile(file, size)
  const server = await startProduct(context, { args: ['--data-dir', join(context.folder, 'data')] })
  const path = (await storedPath(context, server, file)).replace(/\/contents\/$/, '')
  rmSync(file)
  const candidates = candidatesFor(context, { server, path, target: file, connections }, sha512)
  await interleave(candidates, warmUpRounds(context))
  const results = await interleave(candidates, context.quick ? 1 : 5)
  await server.stop()
  return rowsOf(results, size)
}

type Times = Partial<Record<Candidate, number[]>>

/** Each gives its seconds; what it made is compared with what was to come. */
function candidatesFor(
  context: BenchContext,
  download: OtherDownload,
  sha512: string,
): Record<string, () => Promise<number>> {
  const { aria2c, python } = context.tools
  const tiny = join(context.folder, 'tiny.bin')
  const client = async (verify: boolean) => {
    const id = basename(download.path)
    writeFileSync(tiny, 'warm')
    const warmUp = {
      id: basename((await storedPath(context, download.server, tiny)).replace('/contents/', '')),
    }
    const order = { to: download.target, connections, verify }
    return (await clientTransfer(context, download.server, { ...order, ...warmUp }, { ...order, id })).seconds
  }
  const checked = (run: () => Promise<number>) => async () => {
    const seconds = await run()
    if ((await sha512Of(download.target)) !== sha512) throw new Error('a download is damaged')
    rmSync(download.target)
    return seconds
  }
  return {
    client: checked(() => client(true)),
    unverified: checked(() => client(false)),
    ...(aria2c && {
      aria2: checked(() => aria2Download(aria2c, download)),
      aria2Verified: checked(() => aria2Download(aria2c, download, sha512)),
    }),
    ...(python && { python: checked(() => tutorialDownload(python, download)) }),
  }
}

function rowsOf(times: Times, size: number): Row[] {
  const speed = (of: readonly number[] = []) => (size / 1e6 / median(of)).toFixed(0)
  const names = Object.entries(times).map(([name, of]) => `${name} ${speed(of)}`)
  const note = `${size / mebibyte} MiB to disk; MB/s: ${names.join(', ')}`
  const row = (
    id: string,
    [measure, goal]: [string, Row['goal']],
    [peer, ours]: [number[] | undefined, number[] | undefined],
    missing: string,
  ): Row =>
    peer && ours
      ? { id, measure, goal, samples: ratios(peer, ours), note: id === '23' ? note : '' }
      : skipped(id, measure, goal, missing)
  const { client, unverified, aria2, aria2Verified, python } = times
  const goal = atLeast(0.9, 0.75)
  return [
    row(
      '23',
      ['download over 10 connections, aria2c -x10 / client, which verifies, wall', goal],
      [aria2, client],
      'aria2c is not installed',
    ),
    row('23b', ['the same, neither verifies', goal], [aria2, unverified], 'aria2c is not installed'),
    row(
      '23c',
      ['the same, both compare the SHA-512', goal],
      [aria2Verified, client],
      'aria2c is not installed',
    ),
    row(
      '24',
      ['download over 10 connections, Python after the tutorial / client, wall', atLeast(3, 2.5)],
      [python, client],
      'python3 with requests is not installed',
    ),
  ]
}
