import { at, isList, isObject, type Json } from '../json.ts'
import { hasAnswer, type SeenExchange } from '../seen-exchange.ts'
import type { Difference } from './compare-shapes.ts'
import { referenceTo } from './shapes.ts'

/** One step of a scenario as it was answered; polls that were answered alike are one step. */
interface Step {
  readonly operationId: string
  readonly status: number
  readonly exchange: SeenExchange
}

/**
 * Compares how two sides answered the same scenario: which statuses, in the same order, and with which texts of errors.
 * Scenarios that asked different questions (one side was polled longer) are compared as far as they asked the same.
 */
export function compareConversations(
  left: readonly SeenExchange[],
  right: readonly SeenExchange[],
): Difference[] {
  const others = groupedByScenario(right)
  return [...groupedByScenario(left)].flatMap(([scenario, exchanges]) => {
    const other = others.get(scenario)
    return other ? compareSteps(stepsOf(exchanges), stepsOf(other), [idsIn(exchanges), idsIn(other)]) : []
  })
}

function groupedByScenario(exchanges: readonly SeenExchange[]): Map<string, SeenExchange[]> {
  const groups = new Map<string, SeenExchange[]>()
  for (const exchange of exchanges) {
    if (exchange.phase !== 'scenario') continue
    const group = groups.get(exchange.scenario) ?? []
    groups.set(exchange.scenario, group)
    group.push(exchange)
  }
  return groups
}

function stepsOf(exchanges: readonly SeenExchange[]): Step[] {
  const steps: Step[] = []
  for (const exchange of exchanges) {
    if (exchange.operationId === null || !hasAnswer(exchange)) continue
    const step = { operationId: exchange.operationId, status: exchange.response.status, exchange }
    const last = steps.at(-1)
    if (last?.operationId !== step.operationId || last.status !== step.status) steps.push(step)
  }
  return steps
}

type Ids = readonly [left: ReadonlySet<string>, right: ReadonlySet<string>]

function compareSteps(left: readonly Step[], right: readonly Step[], ids: Ids): Difference[] {
  const differences: Difference[] = []
  for (const [index, one] of left.entries()) {
    const other = right[index]
    if (other?.operationId !== one.operationId) break
    differences.push(...compareStep(one, other, ids))
    // After a different answer the two go different ways.
    if (other.status !== one.status) break
  }
  return differences
}

function compareStep(one: Step, other: Step, [ids, otherIds]: Ids): Difference[] {
  const { operationId, status } = one
  const evidence = [referenceTo(one.exchange), referenceTo(other.exchange)]
  if (status !== other.status) {
    const text = { left: `status ${status}`, right: `status ${other.status}` }
    return [{ class: 'undocumented-status', operationId, status, pointer: '', ...text, evidence }]
  }
  if (status < 400) return []
  const [texts, otherTexts] = [errorTexts(one, ids), errorTexts(other, otherIds)]
  return [...texts].flatMap(([pointer, left]) => {
    const right = otherTexts.get(pointer)
    if (right === left) return []
    const about = { operationId, status, pointer, left, evidence }
    return [{ ...about, class: 'error-shape' as const, right: right ?? 'no message there' }]
  })
}

/** The messages of an error by pointer, as templates: ids, numbers and quoted names are no part of them. */
function errorTexts({ exchange }: Step, ids: ReadonlySet<string>): Map<string, string> {
  const texts = new Map<string, string>()
  if (hasAnswer(exchange) && exchange.response.body.kind === 'json') gather('', exchange.response.body.value)
  return texts

  function gather(pointer: string, value: Json): void {
    if (typeof value === 'string') texts.set(pointer, templateOf(value, ids))
    if (isList(value)) value.forEach((item, index) => void gather(`${pointer}/${index}`, item))
    if (isObject(value))
      for (const key of Object.keys(value)) gather(`${pointer}/${key}`, at(value, key) ?? null)
  }
}

const templateOf = (text: string, ids: ReadonlySet<string>): string =>
  text
    .replace(/"[^"]*"|'[^']*'|“[^”]*”/g, '"…"')
    .replace(/\b\w+\b/g, (word) => (/\d/.test(word) || ids.has(word) ? '…' : word))

/** All ids that a scenario met: they stand in the texts of errors, and are others on every platform. */
function idsIn(exchanges: readonly SeenExchange[]): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const exchange of exchanges) {
    for (const step of new URL(exchange.request.url).pathname.split('/')) ids.add(step)
    if (exchange.request.body.kind === 'json') gather(exchange.request.body.value)
    if (hasAnswer(exchange) && exchange.response.body.kind === 'json') gather(exchange.response.body.value)
  }
  return ids

  function gather(value: Json): void {
    if (isList(value)) for (const item of value) gather(item)
    if (!isObject(value)) return
    if (typeof value.id === 'string') ids.add(value.id)
    for (const member of Object.values(value)) gather(member)
  }
}
