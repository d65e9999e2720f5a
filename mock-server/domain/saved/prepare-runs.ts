import type { Executor, RunInput } from '../executor.ts'
import type { SavedPlatform } from './saved-platform.ts'
import type { SavedOrder } from './saved-run.ts'

/** Lets the executor look into the inputs of runs under way, whose plans it will make again. */
export async function prepareRuns({ jobs }: SavedPlatform, executor: Executor): Promise<void> {
  for (const { runs } of jobs)
    for (const { active } of runs)
      if (active?.kind === 'planned') await executor.prepare?.(inputsOf(active.order))
}

const inputsOf = ({ analyses }: SavedOrder): RunInput[] =>
  analyses.flatMap(({ inputs, templates, preProcessScript, postProcessScript }) => [
    ...inputs,
    ...templates.map(({ bytes, processedFilename }) => ({
      name: processedFilename,
      bytes,
      decompress: false,
    })),
    ...[preProcessScript, postProcessScript].flatMap((script) => script ?? []),
  ])
