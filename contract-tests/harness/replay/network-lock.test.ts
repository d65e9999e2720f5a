import { describe, expect, it } from 'vitest'
import { NetworkLock, NetworkLockError } from './network-lock.ts'

const REPLAY_PORT = 1234

/** What becomes of a connection while a recording of the platform is replayed. */
function verdict(host: string, port: number, secure: boolean, ...allowHosts: string[]): unknown {
  const lock = new NetworkLock('https://Platform.rescale.com', allowHosts)
  const decided = lock.decide({ host, port, secure }, REPLAY_PORT)
  expect(lock.refused).toEqual(decided instanceof Error ? [decided] : [])
  return decided
}

describe('a connection', () => {
  it('to the recorded platform is led to the replay, over TLS at its port, however its name is written', () => {
    expect(verdict('platform.rescale.com', 443, true)).toBe(REPLAY_PORT)
    expect(verdict('PLATFORM.rescale.com', 443, true)).toBe(REPLAY_PORT)
    for (const [port, secure] of [
      [443, false],
      [80, false],
      [8443, true],
    ] as const)
      expect(verdict('platform.rescale.com', port, secure)).toBeInstanceOf(NetworkLockError)
  })

  it('to this machine passes, by whichever of its names', () => {
    for (const host of ['localhost', 'a.localhost', '127.0.0.1', '127.8.8.8', '::1'])
      expect(verdict(host, 5432, false)).toBe('through')
  })

  it('to a name that only looks like this machine does not', () => {
    for (const host of [
      'localhost.evil.test',
      '127.0.0.1.evil.test',
      '128.0.0.1',
      '0.0.0.0',
      '::',
      '10.0.0.1',
      '::ffff:8.8.8.8',
    ])
      expect(verdict(host, 80, false)).toBeInstanceOf(NetworkLockError)
  })

  it('to an allowed host passes, its port named unless it is that of HTTP', () => {
    expect(verdict('cdn.test', 443, true, 'cdn.test')).toBe('through')
    expect(verdict('CDN.test', 80, false, 'cdn.TEST')).toBe('through')
    expect(verdict('cdn.test', 8443, true, 'cdn.test:8443')).toBe('through')
    expect(verdict('2001:db8::1', 8443, true, '[2001:db8::1]:8443')).toBe('through')
    expect(verdict('cdn.test', 8443, true, 'cdn.test')).toBeInstanceOf(NetworkLockError)
  })
})

it('names in its error what was kept back, and what to do', () => {
  expect(verdict('elsewhere.test', 443, true)).toMatchObject({
    message: expect.stringMatching(
      /^a TLS connection to elsewhere\.test:443 was not made: .*platform\.rescale\.com.*allowHosts/,
    ),
  })
})

it('meets the own host of a consumer when the recording is of an address', () => {
  const lock = new NetworkLock('http://[::1]:8484', [])
  expect(lock.decide({ host: '::1', port: 8484, secure: false }, REPLAY_PORT)).toBe(REPLAY_PORT)
})
