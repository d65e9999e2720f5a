const SHOWN_CHARACTERS = 2_000
/** Longer answers are data, not what a failure is about. */
const LARGEST_SHOWN_BYTES = 100_000

/** The latest exchange with the API, so that a failure can show it. Never holds the key. */
export class LastExchange {
  #text = ''
  #status = 0

  /** The same fetch, watched. */
  watch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return async (input, init) => {
      const request = new Request(input, init)
      this.#text = `> ${request.method} ${request.url}`
      const response = await fetch(request)
      this.#status = response.status
      this.#text += `\n< ${response.status} ${await excerpt(response)}`
      return response
    }
  }

  /** Of the answer; 0 before the first. */
  get status(): number {
    return this.#status
  }

  toString(): string {
    return this.#text
  }
}

async function excerpt(response: Response): Promise<string> {
  const type = response.headers.get('content-type') ?? ''
  const size = Number(response.headers.get('content-length') ?? 0)
  if (!/json|text/.test(type) || size > LARGEST_SHOWN_BYTES) return `(${size} bytes of ${type || 'nothing'})`
  return (await response.clone().text()).slice(0, SHOWN_CHARACTERS)
}
