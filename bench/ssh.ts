import { join } from 'node:path'
import { type Cluster, startCluster } from './lib/cluster.ts'
import { type BenchContext, gibibyte, type Measure, mebibyte, warmUpRounds } from './lib/context.ts'
import { needDisk, sha512Of, writeTestFile } from './lib/files.ts'
import { atLeast, atMost, type Row, skipped } from './lib/row.ts'
import { type SshActions, type SshPrograms, sshActions } from './lib/ssh-clients.ts'
import { makeKey, startSshd } from './lib/sshd.ts'
import { interleave, median, ratios } from './lib/statistics.ts'
import type { Tools } from './lib/tools.ts'
import { type Transfer, timed } from './lib/transfers.ts'

/** Logging in, running a command, and copying 256 MiB with OpenSSH's clients, against OpenSSH's own server. */
export const ssh: Measure = { name: 'ssh', goals: '22', run }

const [execGoal, downGoal, upGoal] = [atMost(0.35, 0.5), atLeast(0.9, 0.7), atLeast(0.5, 0.33)]

/** What is fetched is thrown away, so that the client's disk is not in it. */
const copies = [
  { id: '22b', what: 'sftp get', goal: downGoal, copy: (side: SshActions) => side.sftpGet('/dev/null') },
  { id: '22c', what: 'sftp put', goal: upGoal, copy: (side: SshActions, file: string) => side.sftpPut(file) },
  {
    id: '22d',
    what: 'scp down',
    goal: downGoal,
    copy: (side: SshActions) => side.scpDown('-s', '/dev/null'),
  },
  {
    id: '22e',
    what: 'scp up',
    goal: upGoal,
    copy: (side: SshActions, file: string) => side.scpUp('-s', file),
  },
  {
    id: '22f',
    what: 'scp -O down',
    goal: downGoal,
    copy: (side: SshActions) => side.scpDown('-O', '/dev/null'),
  },
  {
    id: '22g',
    what: 'scp -O up',
    goal: upGoal,
    copy: (side: SshActions, file: string) => side.scpUp('-O', file),
  },
] as const

const execRow = { id: '22a', measure: 'ssh: connect and run true, product / sshd, wall', goal: execGoal }
const copyRow = ({ id, what, goal }: (typeof copies)[number]) => ({
  id,
  measure: `${what}, sshd / product, wall`,
  goal,
})

type Sides = Readonly<Record<'sshd' | 'product', SshActions>>
type Programs = SshPrograms & Readonly<Record<'keygen' | 'sshd', string>>

async function run(context: BenchContext): Promise<Row[]> {
  const programs = programsOf(context.tools)
  if (programs === null)
    return [execRow, ...copies.map(copyRow)].map(({ id, measure, goal }) =>
      skipped(id, measure, goal, 'not installed: openssh-client, openssh-server'),
    )
  const keyPath = join(context.folder, 'key')
  await makeKey(programs.keygen, keyPath)
  const servers = [await startCluster(context, keyPath), await startSshd(context, programs, keyPath)] as const
  const actions = servers.map((server) => sshActions(programs, server, keyPath, context.folder))
  const [product, sshd] = actions as [SshActions, SshActions]
  const rows = await rowsOf(context, servers[0], { sshd, product })
  await Promise.all(servers.map((server) => server.stop()))
  return rows
}

/** All of OpenSSH, or nothing of it. */
function programsOf({ ssh, scp, sftp, sshKeygen, sshd }: Tools): Programs | null {
  if (ssh === null || scp === null || sftp === null || sshKeygen === null || sshd === null) return null
  return { ssh, scp, sftp, keygen: sshKeygen, sshd }
}

async function rowsOf(context: BenchContext, cluster: Cluster, sides: Sides): Promise<Row[]> {
  const size = (context.quick ? 32 : 256) * mebibyte
  needDisk(context.folder, 4 * size)
  const file = join(context.folder, 'sent.bin')
  const sha512 = writeTestFile(file, size)
  const connects = await measureExec(context, cluster, sides)
  for (const side of Object.values(sides)) await checkCopies(context, side, file, sha512)
  const rows = [await execRowOf(connects, sides)]
  for (const one of copies) {
    const result = await alternate(cluster, sides, (side) => one.copy(side, file), context.quick ? 1 : 5)
    const samples = ratios(wall(result.sshd), wall(result.product))
    rows.push({ ...copyRow(one), samples, note: copyNote(result, connects, size) })
  }
  return rows
}

async function measureExec(context: BenchContext, cluster: Cluster, sides: Sides): Promise<Results> {
  const exec = (side: SshActions) => side.exec('true')
  await alternate(cluster, sides, exec, warmUpRounds(context))
  return alternate(cluster, sides, exec, context.quick ? 2 : 21)
}

async function execRowOf(result: Results, sides: Sides): Promise<Row> {
  const milliseconds = (values: number[]) => (median(values) * 1000).toFixed(0)
  const [ours, theirs] = [result.product, result.sshd].map((runs) => milliseconds(wall(runs)))
  const agreed = `product ${await sides.product.agreement()}; sshd ${await sides.sshd.agreement()}`
  const note = `${ours} ms against ${theirs} ms; server CPU ms: product ${milliseconds(cpu(result.product))}; ${agreed}`
  return { ...execRow, samples: ratios(wall(result.product), wall(result.sshd)), note }
}

/** Each way once, which also warms up, and the file compared: bytes that do not arrive are not fast. */
async function checkCopies(
  context: BenchContext,
  side: SshActions,
  file: string,
  sha512: string,
): Promise<void> {
  const back = join(context.folder, 'fetched.bin')
  const ways = {
    sftp: [() => side.sftpPut(file), () => side.sftpGet(back)],
    scp: [() => side.scpUp('-s', file), () => side.scpDown('-s', back)],
    'scp -O': [() => side.scpUp('-O', file), () => side.scpDown('-O', back)],
  }
  for (const [name, steps] of Object.entries(ways)) {
    await side.remove()
    for (const step of steps) await step()
    if ((await sha512Of(back)) !== sha512) throw new Error(`${name}: the file came back damaged`)
  }
}

type Results = Readonly<Record<keyof Sides, readonly Transfer[]>>

/** The CPU time is the product's in both: what sshd uses goes away with the process of each connection. */
function alternate(
  { server }: Cluster,
  sides: Sides,
  work: (side: SshActions) => Promise<string>,
  rounds: number,
): Promise<Results> {
  return interleave(
    {
      sshd: () => timed(server, () => work(sides.sshd)),
      product: () => timed(server, () => work(sides.product)),
    },
    rounds,
  )
}

const wall = (transfers: readonly Transfer[]) => transfers.map((transfer) => transfer.seconds)
const cpu = (transfers: readonly Transfer[]) => transfers.map((transfer) => transfer.cpuSeconds)

/** A copy begins with a login, where sshd is slow: what remains without it is the transfer alone. */
function copyNote({ product, sshd }: Results, connects: Results, size: number): string {
  const [ours, theirs] = [product, sshd].map((runs) => (size / 1e6 / median(wall(runs))).toFixed(0))
  const spent = ((median(cpu(product)) * gibibyte) / size).toFixed(2)
  const alone = (side: keyof Sides, runs: readonly Transfer[]) =>
    median(wall(runs)) - median(wall(connects[side]))
  const without = (alone('sshd', sshd) / alone('product', product)).toFixed(2)
  return `${size / mebibyte} MiB; MB/s: sshd ${theirs}, product ${ours}; ${without}x without the time to connect; server CPU s/GiB: product ${spent}`
}
