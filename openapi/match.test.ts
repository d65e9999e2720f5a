import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Matcher } from './match.ts'

const routes = [
  { method: 'GET', path: '/api/v2/' },
  { method: 'GET', path: '/api/v2/files/' },
  { method: 'POST', path: '/api/v2/files/contents/' },
  { method: 'GET', path: '/api/v2/files/{fileId}/' },
  { method: 'DELETE', path: '/api/v2/files/{fileId}/' },
  { method: 'GET', path: '/api/v2/files/{fileId}/contents/' },
  { method: 'GET', path: '/api/v2/jobs/{jobId}/runs/{runId}/tail/{path}' },
]
const matcher = new Matcher(routes)

it('finds an operation and its path parameters', () => {
  expect(matcher.match('GET', '/api/v2/files/abc/contents/')).toEqual({
    kind: 'route',
    route: routes[5],
    path: { fileId: 'abc' },
  })
})

it('prefers a literal segment to a parameter', () => {
  expect(matcher.match('POST', '/api/v2/files/contents/')).toMatchObject({ kind: 'route', route: routes[2] })
  expect(matcher.match('GET', '/api/v2/files/contents/')).toMatchObject({ kind: 'method-not-allowed' })
})

it('says that only the trailing slash is missing', () => {
  expect(matcher.match('GET', '/api/v2/files/abc')).toEqual({ kind: 'slash-missing' })
  expect(matcher.match('GET', '/api/v2/nothing')).toEqual({ kind: 'nothing' })
})

it('gives a wildcard the rest of the path, slashes included', () => {
  expect(matcher.match('GET', '/api/v2/jobs/j/runs/1/tail/shared/out%20put.log')).toMatchObject({
    path: { jobId: 'j', runId: '1', path: 'shared/out put.log' },
  })
})

it('lists the methods that a path allows', () => {
  expect(matcher.match('PUT', '/api/v2/files/abc/')).toEqual({
    kind: 'method-not-allowed',
    allow: ['GET', 'DELETE', 'HEAD', 'OPTIONS'],
  })
})

it('answers HEAD as it would answer GET', () => {
  expect(matcher.match('HEAD', '/api/v2/files/')).toMatchObject({ kind: 'route', route: routes[1] })
})

it('never throws, whatever the path', () => {
  fc.assert(fc.property(fc.string(), (path) => void matcher.match('GET', `/${path}`)))
  fc.assert(fc.property(fc.webPath(), (path) => void matcher.match('GET', path)))
})
