import type { Executor, RunOrder, RunPlan, StorageVolume, VolumeFile } from '../../domain/executor.ts'
import type { FileStore } from '../../domain/file-store.ts'
import { inputPath } from '../contained-name.ts'
import { InputContents } from './input-contents.ts'
import { type Knowledge, planByCommands, planByOutcome } from './plan-run.ts'
import { type Outcome, type Recipe, readOutcome } from './recipe.ts'
import { SimulatedVolumes } from './simulated-volumes.ts'

export interface SimulatedExecutorOptions {
  readonly files: FileStore
  /** The first that matches an order decides; without one the commands are gone through as bash would. */
  readonly recipes?: readonly Recipe[]
}

/** Runs jobs in virtual time only: no process is ever started. */
export function simulatedExecutor({ files, recipes = [] }: SimulatedExecutorOptions): Executor {
  const knowledge = { contents: new InputContents(files), volumes: new SimulatedVolumes() }
  return {
    prepare: (inputs) => knowledge.contents.learn(inputs),
    forgotten: () => knowledge.contents.forgotten,
    plansAlike: recipes.length === 0,
    ...(recipes.length > 0 && { ending: (order) => endingOf(order, recipes) }),
    planAgain: (order) => planOf(order, recipes, knowledge),
    execute: (order) => ({ kind: 'planned', plan: planOf(order, recipes, knowledge) }),
    fillVolume: (volume, given) => fill(volume, given, knowledge),
    saveVolumes: (tenantId) => knowledge.volumes.save(tenantId),
    loadVolumes: (tenantId, volumes) => knowledge.volumes.load(tenantId, volumes),
    releaseVolume: async (volume) => knowledge.volumes.release(volume),
    close: async () => {},
  }
}

/** The files are there from the beginning of time: whoever asks for them next may know them. */
async function fill(
  volume: StorageVolume,
  files: readonly VolumeFile[],
  { contents, volumes }: Knowledge,
): Promise<void> {
  await contents.learn(files.map(({ path, bytes }) => ({ name: path, bytes, decompress: false })))
  for (const { path, bytes } of files)
    volumes.put(volume, inputPath(path), { kind: 'stored', bytes, text: contents.text(bytes) }, 0)
}

/** What is wrong with a recipe shows when its run begins. */
function endingOf(order: RunOrder, recipes: readonly Recipe[]): string | null {
  try {
    return outcomeOf(order, recipes)?.ending ?? null
  } catch {
    return null
  }
}

function outcomeOf(order: RunOrder, recipes: readonly Recipe[]): Outcome | null {
  const recipe = recipes.find((candidate) => candidate.matches(order))
  return recipe ? readOutcome(recipe.plan(order), `recipe ${JSON.stringify(recipe.name)}`) : null
}

function planOf(order: RunOrder, recipes: readonly Recipe[], knowledge: Knowledge): RunPlan {
  try {
    const outcome = outcomeOf(order, recipes)
    return outcome ? planByOutcome(order, knowledge, outcome) : planByCommands(order, knowledge)
  } catch (error) {
    // A user's recipe may do anything. Its job fails, and says why.
    const log = [{ text: `LocalScale: ${error instanceof Error ? error.message : String(error)}` }]
    return planByOutcome(order, knowledge, {
      ending: null,
      duration: 0,
      exitCode: 1,
      files: [],
      log: log.map((line) => ({ ...line, after: 0 })),
    })
  }
}
