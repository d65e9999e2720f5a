import express, { type Express } from 'express'
import type { Exchange } from '../exchange/http.ts'
import { type NodeListenerOptions, nodeListener } from './node-http.ts'

/** An Express app that answers everything by the exchange; it can be mounted in another one. */
export function expressApp(exchange: Exchange, options: NodeListenerOptions = {}): Express {
  const app = express().disable('x-powered-by').disable('etag').set('query parser', false)
  const listener = nodeListener(exchange, options)
  return app.use((request, response) => listener(request, response))
}
