import { assert, need, type Step } from '../step.ts'

export const catalogueSteps: readonly Step[] = [
  {
    title: 'coretypes over several pages',
    async run({ client, made }) {
      const pages = []
      for await (const page of client.coreTypes.list().pages()) pages.push(page)
      const [first] = pages
      assert(first && first.count > first.results.length, 'the first page should not hold everything')
      const all = pages.flatMap(({ results }) => results)
      assert(all.length === first.count, `${first.count} were promised, ${all.length} came`)
      made.generalCoreTypes = all
        .filter(({ categoryCodes }) => categoryCodes.includes('general'))
        .map(({ code }) => code)
      return `${all.length} coretypes on ${pages.length} pages, ${first.results.length} on the first`
    },
  },
  {
    title: 'general coretypes with prices, the cheapest one',
    async run({ client, made }) {
      const general = need(made.generalCoreTypes, 'the list of general coretypes')
      const prices = (await client.prices.list()).filter(
        ({ coreType, planType, os, isActive }) =>
          planType.endsWith('on-demand') && os === 'linux' && isActive && general.includes(coreType),
      )
      const [cheapest] = prices.sort((one, other) => Number(one.value.amount) - Number(other.value.amount))
      assert(cheapest, 'at least one general coretype has an economy price')
      made.coreType = cheapest.coreType
      return `${general.length} general coretypes; ${cheapest.coreType} costs least: ${cheapest.value.amount} per core and hour`
    },
  },
  {
    title: 'analyses with all their versions',
    async run({ client }) {
      const analyses = await client.analyses.list({ page_size: 100 }).toArray()
      const versions = analyses.flatMap((analysis) => analysis.versions)
      assert(analyses.length > 700, `over 700 analyses were expected, not ${analyses.length}`)
      assert(versions.length > 3200, `over 3,200 versions were expected, not ${versions.length}`)
      return `${analyses.length} analyses, ${versions.length} versions`
    },
  },
]
