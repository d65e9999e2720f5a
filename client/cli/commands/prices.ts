import { type Command, Option } from 'commander'
import type { ComputePrice, CoreType } from '../../types.ts'
import { positive, wholeNumber } from '../option-values.ts'
import type { Session } from '../session.ts'
import type { Column } from '../table.ts'

/** A price with what it buys. */
interface Offer {
  readonly coreType: string
  readonly plan: string
  readonly os: string
  readonly pricePerCoreHour: number
  readonly currency: string
  readonly cores: readonly number[]
  readonly memoryMbPerCore: number
  readonly categories: readonly string[]
}

interface PriceOptions {
  /** Jobs on those that are deprecated cannot be submitted. */
  readonly isUsable?: boolean
  readonly plan?: string
  readonly os?: string
  readonly category?: string
  readonly cores?: number
  readonly memory?: number
  readonly gpu?: boolean
  readonly hours?: number
}

const columns: readonly Column<Offer>[] = [
  { title: 'core type', value: ({ coreType }) => coreType },
  { title: 'plan', value: ({ plan }) => plan },
  { title: 'os', value: ({ os }) => os },
  { title: 'per core and hour', value: ({ pricePerCoreHour }) => pricePerCoreHour },
  { title: 'currency', value: ({ currency }) => currency },
  { title: 'cores', value: ({ cores }) => cores.join(',') },
  { title: 'GB/core', value: ({ memoryMbPerCore }) => Math.round(memoryMbPerCore / 100) / 10 },
]

export function definePrices(command: Command, session: Session): void {
  needs(command.command('list').description('prices in force, lowest first')).action(
    async (options: PriceOptions) => {
      await session.out.list(await offers(session, options), columns)
    },
  )
  needs(command.command('cheapest').description('the core type that meets a need at the lowest price'))
    .option('--hours <number>', 'walltime, to show the whole cost', positive)
    .action(async (options: PriceOptions) => {
      const [best] = await offers(session, { plan: 'economy', os: 'linux', isUsable: true, ...options })
      if (!best)
        session.fail('notFound', 'No core type meets this need', 'rescale prices list shows what there is.')
      const { cores = best.cores[0] ?? 1, hours = 1 } = options
      const cost = best.pricePerCoreHour * cores * hours
      await session.out.result(
        { ...best, cost: { cores, hours, amount: cost, currency: best.currency } },
        `${best.coreType}: ${best.pricePerCoreHour} ${best.currency} per core and hour, ${cores} cores for ${hours} h: ${cost.toFixed(4)} ${best.currency}`,
      )
    })
}

function needs(command: Command): Command {
  return command
    .addOption(new Option('--plan <plan>', 'economy or on-demand').choices(['economy', 'on-demand']))
    .addOption(new Option('--os <os>', 'operating system').choices(['linux', 'windows']))
    .option('--category <code>', 'of this category, such as general')
    .option('--cores <number>', 'offers so many cores in a slot', wholeNumber)
    .option('--memory <gigabytes>', 'with so much memory for each core', positive)
    .option('--gpu', 'with graphics processors')
}

async function offers(session: Session, options: PriceOptions): Promise<Offer[]> {
  const client = await session.client()
  const { signal } = session
  const [prices, coreTypes] = await Promise.all([
    client.prices.list({ signal }),
    client.coreTypes.list({ page_size: 100 }, { signal }).toArray(),
  ])
  const byCode = new Map(coreTypes.map((coreType) => [coreType.code, coreType]))
  return prices
    .filter(({ isActive }) => isActive)
    .flatMap((price) => {
      const coreType = byCode.get(price.coreType)
      return coreType && meets(coreType, price, options) ? [offer(coreType, price)] : []
    })
    .sort((one, other) => one.pricePerCoreHour - other.pricePerCoreHour)
}

function meets(coreType: CoreType, price: ComputePrice, options: PriceOptions): boolean {
  const { plan, os, category, cores, memory, gpu, isUsable } = options
  const largest = coreType.cores.at(-1) ?? 1
  return (
    (plan === undefined || planOf(price) === plan) &&
    (os === undefined || price.os === os) &&
    (category === undefined || coreType.categoryCodes.includes(category)) &&
    (cores === undefined || coreType.cores.includes(cores) || (cores > largest && cores % largest === 0)) &&
    (memory === undefined || coreType.memory >= memory * 1000) &&
    !(isUsable && coreType.isDeprecated) &&
    (!gpu || (coreType.gpuCounts ?? []).some((count) => count > 0))
  )
}

// On-Demand Economy is the plan whose name ends so (tutorial, cell 17); the other is On-Demand Pro.
function planOf({ planType }: ComputePrice): 'economy' | 'on-demand' {
  return planType.endsWith('on-demand') ? 'economy' : 'on-demand'
}

function offer(coreType: CoreType, price: ComputePrice): Offer {
  return {
    coreType: coreType.code,
    plan: planOf(price),
    os: price.os,
    pricePerCoreHour: Number(price.value.amount),
    currency: price.value.currency ?? 'USD',
    cores: coreType.cores,
    memoryMbPerCore: coreType.memory,
    categories: coreType.categoryCodes,
  }
}
