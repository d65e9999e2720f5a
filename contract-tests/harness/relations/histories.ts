import type { OperationId } from '../../../openapi/generated/routes.ts'
import {
  type Answered,
  answeredOf,
  calls,
  finding,
  isSuccess,
  jsonIn,
  pathValue,
} from '../checks/answered.ts'
import type { Finding, RelationRule } from '../finding.ts'
import { at, isList, textAt } from '../json.ts'
import type { SeenExchange } from '../seen-exchange.ts'
import { clusterLanguage, jobLanguage, type StatusLanguage, strayIn } from './languages.ts'

interface Kind {
  readonly operationId: OperationId
  readonly id: string
  readonly rule: RelationRule
  readonly language: StatusLanguage
}

const kinds: readonly Kind[] = [
  { operationId: 'listJobStatuses', id: 'jobId', rule: 'job-status', language: jobLanguage },
  { operationId: 'listClusterStatuses', id: 'jobId', rule: 'cluster-status', language: clusterLanguage },
  {
    operationId: 'listStorageDeviceStatuses',
    id: 'deviceId',
    rule: 'storage-status',
    language: clusterLanguage,
  },
]

interface Entry {
  readonly status: string
  readonly date: string
}

/** A whole history as it was told at one moment, oldest first. */
interface History {
  readonly exchange: Answered
  readonly entries: readonly Entry[]
}

/** Histories are told newest first, only grow, and follow the language of their kind. */
export function historyFindings(exchanges: readonly SeenExchange[]): Finding[] {
  const answered = answeredOf(exchanges)
  return kinds.flatMap((kind) => {
    const byId = new Map<string, History[]>()
    for (const exchange of calls(answered, kind.operationId)) {
      const id = pathValue(exchange, kind.id)
      const history = wholeHistory(exchange)
      if (id !== undefined && history !== null) byId.set(id, [...(byId.get(id) ?? []), history])
    }
    return [...byId.values()].flatMap((histories) => findingsIn(histories, kind))
  })
}

/** Only what came on one page: of a history in several pages, each page says too little. */
function wholeHistory(exchange: Answered): History | null {
  const body = jsonIn(exchange.response.body)
  const results = at(body, 'results')
  if (!isSuccess(exchange) || !isList(results)) return null
  if (textAt(body, 'next') !== undefined || textAt(body, 'previous') !== undefined) return null
  const entries = results.flatMap((row) => {
    const [status, date] = [textAt(row, 'status'), textAt(row, 'statusDate')]
    return status === undefined || date === undefined ? [] : [{ status, date }]
  })
  return entries.length === results.length ? { exchange, entries: entries.toReversed() } : null
}

function findingsIn(histories: readonly History[], kind: Kind): Finding[] {
  return histories.flatMap((history, index) => [
    ...order(history),
    ...language(history, kind),
    ...growth(histories[index - 1], history, kind),
  ])
}

const statusesOf = ({ entries }: History): string[] => entries.map(({ status }) => status)

function lifecycle(
  history: History,
  rule: RelationRule,
  parts: Pick<Finding, 'expected' | 'received' | 'message'>,
): Finding {
  return finding(history.exchange, { class: 'lifecycle', rule, pointer: '/results', ...parts })
}

function order(history: History): Finding[] {
  const times = history.entries.map(({ date }) => Date.parse(date))
  const back = times.findIndex((time, index) => time < (times[index - 1] ?? Number.NEGATIVE_INFINITY))
  if (back < 0) return []
  const [received, before] = [history.entries[back]?.date ?? '', history.entries[back - 1]?.date ?? '']
  const message = 'the history is not in the order of time, newest first'
  return [
    finding(history.exchange, {
      class: 'order',
      rule: 'history-order',
      pointer: '/results',
      expected: `not before ${before}`,
      received,
      message,
    }),
  ]
}

function language(history: History, { language, rule }: Kind): Finding[] {
  const statuses = statusesOf(history)
  const stray = strayIn(statuses, language)
  if (stray === null) return []
  return [
    lifecycle(history, rule, {
      expected: 'an order that is known',
      received: statuses.join(' > '),
      message: stray,
    }),
  ]
}

/** What was told once stays; what came after the end came too late. */
function growth(before: History | undefined, history: History, { language }: Kind): Finding[] {
  if (before === undefined) return []
  const texts = (of: History) => of.entries.map(({ status, date }) => `${status} ${date}`)
  const [old, now] = [texts(before), texts(history)]
  const changed = old.findIndex((entry, index) => now[index] !== entry)
  if (changed >= 0) {
    const message = 'a history that was told before has changed'
    return [
      lifecycle(history, 'history-past', {
        expected: old[changed] ?? '',
        received: now[changed] ?? 'nothing',
        message,
      }),
    ]
  }
  const end = before.entries.at(-1)?.status ?? ''
  if (now.length === old.length || !language.last.includes(end)) return []
  const message = `${end} was not the end`
  return [
    lifecycle(history, 'history-end', {
      expected: 'nothing more',
      received: statusesOf(history).slice(old.length).join(' > '),
      message,
    }),
  ]
}
