import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { setupServer } from 'msw/node'
import createClient, { type Client } from 'openapi-fetch'
import { afterEach, beforeEach, describe, expect } from 'vitest'
import { type Control, createControl } from '../client/control/index.ts'
import { rescaleApp } from '../mock-server/express.ts'
import {
  createRescale,
  listen,
  type Rescale,
  type RescaleOptions,
  sharedCatalogues,
  type World,
} from '../mock-server/index.ts'
import { rescaleHandlers } from '../mock-server/msw.ts'
import type { paths } from '../openapi/generated/schema.d.ts'
import { type Conformance, conformance } from './conformance.ts'
import { controlConformance } from './control-conformance.ts'

/** A Rescale as a contract test meets it, whichever way it is reached. */
export interface Target {
  /** Typed by the description, with the key. */
  readonly client: Client<paths>
  /** As `fetch`, with a path instead of a URL, and with the key. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** The same without the key. */
  anonymous(path: string, init?: RequestInit): Promise<Response>
  readonly origin: string
  /** The controls of the mock, over the same transport. */
  readonly control: Control
  readonly apiKey: string
  readonly rescale: Rescale
  readonly world: World
  readonly conformance: Conformance
  /** What controls answered that their description does not say. */
  readonly controlFindings: readonly string[]
  readonly takesUndescribed: boolean
}

/** One way to reach a Rescale. Opening is undone by closing. */
interface Transport {
  readonly name: string
  /** False where requests for what is not described never arrive: msw reports them instead. */
  readonly takesUndescribed: boolean
  /** Absent where nothing is between the client and the mock that could break. */
  readonly hasConnections?: boolean
  open(rescale: Rescale): Promise<{ origin: string; fetch: typeof globalThis.fetch; close(): Promise<void> }>
}

const transports: readonly Transport[] = [
  {
    name: 'in process',
    takesUndescribed: true,
    open: async (rescale) => ({ origin: 'http://rescale.test', fetch: rescale.fetch, close: async () => {} }),
  },
  {
    name: 'over HTTP',
    takesUndescribed: true,
    hasConnections: true,
    async open(rescale) {
      const listening = await listen(rescale)
      return { origin: listening.url, fetch: globalThis.fetch, close: () => listening.close() }
    },
  },
  {
    name: 'through msw',
    takesUndescribed: false,
    async open(rescale) {
      const server = setupServer(...rescaleHandlers(rescale))
      server.listen({ onUnhandledRequest: refuse })
      return {
        origin: 'https://platform.rescale.com',
        fetch: globalThis.fetch,
        close: async () => server.close(),
      }
    },
  },
]

/** Mounted in somebody else's app. */
const throughExpress: Transport = {
  name: 'through Express',
  takesUndescribed: true,
  hasConnections: true,
  async open(rescale) {
    const server = createServer(express().use(rescaleApp(rescale)))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return {
      origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      fetch: globalThis.fetch,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve())
          server.closeAllConnections()
        }),
    }
  },
}

/** As msw's own 'error', which also prints: `fetch` rejects, and nothing goes out to the real platform. */
const refuse = (): never => {
  throw Response.error()
}

export interface TargetOptions extends RescaleOptions {
  /** Answers of the API are spoilt on purpose, and so not compared with the description. */
  readonly spoilt?: boolean
  /** Also through Express, whose way to the socket is the server's own but for what surrounds it. */
  readonly express?: boolean
  /** Only where there are connections. */
  readonly connected?: boolean
}

/**
 * Runs the same contract tests over every transport. A test fails, too, when an answer differs from the description
 * or the mock reports an error of its own.
 */
export function describeRescale(
  subject: string,
  tests: (target: () => Target) => void,
  { spoilt = false, express: alsoExpress = false, connected = false, ...options }: TargetOptions = {},
): void {
  const catalogue = sharedCatalogues()
  const ways = alsoExpress ? [...transports, throughExpress] : transports
  describe.each(connected ? ways.filter(({ hasConnections }) => hasConnections) : ways)(
    `${subject}, $name`,
    (transport) => {
      let target: Target | undefined
      let close: (() => Promise<void>) | undefined
      let errors: unknown[] = []
      beforeEach(async () => {
        errors = []
        const rescale = createRescale({ catalogue, ...options, onError: (error) => errors.push(error) })
        const opened = await transport.open(rescale)
        target = await targetOf(rescale, { ...opened, ...transport, spoilt })
        close = async () => {
          await opened.close()
          await rescale.close()
        }
      })
      afterEach(async () => {
        await close?.()
        expect(errors).toEqual([])
        expect(target?.conformance.findings).toEqual([])
        expect(target?.controlFindings).toEqual([])
      })
      tests(() => {
        if (!target) throw new Error('a target exists only while a test runs')
        return target
      })
    },
  )
}

/** In this process and without a test around it, for tests that open many. Its findings are for the caller to look at. */
export function inProcessTarget(rescale: Rescale): Promise<Target> {
  return targetOf(rescale, { origin: 'http://rescale.test', fetch: rescale.fetch, takesUndescribed: true })
}

async function targetOf(
  rescale: Rescale,
  {
    origin,
    fetch,
    takesUndescribed,
    spoilt = false,
  }: { origin: string; fetch: typeof globalThis.fetch; takesUndescribed: boolean; spoilt?: boolean },
): Promise<Target> {
  const watching = await conformance()
  const controls = await controlConformance()
  const watched = controls.watch(spoilt ? fetch : watching.watch(fetch))
  const { apiKey, adminToken } = rescale
  const authorization = `Token ${rescale.apiKey}`
  const anonymous = (path: string, init?: RequestInit) =>
    watched(origin + path, { redirect: 'manual', ...init })
  return {
    client: createClient<paths>({ baseUrl: origin, fetch: watched, headers: { authorization } }),
    fetch: (path, init = {}) => {
      const headers = new Headers(init.headers)
      headers.set('authorization', authorization)
      return anonymous(path, { ...init, headers })
    },
    anonymous,
    origin,
    control: createControl({ baseUrl: origin, apiKey, adminToken, fetch: watched }),
    controlFindings: controls.findings,
    apiKey,
    rescale,
    world: rescale.world(),
    conformance: watching,
    takesUndescribed,
  }
}
