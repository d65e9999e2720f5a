import { expect, it } from 'vitest'
import { aJob, finishedJob, savedJob } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

type Row = { id: string; name: string; jobStatus: { content: string }; dateInserted: string }
type Page = { count: number; next: string | null; previous: string | null; results: Row[] }

describeRescale('the list of jobs', (target) => {
  const page = async (query: string): Promise<Page> =>
    (await (await target().fetch(`/api/v2/jobs/${query}`)).json()) as Page

  it('comes newest first, ten a page', async () => {
    const job = await savedJob(target(), aJob({ name: 'newest' }))
    const first = await page('')
    expect(first.results.length).toBe(10)
    expect(first.results[0]).toMatchObject({ id: job.id, name: 'newest', jobStatus: { content: '' } })
    const dates = first.results.map(({ dateInserted }) => dateInserted)
    expect(dates).toEqual([...dates].sort().reverse())
  })

  it('filters by state and by status, and keeps the filters on the next page', async () => {
    await savedJob(target())
    await finishedJob(target())
    const rows: Row[] = []
    const first = await page('?state=completed&job_status=COMPLETED&page_size=5')
    for (let at: Page | null = first; at; ) {
      rows.push(...at.results)
      at = at.next === null ? null : await page(new URL(at.next).search)
    }
    expect(rows.length).toBe(first.count)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    expect(rows.every(({ jobStatus }) => jobStatus.content === 'Completed')).toBe(true)
    expect((await page('?state=not_completed')).count + first.count).toBe((await page('')).count)
  })

  it('shows a job under its present status', async () => {
    const job = await savedJob(target())
    expect((await page('?state=not_completed')).results.map(({ id }) => id)).toContain(job.id)
    await target().fetch(`/api/v2/jobs/${job.id}/submit/`, { method: 'POST' })
    expect((await page('?job_status=PENDING')).results).toMatchObject([
      { id: job.id, jobStatus: { content: 'Pending' } },
    ])
    target().world.settle()
    expect((await page('?job_status=PENDING')).count).toBe(0)
  })

  it('holds jobs that were completed this year, and one that the tutorial knows by id', async () => {
    const year = target().world.now().getUTCFullYear()
    const all = await page('?page_size=100&state=completed')
    expect(all.results.some(({ dateInserted }) => dateInserted.startsWith(`${year}-`))).toBe(true)
    expect(all.results.map(({ id }) => id)).toContain('ObMcJc')
  })

  it('links absolutely, on the host that the client used', async () => {
    const { next } = await page('?page_size=2')
    expect(next).toBe(`${target().origin}/api/v2/jobs/?page=2&page_size=2`)
  })

  it.each(['?page=0', '?page=999', '?page=x'])('has no page %s', async (query) => {
    const response = await target().fetch(`/api/v2/jobs/${query}`)
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ detail: 'Invalid page.' })
  })
})
