import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { neverOnLive } from '../harness/not-run.ts'
import type { Scenario } from '../harness/scenario.ts'
import { scenarios as suite } from '../scenarios/index.ts'
import { CommandError } from './io.ts'

/** The suite, and what the modules export as `scenarios`. */
export async function loadScenarios(files: readonly string[]): Promise<readonly Scenario[]> {
  const all = [...suite]
  for (const file of files) all.push(...(await scenariosIn(file)))
  const twice = all.map(({ id }) => id).find((id, index, ids) => ids.indexOf(id) < index)
  if (twice !== undefined) throw new CommandError(`two scenarios are called ${twice}: rename yours.`)
  return all
}

async function scenariosIn(file: string): Promise<readonly Scenario[]> {
  const module: unknown = await import(pathToFileURL(resolve(file)).href).catch((error: unknown) => {
    throw new CommandError(
      `--scenarios ${file} cannot be loaded: ${error instanceof Error ? error.message : error}`,
    )
  })
  const found = (module as { scenarios?: unknown }).scenarios
  // An empty list would pass for scenarios that were told.
  if (Array.isArray(found) && found.length > 0 && found.every(isScenario)) return found
  throw new CommandError(
    `--scenarios ${file}: it has to export a list called \`scenarios\`, not an empty one, made with \`scenario()\`.`,
  )
}

function isScenario(value: unknown): value is Scenario {
  if (typeof value !== 'object' || value === null) return false
  const { id, title, needs, covers, cost, notOnLive, run } = value as Record<string, unknown>
  return (
    typeof id === 'string' &&
    typeof title === 'string' &&
    Array.isArray(needs) &&
    Array.isArray(covers) &&
    typeof cost === 'string' &&
    (notOnLive === undefined || isNeverOnLive(notOnLive)) &&
    typeof run === 'function'
  )
}

function isNeverOnLive(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { kind, text } = value as Record<string, unknown>
  return neverOnLive.some((one) => one === kind) && typeof text === 'string' && text !== ''
}
