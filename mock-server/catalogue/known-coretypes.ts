import type { CoreType } from '../domain/coretype.ts'

/** What most core types of the samples have in common. */
const usual = {
  description: '',
  compute: null,
  io: '50.0',
  storageIo: 'Standard',
  baseClockSpeed: '2.9',
  hasSsd: true,
  isActive: true,
  isDefault: false,
  isDeprecated: false,
  isPrimary: false,
  mustBeRequested: false,
  remoteVizAllowed: true,
  walltimeRequired: false,
  maxWalltime: null,
  categoryCodes: ['general'],
  provider: 'aws',
  interconnect: 'ethernet',
  color: '#5b7f95',
} as const

type Given = Pick<
  CoreType,
  | 'code'
  | 'name'
  | 'cores'
  | 'price'
  | 'lowPriorityPrice'
  | 'memory'
  | 'storage'
  | 'processorInfo'
  | 'displayOrder'
> &
  Partial<CoreType>

export function coreTypeFrom(given: Given): CoreType {
  return Object.freeze({ gpuCounts: given.cores.map(() => 0), ...usual, ...given })
}

/** Named in documents of 2014-16 and long gone: nothing but the code is known (but for `test`), the rest is inferred. */
const retired = (code: string, name: string, category: string, more: Partial<CoreType> = {}): CoreType =>
  coreTypeFrom({
    code,
    name,
    cores: [1, 2, 4, 8],
    price: 0.25,
    lowPriorityPrice: '0.1000',
    memory: 3750,
    storage: 40,
    processorInfo: 'Intel Xeon E5-2670 (Sandy Bridge)',
    displayOrder: null,
    isDeprecated: true,
    categoryCodes: [category],
    ...more,
  })

/** Core types that sources name. Codes are real; what a source shows of each stands beside it, other values are illustrative. */
export const knownCoreTypes: readonly CoreType[] = [
  // coretypes.list.2016: all but categories.
  coreTypeFrom({
    code: 'standard-plus',
    name: 'Marble',
    description: 'Standard',
    compute: '3.00',
    io: 'Standard',
    storageIo: '2 GB/s read, 1GB/s write',
    cores: [1, 2, 4, 8],
    price: 0.1,
    lowPriorityPrice: '0.050',
    memory: 3750,
    storage: 40,
    isPrimary: true,
    processorInfo: 'Intel Xeon E5-2670 v2 (Ivy Bridge) - single threaded',
    displayOrder: 1,
  }),
  // Tutorial cells 18, 28, 30: general, refuses one core, accepts two, may be the cheapest. Prices are illustrative.
  coreTypeFrom({
    code: 'granite',
    name: 'Granite',
    cores: [2, 4, 8, 16],
    price: 0.09,
    lowPriorityPrice: '0.0450',
    memory: 4000,
    storage: 37,
    isPrimary: true,
    processorInfo: 'AMD EPYC (illustrative)',
    displayOrder: 10,
  }),
  // v3_coretypes.list: cores, compute, base clock, default. Rescale's CLI takes it with one core by default.
  coreTypeFrom({
    code: 'emerald',
    name: 'Emerald',
    description: 'Standard',
    compute: '8.33',
    io: '35.0',
    cores: [1, 2, 4, 8, 18, 36],
    price: 0.12,
    lowPriorityPrice: '0.0600',
    memory: 4000,
    storage: 40,
    baseClockSpeed: '3.0',
    isDefault: true,
    isPrimary: true,
    processorInfo: 'Intel Xeon (Skylake)',
    displayOrder: 11,
  }),
  // Tutorial cell 58: accepts four cores.
  coreTypeFrom({
    code: 'emerald_max',
    name: 'Emerald Max',
    cores: [1, 2, 4, 8, 18, 36],
    price: 0.15,
    lowPriorityPrice: '0.0750',
    memory: 8000,
    storage: 80,
    isPrimary: true,
    processorInfo: 'Intel Xeon (Skylake)',
    displayOrder: 12,
  }),
  // api-facts §3.3: the name; five node sizes as in the sample with five gpuCounts.
  coreTypeFrom({
    code: 'hpc-3',
    name: 'Onyx',
    compute: '5.00',
    cores: [1, 2, 4, 8, 18],
    price: 0.14,
    lowPriorityPrice: '0.0700',
    memory: 3330,
    storage: 40,
    interconnect: 'infiniband',
    processorInfo: 'Intel Xeon E5-2666 v3 (Haswell)',
    displayOrder: 20,
  }),
  // analyses.list.2016 names the code.
  coreTypeFrom({
    code: 'hpc-plus',
    name: 'HPC Plus',
    compute: '4.00',
    cores: [1, 2, 4, 8, 16],
    price: 0.16,
    lowPriorityPrice: '0.0800',
    memory: 4000,
    storage: 40,
    interconnect: 'infiniband',
    processorInfo: 'Intel Xeon E5-2680 v2 (Ivy Bridge)',
    displayOrder: 21,
  }),
  // coretypes.list.2026: all but the category.
  coreTypeFrom({
    code: 'adamite',
    name: 'Adamite',
    cores: [24],
    gpuCounts: [0],
    price: 0.1751,
    lowPriorityPrice: '0.0988',
    memory: 8000,
    storage: 37,
    processorInfo: 'Intel Xeon Platinum 8259CL CPU',
    displayOrder: 33,
  }),
  retired('standard', 'Standard', 'legacy'),
  retired('hi-mem', 'High Memory', 'high_memory', { memory: 16000 }),
  retired('hi-io', 'High IO', 'high_io', { storage: 400 }),
  retired('gpu-tesla', 'GPU Tesla', 'gpu', { gpuCounts: [1, 1, 1, 2] }),
  retired('gpu-kepler', 'GPU Kepler', 'gpu', { gpuCounts: [1, 1, 1, 1] }),
  // coretypes.list.2016: all but categories and isActive.
  retired('test', 'HPC Test', 'legacy', {
    compute: '1.00',
    io: '',
    storageIo: '',
    cores: [1],
    gpuCounts: [0],
    lowPriorityPrice: '0.100',
    memory: 1500,
    storage: 0,
    hasSsd: false,
    remoteVizAllowed: false,
    processorInfo: '',
    isActive: false,
  }),
]
