import type { RunReport } from '../harness/run-report.ts'
import type { ScenarioResult } from '../harness/scenario-result.ts'
import { hasAnswer, type SeenExchange } from '../harness/seen-exchange.ts'

/** For machines: everything but headers and bodies, which recordings keep. */
export function jsonReport(report: RunReport): string {
  return `${JSON.stringify({ ...report, results: report.results.map(resultRow) }, null, 2)}\n`
}

const resultRow = (result: ScenarioResult) => ({ ...result, exchanges: result.exchanges.map(exchangeRow) })

function exchangeRow(exchange: SeenExchange) {
  const { seq, phase, caller, operationId, request, response, startedAt, durationMs } = exchange
  const { pathname, search } = new URL(request.url)
  return {
    seq,
    phase,
    caller,
    operationId,
    method: request.method,
    path: pathname + search,
    ...(hasAnswer(exchange) ? { status: exchange.response.status } : response),
    startedAt,
    durationMs,
  }
}
