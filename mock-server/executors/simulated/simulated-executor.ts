import type { Executor, RunOrder, RunPlan } from '../../domain/executor.ts'
import type { FileStore } from '../../domain/file-store.ts'
import { InputContents } from './input-contents.ts'
import { planByCommands, planByOutcome } from './plan-run.ts'
import { type Recipe, readOutcome } from './recipe.ts'

export interface SimulatedExecutorOptions {
  readonly files: FileStore
  /** The first that matches an order decides; without one the commands are gone through as bash would. */
  readonly recipes?: readonly Recipe[]
}

/** Runs jobs in virtual time only: no process is ever started. */
export function simulatedExecutor({ files, recipes = [] }: SimulatedExecutorOptions): Executor {
  const contents = new InputContents(files)
  return {
    prepare: (inputs) => contents.learn(inputs),
    execute: (order) => ({ kind: 'planned', plan: planOf(order, recipes, contents) }),
    close: async () => {},
  }
}

function planOf(order: RunOrder, recipes: readonly Recipe[], contents: InputContents): RunPlan {
  try {
    const recipe = recipes.find((candidate) => candidate.matches(order))
    if (recipe === undefined) return planByCommands(order, contents)
    return planByOutcome(
      order,
      contents,
      readOutcome(recipe.plan(order), `recipe ${JSON.stringify(recipe.name)}`),
    )
  } catch (error) {
    // A user's recipe may do anything. Its job fails, and says why.
    const log = [{ text: `LocalScale: ${error instanceof Error ? error.message : String(error)}` }]
    return planByOutcome(order, contents, {
      duration: 0,
      exitCode: 1,
      files: [],
      log: log.map((line) => ({ ...line, after: 0 })),
    })
  }
}
