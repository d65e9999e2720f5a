import { fetchFromExchange } from './fetch.ts'
import { fetchCarrier } from './fetch-carrier.fixture.ts'
import { describeTransport } from './transport.suite.ts'

describeTransport('fetch', async (toy, onError) =>
  fetchCarrier(fetchFromExchange(toy.exchange, { onError }), 'http://rescale.test', async () => undefined),
)
