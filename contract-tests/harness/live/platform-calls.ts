import { type Json, parseJson } from '../json.ts'
import { bytesOf, type Transport } from '../transport.ts'

export interface PlatformAnswer {
  readonly status: number
  /** Undefined where the body is no JSON. */
  readonly json: Json | undefined
}

/** The few calls that the harness makes on its own account: prices, looking for what it made, taking it away. */
export class PlatformCalls {
  readonly #transport: Transport
  readonly #origin: string
  readonly #authorization: string

  constructor(transport: Transport, origin: string, authorization: string) {
    this.#transport = transport
    this.#origin = origin
    this.#authorization = authorization
  }

  async call(method: string, path: string): Promise<PlatformAnswer> {
    const answer = await this.#transport({
      method,
      url: `${this.#origin}/api/v2${path}`,
      headers: [['authorization', this.#authorization]],
      body: null,
    })
    const text = new TextDecoder().decode(await bytesOf(answer.body))
    return { status: answer.status, json: parseJson(text) }
  }

  get(path: string): Promise<PlatformAnswer> {
    return this.call('GET', path)
  }
}
