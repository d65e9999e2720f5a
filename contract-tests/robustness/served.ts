import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import {
  createRescale,
  type Finding,
  type Listening,
  listen,
  type Rescale,
  type RescaleOptions,
} from '../../mock-server/index.ts'
import { aJob } from '../fixtures.ts'

/** A Rescale behind a real socket, with a file and jobs in all conditions. */
export class Served {
  readonly rescale: Rescale
  readonly errors: unknown[] = []
  readonly findings: Finding[] = []
  fileId = ''
  savedJobId = ''
  runningJobId = ''
  finishedJobId = ''
  #listening: Listening | undefined

  constructor(options: RescaleOptions = {}) {
    this.rescale = createRescale({
      ...options,
      onError: (error) => this.errors.push(error),
      onFinding: (finding) => this.findings.push(finding),
    })
  }

  async open(): Promise<void> {
    this.#listening = await listen(this.rescale, { onError: (error) => this.errors.push(error) })
    const form = new FormData()
    form.append('file', new Blob(['deck']), 'deck.inp')
    this.fileId = await this.#idOf(this.call('POST', 'files/contents/', { body: form }))
    const inputs = [{ id: this.fileId }]
    this.savedJobId = await this.#job(aJob({ name: 'saved', inputs }))
    this.runningJobId = await this.#job(aJob({ name: 'running', command: 'sleep inf' }), true)
    this.finishedJobId = await this.#job(aJob({ name: 'finished', command: 'echo x' }), true)
    this.rescale.world().settle()
  }

  /** Nothing went wrong on the mock's side, and it still answers. */
  async check(): Promise<void> {
    const { status } = await fetch(`${this.url}/api/v2/users/me/`, { headers: this.headers })
    const seen = { status, errors: this.errors.splice(0), findings: this.findings.splice(0) }
    expect(seen).toEqual({ status: 200, errors: [], findings: [] })
  }

  async close(): Promise<void> {
    await this.#listening?.close()
    await this.rescale.close()
  }

  get url(): string {
    return this.#listening?.url ?? ''
  }

  get port(): number {
    return Number(new URL(this.url).port)
  }

  get headers(): Record<string, string> {
    return { authorization: `Token ${this.rescale.apiKey}` }
  }

  /** Head of a request, but for its end. */
  head(requestLine: string, ...headers: string[]): string {
    const lines = [requestLine, 'Host: localhost', `Authorization: ${this.headers.authorization}`, ...headers]
    return lines.map((line) => `${line}\r\n`).join('')
  }

  /** Within this process: what is looked at must not depend on what is tried out. */
  call(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    return this.rescale.fetch(`${this.url}/api/v2/${path}`, {
      ...init,
      method,
      headers: { ...this.headers, ...init.headers },
    })
  }

  /** All that a client can see of what can be changed. */
  async state(): Promise<unknown> {
    const jobs = await this.#rows('jobs/?page_size=1000')
    const details = [this.savedJobId, this.runningJobId, this.finishedJobId].flatMap((id) => [
      `jobs/${id}/`,
      `jobs/${id}/statuses/`,
      `jobs/${id}/tags/`,
    ])
    return [
      jobs,
      await this.#rows('files/?page_size=1000'),
      ...(await Promise.all(details.map((path) => this.#read(path)))),
    ]
  }

  /** Sends bytes as they are, closes, and gives what came back. */
  async send(...pieces: (string | Uint8Array)[]): Promise<string> {
    const socket = await this.#sending(pieces)
    socket.end()
    return received(socket)
  }

  /** The same, but it is the server that closes. */
  async converse(...pieces: (string | Uint8Array)[]): Promise<string> {
    return received(await this.#sending(pieces))
  }

  async socket(): Promise<Socket> {
    const socket = connect(this.port, '127.0.0.1')
    await once(socket, 'connect')
    return socket
  }

  async #sending(pieces: readonly (string | Uint8Array)[]): Promise<Socket> {
    const socket = await this.socket()
    for (const piece of pieces) socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)
    return socket
  }

  async #job(job: object, submit = false): Promise<string> {
    const headers = { 'content-type': 'application/json' }
    const id = await this.#idOf(this.call('POST', 'jobs/', { headers, body: JSON.stringify(job) }))
    if (submit) await this.call('POST', `jobs/${id}/submit/`)
    return id
  }

  async #idOf(answer: Promise<Response>): Promise<string> {
    return (JSON.parse(await (await answer).text()) as { id: string }).id
  }

  async #read(path: string): Promise<unknown> {
    return (await this.call('GET', path)).json()
  }

  async #rows(path: string): Promise<unknown> {
    return ((await this.#read(path)) as { results: unknown }).results
  }
}

const received = async (socket: Socket): Promise<string> =>
  (await buffer(socket).catch(() => Buffer.alloc(0))).toString('latin1')

export const statusesOf = (answers: string): number[] =>
  [...answers.matchAll(/HTTP\/1\.[01] (\d{3}) [A-Z]/g)].map(([, status]) => Number(status))

/** One for all tests of a file: none of them may change what it holds. A test fails when the mock itself errs. */
export function servedForAll(options: RescaleOptions = {}): () => Served {
  const served = new Served(options)
  beforeAll(() => served.open())
  afterEach(() => served.check())
  afterAll(() => served.close())
  return () => served
}
