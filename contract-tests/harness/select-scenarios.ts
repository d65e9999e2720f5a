import { routes } from '../../openapi/generated/routes.ts'
import type { Scenario } from './scenario.ts'

/**
 * The scenarios that a user asks for, each by any of: its id, the beginning of its id with a star (`jobs/*`), an
 * operation that it covers (`submitJob`), what it costs at most (`cost:free`). Nothing asked for means all of them.
 * Throws RangeError for words that choose nothing.
 */
export function selectScenarios(all: readonly Scenario[], only: readonly string[]): readonly Scenario[] {
  if (only.length === 0) return all
  const chosen = new Set(only.flatMap((word) => chosenBy(word, all)))
  return all.filter((scenario) => chosen.has(scenario))
}

const costs = ['free', 'creates', 'submits'] as const

function chosenBy(word: string, all: readonly Scenario[]): Scenario[] {
  const chosen = all.filter((scenario) => matches(word, scenario))
  if (chosen.length > 0) return chosen
  throw new RangeError(`--only ${word} chooses no scenario: ${adviceFor(word)}`)
}

function matches(word: string, { id, covers, cost }: Scenario): boolean {
  if (word.startsWith('cost:')) {
    const limit = costs.findIndex((one) => word === `cost:${one}`)
    return costs.indexOf(cost) <= limit
  }
  if (word.endsWith('*')) return id.startsWith(word.slice(0, -1))
  return id === word || covers.some(([operationId]) => operationId === word)
}

function adviceFor(word: string): string {
  if (word.startsWith('cost:')) return `costs are ${costs.join(', ')}.`
  if (routes.some(({ operationId }) => operationId === word)) return 'no scenario covers that operation yet.'
  return '`localscale contract list` names them all.'
}
