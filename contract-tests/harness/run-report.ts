import type { HarnessClock } from './harness-clock.ts'
import { type RunOptions, runScenario } from './run-scenario.ts'
import type { Scenario } from './scenario.ts'
import {
  type ExitCode,
  exitCodeOf,
  type RunSummary,
  type ScenarioResult,
  summaryOf,
} from './scenario-result.ts'
import type { Target, TargetKind } from './target.ts'

/** What one run of scenarios on one target came to. */
export interface RunReport {
  readonly target: { readonly kind: TargetKind; readonly name: string }
  /** ISO 8601. */
  readonly startedAt: string
  readonly durationMs: number
  readonly results: readonly ScenarioResult[]
  readonly summary: RunSummary
  readonly exitCode: ExitCode
}

export interface RunAllOptions extends RunOptions {
  readonly onResult?: (result: ScenarioResult) => void
}

/** Tells the scenarios one after another: what one costs, and waits for, must not be muddled with another. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  target: Target,
  options: RunAllOptions,
): Promise<RunReport> {
  const startedAt = options.clock.now().toISOString()
  const since = stopwatch(options.clock)
  const results: ScenarioResult[] = []
  for (const scenario of scenarios) {
    const result = await runScenario(scenario, target, options)
    results.push(result)
    options.onResult?.(result)
  }
  return {
    target: { kind: target.kind, name: target.name },
    startedAt,
    durationMs: since(),
    results,
    summary: summaryOf(results),
    exitCode: exitCodeOf(results),
  }
}

function stopwatch({ elapsedMs }: HarnessClock): () => number {
  const begin = elapsedMs()
  return () => elapsedMs() - begin
}
