import { isObject, type Json, textAt } from '../json.ts'
import { CannotRunError } from '../not-run.ts'
import { multipartReader } from '../recording/multipart-parts.ts'
import {
  bytesOf,
  headerOf,
  type Layer,
  oneChunk,
  type Transport,
  type WireAnswer,
  type WireRequest,
} from '../transport.ts'
import type { Budget } from './budget.ts'
import { type Asked, admit, type FirewallOptions, type Passed } from './firewall.ts'
import type { Ledger } from './ledger.ts'
import type { PlatformCalls } from './platform-calls.ts'
import { loadPrices, type Prices, worstCaseOf } from './worst-case.ts'

export interface GuardOptions extends Omit<FirewallOptions, 'owns' | 'allowSubmit'> {
  readonly ledger: Ledger
  /** Undefined: nothing may be submitted. */
  readonly budget: Budget | undefined
  /** For the guard's own questions, below all that watches the scenario. */
  readonly platform: PlatformCalls
}

/** JSON that is larger than that is no request of the suite's. */
const LARGEST_BODY = 4 * 1024 * 1024

/**
 * Stands between whoever tells a story and a real account: lets pass only what may pass, and writes into the ledger
 * what will be, and what was, made, submitted and deleted. Answers to what makes something are held until their id is
 * on the disk.
 */
export function guarding(options: GuardOptions): Layer {
  const guard = new Guard(options)
  return (next) => (request) => guard.send(request, next)
}

class Guard {
  readonly #options: GuardOptions
  #prices: Promise<Prices> | undefined
  #changing: Promise<unknown> = Promise.resolve()

  constructor(options: GuardOptions) {
    this.#options = options
  }

  async send(request: WireRequest, next: Transport): Promise<WireAnswer> {
    const { ledger, budget } = this.#options
    const { asked, wire } = await readRequest(request)
    const passed = admit(asked, {
      ...this.#options,
      owns: (kind, id) => ledger.owns(kind, id),
      allowSubmit: budget !== undefined,
    })
    return passed.does === 'read' ? next(wire) : this.#alone(() => this.#change(passed, wire, next))
  }

  /** One change after the other: between the look at what a job costs and its submission, nothing may make it dearer. */
  #alone<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.#changing.then(change, change)
    this.#changing = turn.catch(() => undefined)
    return turn
  }

  #change(
    passed: Exclude<Passed, { does: 'read' }>,
    wire: WireRequest,
    next: Transport,
  ): Promise<WireAnswer> {
    switch (passed.does) {
      case 'change':
        return next(wire)
      case 'create':
        return this.#create(passed, wire, next)
      case 'submit':
        return this.#submit(passed.id, wire, next)
      case 'delete':
        return this.#delete(passed, wire, next)
    }
  }

  async #create(
    { kind, name }: Extract<Passed, { does: 'create' }>,
    wire: WireRequest,
    next: Transport,
  ): Promise<WireAnswer> {
    const { ledger } = this.#options
    const intent = ledger.intend(kind, name)
    const answer = await next(wire)
    const bytes = await bytesOf(answer.body)
    const id = createdId(answer.status, bytes)
    if (id !== undefined) ledger.write({ type: 'created', intent, kind, id })
    // After anything else than a clear no, it may be there all the same: the intent stays open.
    else if (answer.status >= 400 && answer.status < 500)
      ledger.write({ type: 'not-created', intent, why: `answered ${answer.status}` })
    return { ...answer, body: oneChunk(bytes) }
  }

  async #submit(id: string, wire: WireRequest, next: Transport): Promise<WireAnswer> {
    const { ledger, budget, platform } = this.#options
    this.#prices ??= loadPrices(platform)
    const prices = await this.#prices.catch((error: unknown) => {
      this.#prices = undefined
      throw error
    })
    // What the platform has saved decides, not what somebody believes to have sent.
    const { status, json } = await platform.get(`/jobs/${encodeURIComponent(id)}/`)
    if (status !== 200)
      throw new CannotRunError({
        kind: 'budget',
        text: `Job ${id} was not submitted: it cannot be read (${status}), so nobody knows what it costs.`,
      })
    budget?.reserve(id, worstCaseOf(json, prices))
    const answer = await next(wire)
    if (answer.status >= 400 && answer.status < 500)
      ledger.write({ type: 'not-submitted', id, why: `answered ${answer.status}` })
    return answer
  }

  async #delete(
    { kind, id }: Extract<Passed, { does: 'change' | 'submit' | 'delete' }>,
    wire: WireRequest,
    next: Transport,
  ): Promise<WireAnswer> {
    const { ledger } = this.#options
    ledger.write({ type: 'deleting', kind, id })
    const answer = await next(wire)
    if (answer.status === 204 || answer.status === 404)
      ledger.write({ type: 'deleted', kind, id, how: `answered ${answer.status}` })
    return answer
  }
}

function createdId(status: number, bytes: Uint8Array): string | undefined {
  if (status < 200 || status >= 300) return undefined
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes)) as Json
    return isObject(value) ? textAt(value, 'id') : undefined
  } catch {
    return undefined
  }
}

/** What the firewall has to know, and the request with its body still to be sent. */
async function readRequest(request: WireRequest): Promise<{ asked: Asked; wire: WireRequest }> {
  const { method, url, headers, body } = request
  const form = multipartReader(headerOf(headers, 'content-type'))
  if (form && body !== null) return readForm(request, form)
  if (body === null || body instanceof Uint8Array) {
    return {
      asked: { method, url, headers, text: body === null ? null : textOf(body, request) },
      wire: request,
    }
  }
  const bytes = await bytesOf(body)
  return { asked: { method, url, headers, text: textOf(bytes, request) }, wire: { ...request, body: bytes } }
}

function textOf(bytes: Uint8Array, { method, url }: WireRequest): string {
  if (bytes.length <= LARGEST_BODY) return new TextDecoder().decode(bytes)
  throw new CannotRunError({
    kind: 'not-allowed',
    text: `${method} ${new URL(url).pathname} was not sent: its body is too large to be looked into.`,
  })
}

type Form = NonNullable<ReturnType<typeof multipartReader>>

/** A form is read whole: every file in it must have a name by which it can be found again. */
async function readForm(request: WireRequest, form: Form): Promise<{ asked: Asked; wire: WireRequest }> {
  const { method, url, headers, body } = request
  const bytes = body instanceof Uint8Array || body === null ? body : await bytesOf(body)
  if (bytes) form.feed(bytes)
  const files = form.parts().flatMap(({ filename }) => (filename === undefined ? [] : [filename]))
  const [filename] = files
  if (files.length > 1) {
    throw new CannotRunError({
      kind: 'not-allowed',
      text: `${method} ${new URL(url).pathname} was not sent: it has several files, and the platform may keep any of them.`,
    })
  }
  return { asked: { method, url, headers, text: null, filename }, wire: { ...request, body: bytes } }
}
