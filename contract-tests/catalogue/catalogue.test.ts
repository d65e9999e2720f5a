import { expect, it } from 'vitest'
import { describeRescale } from '../targets.ts'

type Page = { count: number; next: string | null; results: Record<string, unknown>[] }

const versionCodes = (analysis: Record<string, unknown> = {}): string[] =>
  (analysis.versions as { versionCode: string }[]).map(({ versionCode }) => versionCode)

describeRescale('the catalogue', (target) => {
  const everyRow = async (path: string): Promise<Record<string, unknown>[]> => {
    const rows: Record<string, unknown>[] = []
    for (let next: string | null = path; next !== null; ) {
      const page = (await (await target().fetch(next)).json()) as Page
      rows.push(...page.results)
      next = page.next === null ? null : page.next.slice(target().origin.length)
    }
    return rows
  }

  it('lists core types over several pages, each fit for the tutorial', async () => {
    const { data: first } = await target().client.GET('/api/v2/coretypes/')
    expect(first?.count).toBeGreaterThan(first?.results.length ?? 0)
    const all = await everyRow('/api/v2/coretypes/')
    expect(all.length).toBe(first?.count)
    for (const row of all) {
      expect(row).toMatchObject({
        cores: expect.any(Array),
        categoryCodes: expect.any(Array),
        processorInfo: expect.any(String),
      })
      expect(typeof row.price).toBe('number')
      expect(Number.isNaN(Number(row.lowPriorityPrice))).toBe(false)
    }
    expect(all.find(({ code }) => code === 'granite')).toMatchObject({ cores: [2, 4, 8, 16] })
  })

  it('prices every general core type, and granite lowest', async () => {
    const general = (await everyRow('/api/v2/coretypes/?page_size=100')).filter(({ categoryCodes }) =>
      (categoryCodes as string[]).includes('general'),
    )
    const { data: prices = [] } = await target().client.GET('/api/v2/billing/computeprices/')
    const economy = new Map(
      prices
        .filter(({ planType, os, isActive }) => planType.endsWith('on-demand') && os === 'linux' && isActive)
        .map(({ coreType, value }) => [coreType, Number(value.amount)]),
    )
    const priced = general.map(({ code }) => economy.get(String(code)))
    expect(priced.every((amount) => amount !== undefined && amount > 0)).toBe(true)
    expect(economy.get('granite')).toBe(Math.min(...priced.map(Number)))
  })

  it('offers over 700 analyses with over 3,200 versions', async () => {
    const all = await everyRow('/api/v2/analyses/?page_size=300')
    const versions = all.flatMap(({ versions }) => versions as { versionCode: string }[])
    expect(all.length).toBeGreaterThan(700)
    expect(versions.length).toBeGreaterThan(3200)
    expect(new Set(all.map(({ code }) => code)).size).toBe(all.length)
    expect(versionCodes(all.find(({ code }) => code === 'ansys_fluent'))).toContain('2019r1')
  })

  it('shows one analysis by its code', async () => {
    const { data } = await target().client.GET('/api/v2/analyses/{code}/', {
      params: { path: { code: 'user_included' } },
    })
    expect(data).toMatchObject({ code: 'user_included', versions: [{ versionCode: '0', version: 'CPU' }] })
    const missing = await target().client.GET('/api/v2/analyses/{code}/', {
      params: { path: { code: 'no_such' } },
    })
    expect(missing.response.status).toBe(404)
  })

  it('tells who the user is and which projects there are', async () => {
    const { data: user } = await target().client.GET('/api/v2/users/me/')
    const { data: projects } = await target().client.GET('/api/v2/users/me/projects/')
    expect(user?.email).toMatch(/@example\.com$/)
    expect(projects?.results.length).toBeGreaterThan(0)
    expect(user?.company.projects).toEqual(projects?.results)
  })
})
