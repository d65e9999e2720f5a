import type { operations } from '../../openapi/generated/control-schema.d.ts'
import { type ControlApi, type ControlReply, type ControlSchemas, dataOf, done } from './connection.ts'
import { eventsIn } from './events.ts'

export type JournalEntry = ControlSchemas['JournalEntry']
export type JournalQuery = NonNullable<operations['listJournal']['parameters']['query']>
export type Journal = operations['listJournal']['responses'][200]['content']['application/json']
export type EntryFilter = ControlSchemas['EntryFilter']
export type LintReport = ControlSchemas['LintReport']
export type Verification = ControlSchemas['Verification']
/** How often a request was to be made, or which ones in which order; with `timeout`, by when. */
export type Expectation = operations['verifyJournal']['requestBody']['content']['application/json']
export type Times = Pick<Expectation, 'exactly' | 'atLeast' | 'atMost' | 'timeout'>

/** What one's clients said and were answered. */
export class JournalControl {
  readonly #api: ControlApi

  constructor(api: ControlApi) {
    this.#api = api
  }

  /** Newest first, a hundred unless told otherwise. */
  list(query: JournalQuery = {}): Promise<Journal> {
    return dataOf(this.#api.GET('/_mock/journal/', { params: { query } }))
  }

  entry(number: number): Promise<JournalEntry> {
    return dataOf(this.#api.GET('/_mock/journal/{number}/', { params: { path: { number } } }))
  }

  clear(): Promise<void> {
    return done(this.#api.DELETE('/_mock/journal/'))
  }

  async switch(isOn: boolean): Promise<void> {
    await dataOf(this.#api.PUT('/_mock/journal/', { body: { isOn } }))
  }

  /** Whether it was so; with a timeout, whether it becomes so in time. */
  verify(expectation: Expectation): Promise<Verification> {
    return dataOf(this.#api.POST('/_mock/journal/verify/', { body: expectation }))
  }

  /** Rejects where the request was not made so often, with what came nearest. Without `times`: at least once. */
  async assertCalled(request: EntryFilter, times: Times = {}): Promise<void> {
    const verification = await this.verify({ request, ...times })
    if (!verification.verified) throw new Error(explained(JSON.stringify(request), verification))
  }

  /** Rejects where the requests did not come in this order, with what came nearest. */
  async assertSequence(sequence: readonly EntryFilter[], timeout?: string): Promise<void> {
    const verification = await this.verify({
      sequence: [...sequence],
      ...(timeout !== undefined && { timeout }),
    })
    if (!verification.verified) throw new Error(explained('the sequence', verification))
  }

  /**
   * New entries as they come, until the signal aborts or the loop is left. `onDropped` hears how many had to make room before
   * they could be told.
   */
  async *watch(
    query: NonNullable<operations['streamJournal']['parameters']['query']> = {},
    signal?: AbortSignal,
    onDropped: (count: number) => void = () => {},
  ): AsyncGenerator<JournalEntry> {
    const leaving = new AbortController()
    const init = { params: { query }, parseAs: 'stream', signal: leaving.signal } as const
    const leave = () => leaving.abort(signal?.reason)
    signal?.addEventListener('abort', leave, { once: true })
    try {
      const stream = await dataOf(this.#api.GET('/_mock/journal/events/', init))
      for await (const { event, data } of eventsIn(stream as ReadableStream<Uint8Array>))
        if (event === 'entry') yield JSON.parse(data) as JournalEntry
        else if (event === 'dropped') onDropped((JSON.parse(data) as { count: number }).count)
    } finally {
      signal?.removeEventListener('abort', leave)
      leaving.abort()
    }
  }

  /** What the client does wrong, by what it said. */
  lint(after?: number): Promise<LintReport> {
    const query = { ...(after !== undefined && { after }) }
    const reply = this.#api.GET('/_mock/journal/lint/', { params: { query } })
    return dataOf(reply as Promise<ControlReply<LintReport>>)
  }

  /** The same as text for people, or as JUnit for CI. */
  lintAs(format: 'text' | 'junit', after?: number): Promise<string> {
    const query = { format, ...(after !== undefined && { after }) }
    const reply = this.#api.GET('/_mock/journal/lint/', { params: { query }, parseAs: 'text' })
    return dataOf(reply as Promise<ControlReply<string>>)
  }

  /** A HAR 1.2 file. */
  har(
    query: operations['exportHar']['parameters']['query'] = {},
  ): Promise<operations['exportHar']['responses'][200]['content']['application/json']> {
    return dataOf(this.#api.GET('/_mock/journal/har/', { params: { query } }))
  }

  /** A shell script that sends the same requests again. */
  curl(query: operations['exportCurl']['parameters']['query'] = {}): Promise<string> {
    return dataOf(this.#api.GET('/_mock/journal/curl/', { params: { query }, parseAs: 'text' }))
  }
}

function explained(what: string, { text, nearest }: Verification): string {
  const near = nearest.map(
    ({ number, method, url, differences }) => `\n  ${number}: ${method} ${url}: ${differences.join('; ')}`,
  )
  return `${what}: ${text}${near.length > 0 ? `\nNearest:${near.join('')}` : ''}`
}
