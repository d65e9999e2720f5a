import { expect, it } from 'vitest'
import { ConnectError, TimeoutError } from './errors.ts'
import { failureOf } from './failures.ts'
import { BROKEN } from './test-support/named-resets.ts'

const request = { method: 'POST', url: 'http://rescale.test/api/v2/jobs/', requestId: 'r1' }

function systemError(code: string, syscall?: string): Error {
  const cause = Object.assign(new Error(`${syscall} ${code}`), { code, ...(syscall && { syscall }) })
  return new TypeError('fetch failed', { cause })
}

it.each(BROKEN)('takes %s of a connection that was made for one that broke', (code) => {
  for (const failure of [
    failureOf(systemError(code), request),
    failureOf(systemError(code, 'read'), request),
    failureOf(systemError(code, 'write'), request),
    failureOf(systemError(code, 'connect'), request, { maybeSent: true }),
  ]) {
    expect(failure).toBeInstanceOf(ConnectError)
    expect(failure).toMatchObject({ code, maybeSent: true })
  }
})

it.each(BROKEN)('knows that nothing was sent when connecting ends with %s', (code) => {
  const several = new AggregateError([systemError(code, 'connect').cause], 'all addresses')
  for (const failure of [
    failureOf(systemError(code, 'connect'), request),
    failureOf(systemError(code), request, { maybeSent: false }),
    failureOf(new TypeError('fetch failed', { cause: Object.assign(several, { code }) }), request),
  ]) {
    if (code === 'ETIMEDOUT') expect(failure).toMatchObject({ name: 'TimeoutError', phase: 'connect' })
    else expect(failure).toMatchObject({ name: 'ConnectError', code, maybeSent: false })
  }
})

it.each([
  ['ENOTFOUND', 'getaddrinfo'],
  ['EAI_AGAIN', 'getaddrinfo'],
  ['ECONNREFUSED', undefined],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', undefined],
  ['ERR_TLS_CERT_ALTNAME_INVALID', undefined],
])('knows that nothing was sent after %s', (code, syscall) => {
  expect(failureOf(systemError(code, syscall), request)).toMatchObject({ code, maybeSent: false })
})

it.each([
  ['UND_ERR_CONNECT_TIMEOUT', 'connect'],
  ['UND_ERR_HEADERS_TIMEOUT', 'headers'],
  ['UND_ERR_BODY_TIMEOUT', 'body'],
])('tells the phase of %s', (code, phase) => {
  expect(failureOf(systemError(code), request)).toBeInstanceOf(TimeoutError)
  expect(failureOf(systemError(code), request)).toMatchObject({ phase })
})
