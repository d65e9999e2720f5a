/**
 * A local Rescale as an Express app, for supertest and for apps of your own: `app.use(rescaleApp(rescale))`.
 * @module
 */
import type { Express } from 'express'
import type { Rescale } from './rescale.ts'
import { guardHost, type HostNames } from './transports/accepted-host.ts'
import { expressApp } from './transports/express.ts'

/** Answers to loopback names and those that are given, as the server does (DNS rebinding). */
export const rescaleApp = (rescale: Pick<Rescale, 'exchange'>, names: HostNames = {}): Express =>
  expressApp(guardHost(rescale.exchange, names))
