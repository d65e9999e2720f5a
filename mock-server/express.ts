/**
 * A local Rescale as an Express app, for supertest and for apps of your own: `app.use(rescaleApp(rescale))`.
 * @module
 */
import type { Express } from 'express'
import type { Rescale } from './rescale.ts'
import { expressApp } from './transports/express.ts'

export const rescaleApp = (rescale: Pick<Rescale, 'exchange'>): Express => expressApp(rescale.exchange)
