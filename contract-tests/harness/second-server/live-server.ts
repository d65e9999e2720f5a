import type { Server as PlainServer } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { setTimeout as machineSleep } from 'node:timers/promises'
import {
  createRescale,
  type Exchange,
  observedQuirks,
  type Quirks,
  type Rescale,
  type RescaleOptions,
} from '../../../mock-server/index.ts'
import { createRescaleServer } from '../../../mock-server/transports/server.ts'
import { type TestCertificates, testCertificates } from './test-certificates.ts'

/** A name that no resolver knows (RFC 6761): clients have to be told where it leads. */
export const LIVE_HOST = 'platform.second.test'

/** Where the name leads, for transports that take a resolver. */
export const LIVE_ADDRESSES = { [LIVE_HOST]: '127.0.0.1' }

/** Not the default key: one that is nowhere else in the repository, so that finding it in an output means a leak. */
export const LIVE_API_KEY = 'f3a91c5b7d20e84466aa0b1c9d8e7f6055443322'

/** Where the platform was seen to differ from itself, this server takes the other way. */
export const otherQuirks: Quirks = {
  ...observedQuirks,
  failedCommand: 'stopping',
  stopBeforeValidation: 'stopping',
}

// Time passes with requests, so that a story takes the same polls however slow the machine is.
const PACE = 'per-request:6s'

// What a request to another continent takes, scaled down so that a suite stays quick. Milliseconds.
const LATENCY_MS = { least: 1, most: 6 }

export interface LiveServerOptions
  extends Pick<RescaleOptions, 'seed' | 'quirks' | 'pace' | 'executor' | 'catalogue' | 'journal'> {
  readonly apiKey?: string
  /** Of somebody else, whom it knows too. */
  readonly otherApiKey?: string
  /** Where clients reach it, when that is a proxy before it: that one speaks TLS, and this server plain HTTP to it. */
  readonly publicUrl?: string
  /** Before the n-th request is worked on. Default: 1 to 6 ms, never the same twice running. */
  readonly latencyMs?: (request: number) => number
  /** Default: new ones. */
  readonly certificates?: TestCertificates
  /** For tests: what waits for so many milliseconds. Default: the machine. */
  readonly sleep?: (ms: number) => Promise<unknown>
  /** Called with what was worked on; its answer is held back until the promise resolves. */
  readonly beforeAnswer?: (method: string, target: string) => Promise<void> | undefined
}

/** A second server of our own that stands for the real platform: TLS, another name, another world, real latency. */
export interface LiveServer extends AsyncDisposable {
  /** `https://platform.second.test:PORT`; behind a proxy, where that one reaches it. */
  readonly url: string
  readonly port: number
  readonly apiKey: string
  /** The authority's certificate, PEM. */
  readonly ca: string
  /** Where the name leads, for transports that take a resolver. */
  readonly addresses: Readonly<Record<string, string>>
  readonly rescale: Rescale
  close(): Promise<void>
}

/** Starts it on a free port of 127.0.0.1. */
export async function startLiveServer(options: LiveServerOptions = {}): Promise<LiveServer> {
  const {
    apiKey = LIVE_API_KEY,
    latencyMs = usualLatency,
    seed = 'second server',
    sleep = machineSleep,
  } = options
  const rescale = createRescale({
    seed,
    apiKeys: [apiKey, ...(options.otherApiKey === undefined ? [] : [options.otherApiKey])],
    quirks: options.quirks ?? otherQuirks,
    pace: options.pace ?? PACE,
    // As the real platform's, its clock is right when it begins.
    startAt: new Date(),
    ...(options.executor && { executor: options.executor }),
    ...(options.journal && { journal: options.journal }),
    ...(options.catalogue && { catalogue: options.catalogue }),
  })
  const certificates = options.certificates ?? (await testCertificates(LIVE_HOST))
  let requests = 0
  const slow: Exchange = async (request) => {
    requests += 1
    const latency = latencyMs(requests)
    if (latency > 0) await sleep(latency)
    const answer = await rescale.exchange(request)
    await options.beforeAnswer?.(request.method, request.target)
    return answer
  }
  const { server, port, url } = await listening(slow, certificates, options.publicUrl)
  rescale.apiBaseUrl = options.publicUrl ?? url
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await rescale.close()
  }
  const { ca } = certificates
  return { url, port, apiKey, ca, addresses: LIVE_ADDRESSES, rescale, close, [Symbol.asyncDispose]: close }
}

interface Listening {
  readonly server: Server | PlainServer
  readonly port: number
  readonly url: string
}

async function listening(
  exchange: Exchange,
  { cert, key }: TestCertificates,
  publicUrl?: string,
): Promise<Listening> {
  if (publicUrl !== undefined) {
    const server = createRescaleServer(exchange, { publicUrl })
    // The proxy ends idle connections.
    server.keepAliveTimeout = 0
    const port = await listen(server)
    return { server, port, url: `http://127.0.0.1:${port}` }
  }
  const server = createServer({ cert, key })
  const port = await listen(server)
  const url = `https://${LIVE_HOST}:${port}`
  const plain = createRescaleServer(exchange, { publicUrl: url })
  server.on('request', (request, response) => plain.emit('request', request, response))
  return { server, port, url }
}

async function listen(server: Server | PlainServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const usualLatency = (request: number): number =>
  LATENCY_MS.least + ((request * 7) % (LATENCY_MS.most - LATENCY_MS.least))
