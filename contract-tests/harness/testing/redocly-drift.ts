import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ndjsonOf } from '../export/ndjson.ts'
import type { Finding } from '../finding.ts'
import type { SeenExchange, SeenResponse } from '../seen-exchange.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const redocly = join(root, 'node_modules/@redocly/cli/bin/cli.js')

/** Where it is told that the traffic was: what goes elsewhere, it passes over. */
export const REDOCLY_ORIGIN = 'http://rescale.test'

/** An exchange, and what our own checks say about it. */
export interface Judged {
  readonly exchange: SeenExchange & { readonly response: SeenResponse }
  readonly ours: readonly Finding[]
  /** The deviation that was seeded. */
  readonly by: string
}

/** One complaint about one exchange. */
export interface Problem {
  readonly about: Judged
  readonly ruleId: string
  readonly message: string
  readonly side: 'request' | 'response'
  /** Of the schema, where a body or a parameter does not fit one. */
  readonly schemaPath?: string
  /** JSON pointer into the body, or into the parameter's value. */
  readonly dataPath?: string
}

/** What Redocly's drift command finds in traffic. It compares single messages with the description, open only. */
export async function redoclyProblems(judged: readonly Judged[]): Promise<Problem[]> {
  const folder = await mkdtemp(join(tmpdir(), 'localscale-redocly-'))
  try {
    const [log, report] = [join(folder, 'traffic.ndjson'), join(folder, 'report.sarif')]
    // Of HEAD, which is answered as GET is (RFC 9110 §9.3.2), it knows only where it is described by itself.
    const known = judged.filter(({ exchange }) => exchange.request.method !== 'HEAD')
    await writeFile(log, ndjsonOf(known.map(({ exchange }) => exchange)))
    const from = ['--api', join(root, 'openapi/generated/rescale.json'), '--server', REDOCLY_ORIGIN]
    // Its third rule complains of each key that goes over plain HTTP, which is so on this machine. Its JSON report names
    // only the first exchange of many that have the same problem.
    const rules = ['--rules', 'undocumented-endpoint,schema-consistency']
    const how = ['--traffic-format', 'ndjson', '--format', 'sarif', '--output', report, ...rules]
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
    // It ends with 1 where there are problems; what it found is in the report.
    await promisify(execFile)(process.execPath, [redocly, 'drift', log, ...from, ...how], { env }).catch(
      () => null,
    )
    const { runs } = JSON.parse(await readFile(report, 'utf8')) as SarifReport
    return runs.flatMap(({ results }) => results).map((result) => problemIn(result, known))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface SarifReport {
  readonly runs: readonly { readonly results: readonly SarifResult[] }[]
}

interface SarifResult {
  readonly ruleId: string
  readonly message: { readonly text: string }
  readonly properties: Pick<Problem, 'schemaPath' | 'dataPath'> & {
    readonly exchangeIndex: number
    readonly target: Problem['side']
    readonly status: number
    readonly operationId?: string
  }
}

function problemIn(
  { ruleId, message: { text }, properties }: SarifResult,
  known: readonly Judged[],
): Problem {
  const { exchangeIndex, target, status, operationId, ...places } = properties
  const about = known[exchangeIndex]
  if (about?.exchange.response.status !== status || about.exchange.operationId !== (operationId ?? null))
    throw new Error(`Redocly complains of an exchange that it was not given: ${text}`)
  return { about, ruleId, message: text, side: target, ...places }
}
