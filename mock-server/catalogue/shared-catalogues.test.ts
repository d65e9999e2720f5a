import { expect, it } from 'vitest'
import { createRescale, type RescaleOptions } from '../index.ts'
import { sharedCatalogues } from './shared-catalogues.ts'

const PATHS = ['coretypes/?page_size=100', 'analyses/?page_size=1000', 'analyses/user_included/']

/** What a Rescale says of its catalogue, before and after worlds had entries of their own. */
async function told(options: RescaleOptions): Promise<string[]> {
  await using rescale = createRescale(options)
  const headers = { authorization: `Token ${rescale.apiKey}` }
  const read = () =>
    Promise.all(
      PATHS.map(async (path) =>
        (await rescale.fetch(`http://rescale.test/api/v2/${path}`, { headers })).text(),
      ),
    )
  const before = await read()
  await rescale.world().seed({ catalogue: { analyses: [{ code: 'our_solver', name: 'Our solver' }] } })
  return [...before, ...(await read())]
}

it('gives each seed its catalogue, made once', async () => {
  const catalogueFor = sharedCatalogues()
  expect(catalogueFor('one')).toBe(catalogueFor('one'))
  expect(await catalogueFor('one')).not.toEqual(await catalogueFor('other'))
  expect(sharedCatalogues()('one')).not.toBe(catalogueFor('one'))
})

it('changes no answer of those who share one, whatever another does', async () => {
  const catalogue = sharedCatalogues()
  const alone = await told({ seed: 'one' })
  expect(alone.slice(PATHS.length)).not.toEqual(alone.slice(0, PATHS.length))
  const untouched = JSON.stringify(await catalogue('one'))
  expect(await told({ seed: 'one', catalogue })).toEqual(alone)
  expect(await told({ seed: 'one', catalogue })).toEqual(alone)
  expect(JSON.stringify(await catalogue('one'))).toBe(untouched)
  expect(await told({ seed: 'other', catalogue })).not.toEqual(alone)
})
