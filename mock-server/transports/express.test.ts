import { createServer } from 'node:http'
import express from 'express'
import supertest from 'supertest'
import { expect, it } from 'vitest'
import { expressApp } from './express.ts'
import { httpCarrier } from './http-carrier.fixture.ts'
import { aToy } from './toy-exchange.fixture.ts'
import { describeTransport } from './transport.suite.ts'

describeTransport('express', (toy, onError) =>
  httpCarrier(createServer(expressApp(toy.exchange, { onError }))),
)

it('answers supertest without a server of its own', async () => {
  const agent = supertest(expressApp(aToy().exchange))
  await agent.get('/text').expect(200, 'plain – π')
  await agent.head('/text').expect(200).expect('content-length', '12')
  await agent.get('/none').expect(204, '')
  await agent.get('/moved').redirects(1).expect(200, 'plain – π')
  await agent.get('/missing').expect(404)
  const { body } = await agent.patch('/echo?x=1').set('authorization', 'Token x').send({ name: 'π' })
  expect(body).toMatchObject({
    method: 'PATCH',
    target: '/echo?x=1',
    type: 'application/json',
    auth: 'Token x',
  })
  expect(Buffer.from(body.body, 'base64').toString()).toBe('{"name":"π"}')
  const { text } = await agent.put('/count').attach('file', Buffer.alloc(100_000), 'a.bin')
  expect(Number(text)).toBeGreaterThan(100_000)
})

it('can be mounted in another app', async () => {
  const app = express().use('/rescale', expressApp(aToy().exchange))
  await supertest(app).get('/rescale/text?x=1').expect(200, 'plain – π')
  await supertest(app).get('/text').expect(404)
})

it('adds nothing of its own', async () => {
  const { headers } = await supertest(expressApp(aToy().exchange)).get('/text')
  expect(headers).not.toHaveProperty('x-powered-by')
  expect(headers).not.toHaveProperty('etag')
})
