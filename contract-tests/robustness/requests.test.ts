import { describe, expect, it } from 'vitest'
import { maximumHeaderSize } from '../../mock-server/transports/server.ts'
import { servedForAll, statusesOf } from './served.ts'

const served = servedForAll()

const json = (body: string): string[] => ['Content-Type: application/json', `Content-Length: ${body.length}`]
const get = (target: string, ...headers: string[]): string =>
  `${served().head(`GET ${target} HTTP/1.1`, 'Connection: close', ...headers)}\r\n`

describe('request lines', () => {
  it.each([
    ['a whole URL', 'http://localhost/api/v2/users/me/', [200]],
    ['a whole URL of another host', 'http://evil.example/api/v2/users/me/', [200, 421]],
    ['a whole URL without a path', 'http://localhost', [302]],
    ['a URL that is none', 'http://[::/nothing/', [400, 404, 421]],
    ['two slashes first', '//api/v2/users/me/', [404]],
    ['two slashes first, like a host', '//evil.example/api/v2/users/me', [404]],
    ['two slashes within', '/api/v2//users/me/', [404]],
    ['dots', '/api/v2/jobs/../users/me/', [404]],
    ['dots above the root', '/../../../../etc/passwd', [404]],
    ['escaped dots', '/api/v2/%2e%2e/%2e%2e/etc/passwd', [404]],
    ['an escaped slash in an id', '/api/v2/jobs/a%2Fb/', [404]],
    ['an escaped slash for a slash', '/api%2Fv2%2Fusers%2Fme%2F', [404]],
    ['a backslash', '/api\\v2\\users\\me\\', [404]],
    ['an escaped NUL', '/api/v2/jobs/%00/', [404]],
    ['half an escape', '/api/v2/jobs/%/', [404]],
    ['an escape of no UTF-8', '/api/v2/jobs/%ff%fe/', [404]],
    ['Latin-1', '/api/v2/jobs/\xe9/', [400, 404]],
    ['a fragment', '/api/v2/users/me/#x', [400, 404]],
    ['nothing but a query', '?page=1', [302, 400, 404]],
    ['an asterisk', '*', [400, 404]],
    ['the name of a prototype', '/api/v2/jobs/__proto__/', [404]],
    ['the name of a method', '/api/v2/constructor/', [404]],
    ['a path of 15 kB', `/${'a'.repeat(15_000)}`, [404]],
    ['a path of 10,000 segments', `${'/a'.repeat(7_000)}/`, [404]],
    ['live files above the work folder', '/api/v2/jobs/ObMcJc/runs/1/tail/../../../etc/passwd', [404]],
    ['an empty query', '/api/v2/jobs/?', [200]],
    ['a query of ampersands', `/api/v2/jobs/?${'&'.repeat(10_000)}`, [200]],
    ['a query of equals signs', `/api/v2/jobs/?${'='.repeat(10_000)}`, [200]],
    ['four thousand parameters', `/api/v2/jobs/?${'a=1&'.repeat(3_900)}`, [200]],
    ['escapes of no UTF-8 in a query', '/api/v2/files/?search=%ff%00%', [200]],
    ['the name of a prototype in a query', '/api/v2/jobs/?__proto__=1&constructor=2', [200]],
    ['a page beyond all numbers', `/api/v2/jobs/?page=${'9'.repeat(400)}`, [404]],
    ['a negative page', '/api/v2/jobs/?page=-1', [404]],
    ['a page size beyond all numbers', `/api/v2/jobs/?page_size=${'9'.repeat(400)}`, [200]],
  ])('with %s', async (_, target, expected) => {
    const before = await served().state()
    const [status] = statusesOf(await served().converse(get(target)))
    expect(expected).toContain(status)
    expect(await served().state()).toEqual(before)
  })

  it('with eight thousand parameters are refused for their length', async () => {
    // Few enough to be read at once: what is left unread turns the answer into a reset.
    const answer = await served().converse(get(`/api/v2/jobs/?${'a=1&'.repeat(8_000)}`))
    expect(statusesOf(answer)).toEqual([431])
  })

  it.each([
    ['a method that does not exist', 'BREW /api/v2/jobs/ HTTP/1.1', [400]],
    ['a method in lower case', 'get /api/v2/jobs/ HTTP/1.1', [400]],
    ['PROPFIND', 'PROPFIND /api/v2/jobs/ HTTP/1.1', [405]],
    ['TRACE', 'TRACE /api/v2/jobs/ HTTP/1.1', [405]],
    ['PURGE on what does not exist', 'PURGE /nothing/ HTTP/1.1', [404]],
    ['OPTIONS', 'OPTIONS /api/v2/jobs/ HTTP/1.1', [200, 405]],
    ['CONNECT', 'CONNECT evil.example:443 HTTP/1.1', []],
    ['a version that does not exist', 'GET /api/v2/jobs/ HTTP/1.7', [400, 505]],
    ['HTTP/2', 'PRI * HTTP/2.0', [400]],
    ['no version', 'GET /api/v2/jobs/', [200, 400]],
    ['nothing', '', [400]],
    ['a NUL', 'GET /api/v2/\0jobs/ HTTP/1.1', [400]],
    ['a control character', 'GET /api/v2/\x07jobs/ HTTP/1.1', [400]],
    ['a tab', 'GET\t/api/v2/jobs/\tHTTP/1.1', [400]],
  ])('with %s', async (_, line, expected) => {
    const before = await served().state()
    const statuses = statusesOf(await served().converse(`${served().head(line, 'Connection: close')}\r\n`))
    if (expected.length === 0) expect(statuses).toEqual([])
    else expect(expected).toContain(statuses[0])
    expect(await served().state()).toEqual(before)
  })
})

describe('headers', () => {
  it.each([
    ['larger than the limit', [`X-Large: ${'x'.repeat(maximumHeaderSize)}`], [431]],
    ['of many names', Array.from({ length: 1_500 }, (_, index) => `a${index}: 1`), [200, 431]],
    ['with a NUL', ['X-Odd: a\0b'], [400]],
    ['with a line end of its own', ['X-Odd: a\nInjected: b'], [200, 400]],
    ['with a continued line', ['X-Odd: a', ' continued'], [200, 400]],
    ['without a colon', ['nothing'], [400]],
    ['without a name', [': value'], [400]],
    ['with Latin-1', ['X-Odd: \xe9\xff'], [200]],
    ['with two lengths', ['Content-Length: 1', 'Content-Length: 2'], [400]],
    ['with a negative length', ['Content-Length: -1'], [400]],
    ['with a length beyond all numbers', [`Content-Length: ${'9'.repeat(40)}`], [400]],
    ['with length and chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked'], [400]],
    ['with an encoding that does not exist', ['Transfer-Encoding: cow'], [400, 501]],
    ['with an expectation that does not exist', ['Expect: miracles'], [417]],
    ['that ask for another protocol', ['Connection: Upgrade', 'Upgrade: websocket'], [200, 400, 426]],
    ['with a thousand ranges', [`Range: bytes=${'0-0,'.repeat(1_000)}`], [200]],
    ['with a second Host', ['Host: evil.example'], [200, 400, 421]],
  ])('%s', async (_, headers, expected) => {
    const before = await served().state()
    const answer = await served().converse(get('/api/v2/users/me/', ...headers))
    expect(expected).toContain(statusesOf(answer)[0])
    expect(await served().state()).toEqual(before)
  })

  it('without a Host are for HTTP/1.0 only', async () => {
    const token = `Authorization: ${served().headers.authorization}\r\nConnection: close\r\n\r\n`
    expect(statusesOf(await served().converse(`GET /api/v2/users/me/ HTTP/1.0\r\n${token}`))).toEqual([200])
    expect(statusesOf(await served().converse(`GET /api/v2/users/me/ HTTP/1.1\r\n${token}`))).toEqual([400])
  })

  it.each([
    ['that repeats its unit', 'bytes=0-0,'.repeat(500)],
    ['of an end beyond all numbers', `bytes=0-${'9'.repeat(400)}`],
    ['of a start beyond all numbers', `bytes=${'9'.repeat(400)}-`],
    ['of nothing', 'bytes=-'],
    ['of a negative length', 'bytes=--1'],
    ['of two thousand pieces', `bytes=${'-1,'.repeat(2_000)}-1`],
    ['with a control character', 'bytes=0-0\x7f'],
  ])('with a range %s still get the file or 416', async (_, range) => {
    const answer = await served().converse(
      get(`/api/v2/files/${served().fileId}/contents/`, `Range: ${range}`),
    )
    expect([200, 206, 400, 416]).toContain(statusesOf(answer)[0])
  })
})

describe('several requests on one connection', () => {
  it('are answered in their order', async () => {
    const job = JSON.stringify({ name: '' })
    const keepAlive = (line: string, ...headers: string[]) => `${served().head(line, ...headers)}\r\n`
    const four = [
      keepAlive('GET /api/v2/jobs/ HTTP/1.1'),
      keepAlive('GET /api/v2/files/nosuch/ HTTP/1.1'),
      keepAlive('POST /api/v2/jobs/ HTTP/1.1', ...json(job)) + job,
      keepAlive(`GET /api/v2/files/${served().fileId}/contents/ HTTP/1.1`),
    ].join('')
    const answer = await served().converse(four.repeat(10) + get('/api/v2/users/me/'))
    expect(statusesOf(answer)).toEqual([
      ...Array.from({ length: 10 }, () => [200, 404, 400, 200]).flat(),
      200,
    ])
  })

  it('keep their bodies apart, also where nobody wants these', async () => {
    const smuggled = 'DELETE /api/v2/jobs/ObMcJc/ HTTP/1.1\r\n\r\n'
    const carrier = (line: string) =>
      `${served().head(line, `Content-Length: ${smuggled.length}`)}\r\n${smuggled}`
    const answer = await served().converse(
      carrier('GET /api/v2/users/me/ HTTP/1.1'),
      carrier('POST /api/v2/nothing/ HTTP/1.1'),
      carrier('DELETE /api/v2/files/nosuch/ HTTP/1.1'),
      get('/api/v2/jobs/ObMcJc/'),
    )
    expect(statusesOf(answer)).toEqual([200, 404, 404, 200])
  })
})
