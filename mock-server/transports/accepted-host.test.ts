import { expect, it } from 'vitest'
import type { ExchangeRequest } from '../exchange/http.ts'
import { guardHost, isAcceptedHost } from './accepted-host.ts'

it.each([
  undefined,
  'localhost',
  'LOCALHOST:8080',
  'localhost.',
  '127.0.0.1',
  '127.0.0.1:80',
  '127.1.2.3:9',
  '[::1]',
  '[::1]:8080',
  'a.localhost:1',
])('takes %j for this machine', (host) => {
  expect(isAcceptedHost(host)).toBe(true)
})

it.each([
  '',
  'evil.example',
  'evil.example:8080',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evillocalhost',
  '127.evil',
  '10.0.0.1',
  '[::2]',
  '0.0.0.0',
  '[::]',
  '::1',
  'localhost:x',
  'localhost@evil.example',
  'evil.example#localhost',
  'localhost/',
  ' localhost',
  '[::1',
  '2130706433',
])('does not take %j for this machine', (host) => {
  expect(isAcceptedHost(host)).toBe(false)
})

it('accepts what it is bound to, published as, and told', () => {
  const names = {
    host: '192.168.0.5',
    publicUrl: 'https://Mock.Example:8443/x',
    allowedHosts: ['LocalScale'],
  }
  for (const host of ['192.168.0.5:80', 'mock.example', 'MOCK.example:8443', 'localscale:8080', 'localhost'])
    expect([host, isAcceptedHost(host, names)]).toEqual([host, true])
  for (const host of ['192.168.0.6', 'x.mock.example', 'localscale.evil.example'])
    expect([host, isAcceptedHost(host, names)]).toEqual([host, false])
  expect(isAcceptedHost('[2001:DB8::5]:80', { publicUrl: 'http://[2001:db8::5]:80' })).toBe(true)
})

it('accepts any address, yet no name, when bound to all of them', () => {
  for (const host of ['0.0.0.0', '::']) {
    expect(isAcceptedHost('10.1.2.3:80', { host })).toBe(true)
    expect(isAcceptedHost('[fe80::1]', { host })).toBe(true)
    expect(isAcceptedHost('evil.example', { host })).toBe(false)
  }
})

it('answers for other hosts without asking the exchange', () => {
  const asked: string[] = []
  const guarded = guardHost((request) => {
    asked.push(request.target)
    return { status: 200, headers: {}, body: null }
  }, {})
  const request = (host: string): ExchangeRequest => ({
    method: 'GET',
    target: `/${host}`,
    origin: '',
    headers: { host },
    body: null,
  })
  expect(guarded(request('localhost'))).toMatchObject({ status: 200 })
  expect(guarded(request('evil.example'))).toMatchObject({
    status: 421,
    body: expect.stringContaining('"detail"'),
  })
  expect(asked).toEqual(['/localhost'])
})
