import { createServer } from 'node:http'
import { httpCarrier } from './http-carrier.fixture.ts'
import { nodeListener } from './node-http.ts'
import { describeTransport } from './transport.suite.ts'

describeTransport('node:http', (toy, onError) =>
  httpCarrier(createServer(nodeListener(toy.exchange, { onError }))),
)
