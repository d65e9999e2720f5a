import type { Faker } from '@faker-js/faker'
import type { CoreType } from '../domain/coretype.ts'
import { coreTypeFrom } from './known-coretypes.ts'

/** Real core types are named after minerals and rocks. */
const minerals =
  'Agate Amber Amethyst Andesite Aragonite Azurite Basalt Beryl Calcite Carnelian Citrine Corundum Diorite Dolomite Feldspar Fluorite Gabbro Galena Garnet Gneiss Gypsum Hematite Jade Jasper Kyanite Lazurite Limestone Luna Magnetite Malachite Mica Moonstone Obsidian Olivine Opal Peridot Pumice Pyrite Quartz Rhyolite Ruby Sapphire Schist Selenite Serpentine Slate Sodalite Spinel Sulfur Talc Topaz Tourmaline Travertine Turquoise Zircon'.split(
    ' ',
  )

const variants = [
  { suffix: '', words: '', category: 'general', gpus: 0, memory: 4000 },
  { suffix: '_max', words: ' Max', category: 'high_memory', gpus: 0, memory: 16000 },
  { suffix: '_gpu', words: ' GPU', category: 'gpu', gpus: 1, memory: 8000 },
  { suffix: '_mini', words: ' Mini', category: 'general', gpus: 0, memory: 2000 },
] as const

const processors = [
  'AMD EPYC 7R13',
  'AMD EPYC 7V73X',
  'AMD EPYC 9V33X',
  'Intel Xeon Platinum 8375C',
  'Intel Xeon Gold 6148',
] as const

const nodeSizes = [[1, 2, 4, 8, 16, 32], [1, 2, 4, 8, 24, 48], [2, 4, 8, 16, 36], [36], [64], [120]] as const

/** Granite stays the cheapest of the general ones: dollars per core and hour. */
const leastEconomyPrice = 0.05

export function fillerCoreTypes(faker: Faker, count: number): CoreType[] {
  const names = variants.flatMap((variant) => minerals.map((mineral) => ({ mineral, variant })))
  return faker.helpers.arrayElements(names, count).map(({ mineral, variant }, index) => {
    const cores = faker.helpers.arrayElement<readonly number[]>(nodeSizes)
    const economy = faker.number.float({ min: leastEconomyPrice, max: 0.4, fractionDigits: 4 }) + variant.gpus
    return coreTypeFrom({
      code: `${mineral.toLowerCase()}${variant.suffix}`,
      name: `${mineral}${variant.words}`,
      cores,
      gpuCounts: cores.map((size) => (variant.gpus > 0 ? Math.max(1, Math.floor(size / 8)) : 0)),
      price: Number((economy * 2).toFixed(4)),
      lowPriorityPrice: economy.toFixed(4),
      memory: variant.memory,
      storage: faker.number.int({ min: 20, max: 200 }),
      io: faker.helpers.arrayElement(['35.0', '50.0', '100.0', '200.0']),
      compute: faker.helpers.arrayElement([null, '8.33', '10.50', '14.20']),
      processorInfo: faker.helpers.arrayElement(processors),
      baseClockSpeed: faker.number.float({ min: 2.2, max: 3.9, fractionDigits: 1 }).toFixed(1),
      categoryCodes: [variant.category],
      provider: faker.helpers.arrayElement(['aws', 'azure', 'gcp', 'oci']),
      interconnect: faker.helpers.arrayElement(['ethernet', 'infiniband', 'efa']),
      mustBeRequested: faker.datatype.boolean(0.1),
      color: faker.color.rgb(),
      displayOrder: 40 + index,
    })
  })
}
