import { expect, it } from 'vitest'
import { describeRescale } from '../targets.ts'

describeRescale('paths', (target) => {
  it('sends a GET without trailing slash to the path with it, on the same host', async () => {
    const response = await target().fetch('/api/v2/jobs/ObMcJc?x=1')
    expect(response.status).toBe(301)
    const location = new URL(response.headers.get('location') ?? '', target().origin)
    expect(location.origin).toBe(target().origin)
    expect(location.pathname + location.search).toBe('/api/v2/jobs/ObMcJc/?x=1')
  })

  it('reads a job by its id without trailing slash when redirects are followed', async () => {
    const response = await target().fetch('/api/v2/jobs/ObMcJc', { redirect: 'follow' })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      id: 'ObMcJc',
      jobanalyses: [{ analysis: { code: 'user_included' } }],
    })
  })

  it('names the allowed methods where a method is not allowed', async () => {
    const answer = target().fetch('/api/v2/users/me/', { method: 'DELETE' })
    if (!target().takesUndescribed) return expect(answer).rejects.toThrow()
    const response = await answer
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toContain('GET')
    expect(await response.json()).toEqual({ detail: 'Method "DELETE" not allowed.' })
  })

  it('ignores a Range on everything but contents', async () => {
    const response = await target().fetch('/api/v2/users/me/', { headers: { range: 'bytes=0-1' } })
    expect(response.status).toBe(200)
    expect(await response.json()).toHaveProperty('email')
  })

  it('answers exactly application/json', async () => {
    const response = await target().fetch('/api/v2/jobs/')
    expect(response.headers.get('content-type')).toBe('application/json')
  })
})
