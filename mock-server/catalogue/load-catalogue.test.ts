import { expect, it } from 'vitest'
import { knownCatalogue } from './known-catalogue.ts'
import { loadCatalogue } from './load-catalogue.ts'

const plain = async (seed: string) => JSON.stringify(await loadCatalogue(seed))

it('is the same for the same seed, and another for another', async () => {
  expect(await plain('one')).toBe(await plain('one'))
  expect(await plain('one')).not.toBe(await plain('other'))
})

it('has as many core types, analyses and versions as the tutorial speaks of', async () => {
  const { coreTypes, analyses } = await loadCatalogue('any')
  expect(coreTypes).toHaveLength(94)
  expect(analyses).toHaveLength(712)
  expect(analyses.flatMap(({ versions }) => versions).length).toBeGreaterThan(3200)
  expect(analyses.filter(({ versions }) => versions.length === 0)).toEqual([])
})

it('gives every core type, analysis and version a code of its own', async () => {
  const { coreTypes, analyses } = await loadCatalogue('any')
  expect(new Set(coreTypes.map(({ code }) => code)).size).toBe(coreTypes.length)
  expect(new Set(analyses.map(({ code }) => code)).size).toBe(analyses.length)
  for (const { versions } of analyses)
    expect(new Set(versions.map(({ versionCode }) => versionCode)).size).toBe(versions.length)
})

it('has what sources name', () => {
  const coreTypes = ['granite', 'emerald', 'emerald_max', 'adamite', 'hpc-3', 'hpc-plus', 'standard-plus']
  const analyses = ['user_included', 'user_included_win', 'custom', 'ansys_mechanical', 'ansys_e2e_desktop']
  const more = [
    'rescale-ckpt-e2e',
    'openfoam',
    'openfoam_plus',
    'abaqus',
    'freefem',
    '3dx_station',
    'miniconda',
  ]
  for (const code of coreTypes) expect(knownCatalogue.coreType(code)?.code).toBe(code)
  for (const code of [...analyses, ...more]) expect(knownCatalogue.analysis(code)?.code).toBe(code)
  expect(knownCatalogue.coreType('granite')?.cores).toEqual([2, 4, 8, 16])
  expect(knownCatalogue.analysis('user_included')?.versions).toMatchObject([
    { version: 'CPU', versionCode: '0' },
  ])
  expect(knownCatalogue.analysis('ansys_fluent')?.versions.map(({ versionCode }) => versionCode)).toContain(
    '2019r1',
  )
})

it('makes granite the cheapest general core type on economy, as the tutorial finds', async () => {
  const { coreTypes, computePrices } = await loadCatalogue('any')
  const general = coreTypes.filter(
    ({ categoryCodes, isActive }) => isActive && categoryCodes.includes('general'),
  )
  const prices = computePrices.filter(
    ({ planType, os, isActive, coreType }) =>
      planType.endsWith('on-demand') &&
      os === 'linux' &&
      isActive &&
      general.some(({ code }) => code === coreType),
  )
  expect(prices).toHaveLength(general.length)
  const cheapest = prices.toSorted((one, other) => Number(one.value.amount) - Number(other.value.amount))[0]
  expect(cheapest?.coreType).toBe('granite')
})

it('lists core types by display order and analyses by name', async () => {
  const { coreTypes, analyses } = await loadCatalogue('any')
  expect(coreTypes.slice(0, 3).map(({ code }) => code)).toEqual(['standard-plus', 'granite', 'emerald'])
  expect(analyses[0]?.code).toBe('3dx_station')
})

it('keeps node sizes ascending, with a GPU count for each', async () => {
  for (const { cores, gpuCounts } of (await loadCatalogue('any')).coreTypes) {
    expect(cores.toSorted((one, other) => one - other)).toEqual(cores)
    expect(gpuCounts).toHaveLength(cores.length)
  }
})
