import type { OperatingSystem } from '../domain/analysis.ts'
import type { ComputePrice } from '../domain/catalogue.ts'
import type { CoreType } from '../domain/coretype.ts'

/** Per core and hour, what Windows costs on top: as in the sample, which is illustrative. */
const windowsSurcharge = 0.02

const surcharges: readonly (readonly [OperatingSystem, number])[] = [
  ['linux', 0],
  ['windows', windowsSurcharge],
]

/** Economy and priority prices of each core type, those that can no longer be had marked inactive. */
export const computePricesOf = (coreTypes: readonly CoreType[]): readonly ComputePrice[] =>
  coreTypes.flatMap((coreType) =>
    surcharges.flatMap(([os, surcharge]) => [
      priceOf(coreType, 'on-demand', os, Number(coreType.lowPriorityPrice) + surcharge),
      priceOf(coreType, 'on-demand-pro', os, coreType.price + surcharge),
    ]),
  )

const priceOf = (
  { code, isActive, isDeprecated }: CoreType,
  planType: ComputePrice['planType'],
  os: OperatingSystem,
  amount: number,
): ComputePrice => ({
  coreType: code,
  planType,
  os,
  isActive: isActive && !isDeprecated,
  value: { amount: amount.toFixed(4), currency: 'USD' },
})
