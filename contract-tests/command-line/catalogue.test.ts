import { describe, expect, it } from 'vitest'
import { aCommandLine } from './call.ts'

describe('rescale shows the catalogue', () => {
  it('says who the key belongs to', async () => {
    await using line = await aCommandLine()
    expect(await line.call('user')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/e-mail +\S+@example.com/),
    })
    expect(await line.json('user get')).toMatchObject({ email: expect.stringContaining('@') })
  })

  it('lists core types with their cores, all pages of them, and one by its code', async () => {
    await using line = await aCommandLine()
    const all = await line.json<{ code: string }[]>('coretypes list --all')
    expect(all.length).toBeGreaterThan(90)
    const general = await line.json<{ categoryCodes: string[] }[]>('coretypes list --category general')
    expect(general.length).toBeGreaterThan(0)
    expect(general.every(({ categoryCodes }) => categoryCodes.includes('general'))).toBe(true)
    const { stdout } = await line.call('coretypes list --category general')
    expect(stdout.split('\n')[0]).toMatch(/^CODE +CORES +GB\/CORE/)
    expect(stdout).toMatch(/^granite +2,4,8,16 /m)
    expect((await line.call('coretypes get granite')).stdout).toMatch(/^code +granite$/m)
    expect(await line.call('coretypes get nothing')).toMatchObject({ code: 3, stdout: '' })
  })

  it('finds the cheapest core type for a need, and what it costs', async () => {
    await using line = await aCommandLine()
    type Offer = { coreType: string; pricePerCoreHour: number; cost: { amount: number } }
    const best = await line.json<Offer>('prices cheapest --category general --cores 4 --hours 3')
    const all = await line.json<(Offer & { cores: number[] })[]>(
      'prices list --category general --cores 4 --plan economy --os linux',
    )
    expect(best.pricePerCoreHour).toBe(Math.min(...all.map(({ pricePerCoreHour }) => pricePerCoreHour)))
    expect(best.cost.amount).toBeCloseTo(best.pricePerCoreHour * 12)
    const gpu = await line.json<Offer>('prices cheapest --gpu --memory 2')
    expect(gpu.pricePerCoreHour).toBeGreaterThan(best.pricePerCoreHour)
    expect((await line.call('prices cheapest --cores 7 --category general')).code).toBe(3)
  })

  it('calls no core type the cheapest that no job can be submitted on any more', async () => {
    await using line = await aCommandLine()
    type Offer = { coreType: string; pricePerCoreHour: number }
    const need = '--category general --cores 4'
    const best = await line.json<Offer>(`prices cheapest ${need}`)
    const fetch = async (request: Request) => {
      const answer = await line.rescale.fetch(request)
      if (!request.url.includes('/coretypes/')) return answer
      const page = (await answer.json()) as { results: { code: string; isDeprecated: boolean }[] }
      for (const coreType of page.results) coreType.isDeprecated ||= coreType.code === best.coreType
      return Response.json(page)
    }
    const other = await line.json<Offer>(`prices cheapest ${need}`, { fetch })
    expect(other.coreType).not.toBe(best.coreType)
    expect(other.pricePerCoreHour).toBeGreaterThanOrEqual(best.pricePerCoreHour)
    const listed = await line.json<Offer[]>(`prices list ${need}`, { fetch })
    expect(listed.map(({ coreType }) => coreType)).toContain(best.coreType)
  })

  it('finds software by any of its words, and its versions', async () => {
    await using line = await aCommandLine()
    const found = await line.json<{ code: string }[]>('analyses list --search FLUENT')
    expect(found.map(({ code }) => code)).toContain('ansys_fluent')
    expect((await line.call('analyses get ansys_fluent')).stdout).toMatch(/^2019r1 /m)
    expect((await line.call('projects')).stdout).toMatch(/^ID +NAME\n\w{6} +\S/)
  })
})
