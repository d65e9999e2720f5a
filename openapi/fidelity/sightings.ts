import type { Sighting } from './grades.ts'

/** What is used of a recording (contract-tests/harness/recording/cassette.ts). */
export interface RecordedConversation {
  readonly recorded: { readonly at: string; readonly from: string }
  readonly exchanges: readonly {
    readonly operationId: string | null
    readonly request: { readonly body: unknown }
    readonly response: { readonly status?: number; readonly body?: unknown }
  }[]
}

/**
 * What recordings of the real platform have shown: each operation, answer and field, with the day of the newest
 * recording. Recordings of servers of our own are no evidence, and are left out.
 */
export function sightingsIn(recordings: readonly RecordedConversation[]): Sighting[] {
  const newest = new Map<string, Sighting>()
  for (const { recorded, exchanges } of recordings) {
    if (recorded.from !== 'platform') continue
    const date = recorded.at.slice(0, 10)
    for (const sighting of exchanges.flatMap((exchange) => sightingsOf(exchange, date))) {
      const key = [sighting.operationId, sighting.status, sighting.pointer].join(' ')
      if ((newest.get(key)?.date ?? '') < date) newest.set(key, sighting)
    }
  }
  return [...newest].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, sighting]) => sighting)
}

type RecordedExchange = RecordedConversation['exchanges'][number]

function sightingsOf({ operationId, request, response }: RecordedExchange, date: string): Sighting[] {
  if (operationId === null || response.status === undefined) return []
  // What was sent is evidence only where it was taken.
  const taken = response.status < 300 ? fieldsIn(request.body) : []
  const at = (status: string) => (pointer: string) => ({ operationId, status, pointer, date })
  const status = String(response.status)
  return [
    { operationId, date },
    { operationId, status, date },
    ...fieldsIn(response.body).map(at(status)),
    ...taken.map(at('request')),
  ]
}

/** Pointers of all fields, `*` for items. */
function fieldsIn(body: unknown): string[] {
  const pointers = new Set<string>()
  if (isRecord(body) && 'json' in body) visit(body.json, '')
  return [...pointers]

  function visit(value: unknown, pointer: string): void {
    if (Array.isArray(value)) for (const item of value) visit(item, `${pointer}/*`)
    else if (isRecord(value)) {
      for (const [key, member] of Object.entries(value)) {
        pointers.add(`${pointer}/${key}`)
        visit(member, `${pointer}/${key}`)
      }
    }
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
