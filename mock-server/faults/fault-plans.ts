import type { Random } from '../domain/random.ts'
import type { FaultedCall, FaultGate, Strike } from '../exchange/faults.ts'
import { header } from '../exchange/header.ts'
import type { ExchangeRequest } from '../exchange/http.ts'
import type { WallClock } from '../wall-clock.ts'
import type { PlannedFault } from './fault.ts'
import { faultAction } from './fault-action.ts'
import { inlineFault } from './inline-fault.ts'
import { isMeant } from './is-meant.ts'
import { misplanned } from './misplanned.ts'
import { leftoversOf, type Plan, type Planned, type PlanReport, reportOf } from './plan-report.ts'
import { Sleeper } from './sleep.ts'

/** Plans that one world holds. Ours. */
export const MAX_FAULT_PLANS = 100
/** Faults in all plans of one world together. Ours. */
export const MAX_PLANNED_FAULTS = 1_000

/** Of all plans of one world together, as JSON. Ours. */
export const MAX_PLANNED_BYTES = 1 << 20

/** A header that names a plan, or holds one fault as JSON. */
export const PLAN_HEADER = 'x-mock-plan'

export interface PlanOptions {
  /** Default: `plan-1`, `plan-2` and so on. */
  readonly name?: string | undefined
  /** Only requests that name the plan in their header `X-Mock-Plan` meet its faults. */
  readonly onlyByHeader?: boolean | undefined
}

/** Plans, and what was consumed of them, as plain data. */
export interface SavedPlans {
  /** How many were given a name. */
  readonly named: number
  readonly plans: readonly {
    readonly name: string
    readonly onlyByHeader: boolean
    readonly faults: readonly Pick<Planned, 'fault' | 'consumed' | 'draws'>[]
  }[]
}

/** A plan cannot be taken: `faults` says what is wrong with each, by position. */
export class FaultPlanError extends RangeError {
  override readonly name = 'FaultPlanError'
  readonly field: 'name' | 'faults'
  readonly faults: readonly Readonly<Record<string, readonly string[]>>[]

  constructor(field: 'name' | 'faults', message: string, faults: FaultPlanError['faults'] = []) {
    super(message)
    this.field = field
    this.faults = faults
  }
}

export interface FaultPlansOptions {
  /** Told of every change, of what was consumed too. */
  readonly onChange?: () => void
  readonly random: Random
  readonly wall: WallClock
}

/** What is to go wrong in one world. Each request meets at most one fault, or several together: the first that is meant for it and is left. */
export class FaultPlans implements FaultGate {
  readonly #random: Random
  readonly #sleeper: Sleeper
  readonly #plans = new Map<string, Plan>()
  readonly #onChange: () => void
  #named = 0
  #version = 0

  constructor({ random, wall, onChange = () => undefined }: FaultPlansOptions) {
    this.#onChange = onChange
    this.#random = random
    this.#sleeper = new Sleeper(wall)
  }

  /** @throws {FaultPlanError} when something in it makes no sense; then nothing of it is taken */
  plan(faults: readonly PlannedFault[], { name, onlyByHeader = false }: PlanOptions = {}): PlanReport {
    this.#refuseUnlessRoom(faults, name)
    const errors = faults.map(misplanned)
    const wrong = errors.findIndex((error) => Object.keys(error).length > 0)
    if (wrong >= 0) throw new FaultPlanError('faults', messageOf(wrong, errors[wrong]), errors)
    const planned = faults.map((fault) => ({ fault, consumed: 0, draws: 0 }))
    const plan = this.#add({ name: name ?? this.#newName(), onlyByHeader, faults: planned })
    this.#changed()
    return reportOf(plan)
  }

  /** All plans, with what was consumed of them. */
  plans(): readonly PlanReport[] {
    return [...this.#plans.values()].map(reportOf)
  }

  report(name: string): PlanReport | null {
    const plan = this.#plans.get(name)
    return plan ? reportOf(plan) : null
  }

  remove(name: string): boolean {
    const isGone = this.#plans.delete(name)
    if (isGone) this.#changed()
    return isGone
  }

  /** Raised with every change. */
  get version(): number {
    return this.#version
  }

  /** Null when there is nothing to be told. */
  save(): SavedPlans | null {
    if (this.#plans.size === 0 && this.#named === 0) return null
    const plans = [...this.#plans.values()].map(({ name, onlyByHeader, faults }) => ({
      name,
      onlyByHeader,
      faults: faults.map(({ fault, consumed, draws }) => ({ fault, consumed, draws })),
    }))
    return { named: this.#named, plans }
  }

  /** As they were saved, in place of all others. */
  load({ named, plans }: SavedPlans): void {
    this.#plans.clear()
    this.#named = named
    for (const plan of plans) this.#add(plan)
  }

  /** As if none had ever been made. */
  clear(): void {
    if (this.#plans.size > 0 || this.#named > 0) this.#changed()
    this.#plans.clear()
    this.#named = 0
  }

  /** The world is gone, and nobody waits for an answer any more. */
  close(): void {
    this.clear()
    this.#sleeper.close()
  }

  /** @throws {Error} naming the faults that were planned and not met, those of chance left out */
  assertConsumed(): void {
    const leftovers = leftoversOf(this.plans())
    if (leftovers.length > 0) throw new Error(`planned faults were not met: ${leftovers.join('; ')}`)
  }

  mayStrike(request: ExchangeRequest): boolean {
    return this.#plans.size > 0 || request.headers[PLAN_HEADER] !== undefined
  }

  /** The fault that this call meets; null where there is none for it. */
  strike(call: FaultedCall): Strike | null {
    const wish = header(call.request, PLAN_HEADER)
    if (wish === undefined) return this.#plans.size === 0 ? null : this.#first(call, this.#everybodys())
    if (wish.startsWith('{')) return this.#strikeInline(inlineFault(wish), call)
    const plan = this.#plans.get(wish)
    return plan ? this.#first(call, [plan, ...this.#everybodys()]) : refusal(`There is no plan "${wish}".`)
  }

  *#everybodys(): Iterable<Plan> {
    for (const plan of this.#plans.values()) if (!plan.onlyByHeader) yield plan
  }

  #first(call: FaultedCall, plans: Iterable<Plan>): Strike | null {
    for (const { faults } of plans)
      for (const planned of faults)
        if (isMeant(planned.fault, call) && this.#take(planned)) return this.#strike(planned, call)
    return null
  }

  #take(planned: Planned): boolean {
    const { times, chance } = planned.fault
    if (planned.consumed >= (times ?? (chance === undefined ? 1 : Infinity))) return false
    this.#changed()
    if (chance !== undefined) {
      planned.draws += 1
      if (this.#random.chance('fault', `${planned.label} ${planned.draws}`) >= chance) return false
    }
    planned.consumed += 1
    return true
  }

  #strike(planned: Planned, call: FaultedCall): Strike {
    const { fault, plan } = planned
    return faultAction(fault, {
      call,
      plan,
      sleeper: this.#sleeper,
      // What found nothing to spoil is left for another request.
      onMissed: () => {
        planned.consumed -= 1
        this.#changed()
      },
    })
  }

  #strikeInline(fault: PlannedFault | string, call: FaultedCall): Strike | null {
    if (typeof fault === 'string') return refusal(fault)
    if (!isMeant(fault, call)) return null
    const onMissed = () => undefined
    return faultAction(fault, { call, plan: null, sleeper: this.#sleeper, onMissed })
  }

  #refuseUnlessRoom(faults: readonly PlannedFault[], name: string | undefined): void {
    if (faults.length === 0) throw new FaultPlanError('faults', 'A plan has at least one fault.')
    if (name !== undefined && !/^[\w.-]{1,100}$/.test(name))
      throw new FaultPlanError('name', 'A name has up to 100 letters, digits, dots, dashes and underscores.')
    if (name !== undefined && this.#plans.has(name))
      throw new FaultPlanError('name', `There is a plan "${name}" already; remove it first.`)
    const planned = [...this.#plans.values()].flatMap((plan) => plan.faults.map(({ fault }) => fault))
    if (this.#plans.size >= MAX_FAULT_PLANS || planned.length + faults.length > MAX_PLANNED_FAULTS)
      throw new FaultPlanError(
        'faults',
        `A world holds ${MAX_FAULT_PLANS} plans with ${MAX_PLANNED_FAULTS} faults; remove some first.`,
      )
    if (JSON.stringify([...planned, ...faults]).length > MAX_PLANNED_BYTES)
      throw new FaultPlanError(
        'faults',
        `A world holds plans of ${MAX_PLANNED_BYTES} bytes; remove some first.`,
      )
  }

  #add({ name, onlyByHeader, faults }: SavedPlans['plans'][number]): Plan {
    const planned = faults.map((one, place) => ({ ...one, plan: name, label: `${name} ${place}` }))
    const plan = { name, onlyByHeader, faults: planned }
    this.#plans.set(name, plan)
    return plan
  }

  #changed(): void {
    this.#version += 1
    this.#onChange()
  }

  #newName(): string {
    do this.#named += 1
    while (this.#plans.has(`plan-${this.#named}`))
    return `plan-${this.#named}`
  }
}

const messageOf = (place: number, errors: Readonly<Record<string, readonly string[]>> = {}): string =>
  Object.entries(errors)
    .map(([field, messages]) => `fault ${place + 1}, ${field}: ${messages.join(' ')}`)
    .join('; ')

const refusal = (detail: string): Strike => ({
  around: () =>
    Promise.resolve({
      status: 400,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ detail: `X-Mock-Plan: ${detail}` }),
    }),
})
