import type { Destination } from './own-connections.ts'

/** Something that was to leave for a place that is not part of the recording, and was not sent. */
export class NetworkLockError extends Error {
  override readonly name = 'NetworkLockError'
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }

/** What may leave the process while a recording is replayed, and what was kept from it. */
export class NetworkLock {
  /** Everything that was to leave, and whatever else may not go unnoticed. */
  readonly refused: Error[] = []
  readonly #origin: URL
  readonly #allowHosts: readonly string[]

  constructor(origin: string, allowHosts: readonly string[]) {
    this.#origin = new URL(origin)
    this.#allowHosts = allowHosts.map((host) => host.toLowerCase())
  }

  allows(host: string): boolean {
    return this.#allowHosts.includes(host.toLowerCase())
  }

  refuse(what: string): NetworkLockError {
    const error = new NetworkLockError(
      `${what}: this recording is of ${this.#origin.origin}. Set the client's base URL to that, or list the host in allowHosts.`,
    )
    this.refused.push(error)
    return error
  }

  /** Connections to this machine (a database, a server of the consumer's own) leave it as little as files do. */
  decide(destination: Destination, replayPort: number): 'through' | number | Error {
    const { host, port, secure } = destination
    if (this.#isOfTheRecording(destination)) return replayPort
    if (isLoopback(host) || this.#namesOf(destination).some((name) => this.allows(name))) return 'through'
    return this.refuse(`a ${secure ? 'TLS ' : ''}connection to ${host}:${port} was not made`)
  }

  #isOfTheRecording({ host, port, secure }: Destination): boolean {
    const { protocol, hostname } = this.#origin
    const wanted = Number(this.#origin.port || DEFAULT_PORTS[protocol])
    return secure === (protocol === 'https:') && plain(host) === plain(hostname) && port === wanted
  }

  #namesOf({ host, port }: Destination): readonly string[] {
    const named = host.includes(':') ? `[${plain(host)}]` : host
    return Object.values(DEFAULT_PORTS).includes(port) ? [named, `${named}:${port}`] : [`${named}:${port}`]
  }
}

const plain = (host: string): string => host.toLowerCase().replace(/^\[|\]$/g, '')

const isLoopback = (host: string): boolean =>
  /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|::1)$/.test(plain(host))
