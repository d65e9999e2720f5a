import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ndjsonOf } from '../export/ndjson.ts'
import type { SeenExchange, SeenResponse } from '../seen-exchange.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const redocly = join(root, 'node_modules/@redocly/cli/bin/cli.js')

/** An exchange, and whether our own checks say something about it. */
export interface Judged {
  readonly exchange: SeenExchange & { readonly response: SeenResponse }
  readonly ours: boolean
  /** The deviation that was seeded. */
  readonly by: string
}

export interface Problem {
  readonly exchangeIndex: number
  readonly ruleId: string
  readonly message: string
}

/** What Redocly's drift command finds in traffic. It compares single messages with the description, open only. */
export async function redoclyProblems(judged: readonly Judged[]): Promise<Problem[]> {
  const folder = await mkdtemp(join(tmpdir(), 'localscale-redocly-'))
  try {
    const [log, report] = [join(folder, 'traffic.ndjson'), join(folder, 'report.json')]
    // Of HEAD, which is answered as GET is (RFC 9110 §9.3.2), it knows only where it is described by itself.
    const known = judged
      .map((one, index) => ({ one, index }))
      .filter(({ one }) => one.exchange.request.method !== 'HEAD')
    await writeFile(log, ndjsonOf(known.map(({ one }) => one.exchange)))
    const from = ['--api', join(root, 'openapi/generated/rescale.json'), '--server', 'http://rescale.test']
    const how = ['--traffic-format', 'ndjson', '--format', 'json', '--output', report]
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
    // It ends with 1 where there are problems; what it found is in the report.
    await promisify(execFile)(process.execPath, [redocly, 'drift', log, ...from, ...how], { env }).catch(
      () => null,
    )
    const { problems } = JSON.parse(await readFile(report, 'utf8')) as { problems: Problem[] }
    // That a key goes over plain HTTP is so on this machine.
    return problems
      .filter(({ ruleId }) => ruleId !== 'security-baseline')
      .map((problem) => ({ ...problem, exchangeIndex: known[problem.exchangeIndex]?.index ?? -1 }))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
