import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { RunOrder } from '../../domain/executor.ts'
import { outcomeKeys, type Recipe, type RecipeOutcome, readOutcome } from './recipe.ts'
import { type Fields, fieldsIn, listIn, patternIn, RecipeError, shown, textIn } from './recipe-values.ts'

/**
 * Reads recipes from a JSON file or an ES module: a list, or `recipes` with one. A recipe is data, with `match` and
 * what shall happen, or in a module two functions, `matches(order)` and `plan(order)`. Throws RecipeError.
 */
export async function loadRecipes(path: string): Promise<readonly Recipe[]> {
  const content = path.endsWith('.json') ? await readJson(path) : await importModule(path)
  return listIn(recipesOf(content), path).map((value, index) =>
    readRecipe(value, `${path}: recipes[${index}]`),
  )
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new RecipeError(path, `cannot be read: ${error.message}`)
  })
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new RecipeError(path, `is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function importModule(path: string): Promise<unknown> {
  try {
    const module: Fields = await import(pathToFileURL(resolve(path)).href)
    return module.recipes ?? module.default
  } catch (error) {
    throw new RecipeError(path, `cannot be loaded: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function recipesOf(content: unknown): unknown {
  if (Array.isArray(content)) return content
  return content && typeof content === 'object' && 'recipes' in content ? content.recipes : content
}

function readRecipe(value: unknown, where: string): Recipe {
  const functions = value as Partial<Recipe> | null
  if (typeof functions?.matches === 'function' || typeof functions?.plan === 'function') {
    return readFunctions(functions, where)
  }
  const { name = where, match, ...outcome } = fieldsIn(value, ['name', 'match', ...outcomeKeys], where)
  readOutcome(outcome, where)
  return {
    name: textIn(name, `${where}.name`),
    matches: readMatch(match, `${where}.match`),
    plan: () => outcome as RecipeOutcome,
  }
}

function readFunctions(recipe: Partial<Recipe>, where: string): Recipe {
  const { name = where, matches, plan } = recipe
  if (typeof matches !== 'function')
    throw new RecipeError(where, `matches is ${shown(matches)}, not a function`)
  if (typeof plan !== 'function') throw new RecipeError(where, `plan is ${shown(plan)}, not a function`)
  return {
    name: textIn(name, `${where}.name`),
    matches: (order) => matches.call(recipe, order),
    plan: (order) => plan.call(recipe, order),
  }
}

/** Patterns for the command of any analysis and the job's name, and an analysis code; all that are given must fit. */
function readMatch(value: unknown, where: string): (order: RunOrder) => boolean {
  const { command, jobName, analysis } = fieldsIn(value, ['command', 'jobName', 'analysis'], where)
  const commandPattern = command === undefined ? null : patternIn(command, `${where}.command`)
  const namePattern = jobName === undefined ? null : patternIn(jobName, `${where}.jobName`)
  const code = analysis === undefined ? null : textIn(analysis, `${where}.analysis`)
  return (order) =>
    (commandPattern === null || order.analyses.some((candidate) => commandPattern.test(candidate.command))) &&
    (namePattern === null || namePattern.test(order.jobName)) &&
    (code === null || order.analyses.some((candidate) => candidate.analysisCode === code))
}
