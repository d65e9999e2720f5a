import { at, isList, isObject, type Json, textAt } from '../json.ts'
import { CannotRunError } from '../not-run.ts'
import type { Amount } from './ledger-entries.ts'
import type { PlatformCalls } from './platform-calls.ts'

/** What one core of a core type costs for one hour at most, whatever the plan and the operating system. */
export interface Prices {
  readonly currency: string
  readonly perCoreHour: ReadonlyMap<string, number>
}

const MAX_PAGES = 50
/** Enough for all core types of now, so that one page answers; what is beyond comes on others. */
const PAGE_SIZE = 200

/** The platform's own prices of now (api-facts §3.3, §3.4). */
export async function loadPrices(platform: PlatformCalls): Promise<Prices> {
  const { status, json } = await platform.get('/billing/computeprices/')
  if (status !== 200 || !isList(json))
    throw unpriced(`the platform answered ${status} to the question for its prices`)
  const perCoreHour = new Map<string, number>()
  const currencies = new Set<string>()
  const note = (code: string | undefined, price: number): void => {
    if (code !== undefined && price > 0) perCoreHour.set(code, Math.max(price, perCoreHour.get(code) ?? 0))
  }
  for (const row of json) {
    if (at(row, 'isActive') === false) continue
    currencies.add(textAt(row, 'value', 'currency') ?? '')
    note(textAt(row, 'coreType'), Number(at(row, 'value', 'amount')))
  }
  for (const coreType of await coreTypes(platform)) {
    note(textAt(coreType, 'code'), Number(at(coreType, 'price')))
    note(textAt(coreType, 'code'), Number(at(coreType, 'lowPriorityPrice')))
  }
  const [currency, ...others] = [...currencies]
  if (currency === undefined || others.length > 0)
    throw unpriced('the platform gives its prices in no currency, or in several')
  return { currency, perCoreHour }
}

async function coreTypes(platform: PlatformCalls): Promise<readonly Json[]> {
  const all: Json[] = []
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { status, json } = await platform.get(`/coretypes/?page=${page}&page_size=${PAGE_SIZE}`)
    const results = at(json, 'results')
    if (status !== 200 || !isList(results))
      throw unpriced(`the platform answered ${status} to the question for its core types`)
    all.push(...results)
    if (typeof at(json, 'next') !== 'string') break
  }
  return all
}

/**
 * What a job costs at worst, as the platform itself describes it: every analysis for its whole walltime on all its
 * cores at the highest price. Throws CannotRunError for a job whose cost has no bound that is known.
 */
export function worstCaseOf(job: Json | undefined, prices: Prices): Amount {
  const analyses = at(job, 'jobanalyses')
  if (!isList(analyses) || analyses.length === 0) throw unpriced('the job has no analyses')
  const once = analyses.reduce<number>((sum, analysis) => sum + costOf(analysis, prices), 0)
  return { amount: roundedUp(once * runsOf(job)), currency: prices.currency }
}

function costOf(analysis: Json, { perCoreHour }: Prices): number {
  const hardware = at(analysis, 'hardware')
  const code = textAt(hardware, 'coreType', 'code') ?? textAt(hardware, 'coreType')
  const price = code === undefined ? undefined : perCoreHour.get(code)
  if (price === undefined) throw unpriced(`core type ${code ?? '?'} has no price`)
  if (at(analysis, 'useRescaleLicense') === true || isObject(at(analysis, 'onDemandLicenseSeller'))) {
    throw unpriced('it uses a licence, whose price is not published')
  }
  const walltime = positive(hardware, 'walltime', 'its walltime is not set: it could run for ever')
  const cores = positive(hardware, 'coresPerSlot', 'the number of its cores is not known')
  const slots =
    at(hardware, 'slots') === undefined
      ? 1
      : positive(hardware, 'slots', 'the number of its slots is not known')
  return walltime * cores * slots * price
}

function positive(value: Json | undefined, key: string, otherwise: string): number {
  const number = Number(at(value, key))
  if (!(number > 0) || !Number.isFinite(number)) throw unpriced(otherwise)
  return number
}

/** Each run of a design of experiments may take the whole walltime. */
function runsOf(job: Json | undefined): number {
  const many = ['paramFile', 'caseFile', 'optimizer', 'monteCarloIterations'].some(
    (key) => (at(job, key) ?? null) !== null,
  )
  const expected = Number(at(job, 'expectedRuns') ?? 0)
  if (many && !(expected > 0)) throw unpriced('it runs many cases, and nobody knows how many')
  return Math.max(1, expected)
}

/** To the cent, and never down. */
const roundedUp = (amount: number): number => Math.ceil(amount * 100 - 1e-9) / 100

const unpriced = (why: string): CannotRunError =>
  new CannotRunError({
    kind: 'budget',
    text: `It was not submitted, because nobody can say what it costs at worst: ${why}.`,
  })
