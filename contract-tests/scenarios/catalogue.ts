import { collectPages } from '../harness/collect-pages.ts'
import { type Scenario, scenario } from '../harness/scenario.ts'
import { expectEqual, expectThat } from '../harness/scenario-context.ts'

export const catalogueScenarios: readonly Scenario[] = [
  scenario({
    id: 'catalogue/core-types',
    title: 'core types come in pages, the ones of the tutorial among them (NB 10 to 15)',
    needs: [],
    covers: [
      ['listCoreTypes', 200],
      ['listCoreTypes', 404],
    ],
    cost: 'free',
    async run(t) {
      const { body } = await t.call('listCoreTypes', { expect: 200 })
      const coreTypes = await collectPages(t, body)
      expectEqual(coreTypes.length, body.count, 'the number of core types')
      const general = coreTypes.filter(({ categoryCodes }) => categoryCodes?.includes('general'))
      expectThat(general.length > 0, 'there are core types for general purposes')
      await t.call('listCoreTypes', { query: { page_size: 2 }, expect: 200 })
      await t.call('listCoreTypes', { query: { page: 10_000 }, expect: 404 })
    },
  }),
  scenario({
    id: 'catalogue/prices',
    title: 'prices come as one plain list (NB 17)',
    needs: [],
    covers: [['listComputePrices', 200]],
    cost: 'free',
    async run(t) {
      const { body } = await t.call('listComputePrices', { expect: 200 })
      const onDemand = body.filter(
        ({ planType, os, isActive }) => planType.endsWith('on-demand') && os === 'linux' && isActive,
      )
      expectThat(onDemand.length > 0, 'there are prices on demand')
    },
  }),
  scenario({
    id: 'catalogue/analyses',
    title: 'analyses come in pages with all their versions, and one by its code (NB 19)',
    needs: [],
    covers: [
      ['listAnalyses', 200],
      ['listAnalyses', 404],
      ['getAnalysis', 200],
      ['getAnalysis', 404],
    ],
    cost: 'free',
    async run(t) {
      const { body } = await t.call('listAnalyses', { query: { page_size: 100 }, expect: 200 })
      const analyses = await collectPages(t, body)
      expectThat(
        analyses.some(({ code }) => code === 'user_included'),
        '`user_included` is among the analyses',
      )
      const [first] = analyses
      expectThat(first, 'there are analyses')
      const { body: one } = await t.call('getAnalysis', { path: { code: first.code }, expect: 200 })
      expectEqual(one.code, first.code, 'the code')
      await t.call('getAnalysis', { path: { code: 'no_such_software' }, expect: 404 })
      await t.call('listAnalyses', { query: { page: 10_000 }, expect: 404 })
    },
  }),
  scenario({
    id: 'catalogue/projects',
    title: 'projects of the user come in pages (NB 26)',
    needs: [],
    covers: [
      ['listMyProjects', 200],
      ['listMyProjects', 404],
    ],
    cost: 'free',
    async run(t) {
      const { body } = await t.call('listMyProjects', { expect: 200 })
      expectEqual((await collectPages(t, body)).length, body.count, 'the number of projects')
      const { body: first } = await t.call('listMyProjects', { query: { page_size: 1 }, expect: 200 })
      expectEqual(
        (await collectPages(t, first)).length,
        body.count,
        'the number of projects, one on each page',
      )
      await t.call('listMyProjects', { query: { page: 10_000 }, expect: 404 })
    },
  }),
]
