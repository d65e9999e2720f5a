import { CannotRunError } from '../not-run.ts'
import type { Ledger } from './ledger.ts'
import type { Amount } from './ledger-entries.ts'

export interface BudgetOptions {
  readonly ledger: Ledger
  /** Of this run, in the platform's currency. */
  readonly maxCost: number
  /** Of a day (UTC), of all runs on this account together. */
  readonly dayLimit: number
  /** When the dead-man timer stops what runs; nothing is submitted after it. Milliseconds since the epoch. */
  readonly deadline: number
  readonly now: () => Date
}

/** Sets the worst case of each job aside before it is submitted. What was set aside is never given back for having cost less. */
export class Budget {
  readonly #options: BudgetOptions

  constructor(options: BudgetOptions) {
    this.#options = options
  }

  get spent(): number {
    const { ledger } = this.#options
    return sum(ledger.reserved({ run: ledger.run }))
  }

  get spentToday(): number {
    return sum(this.#options.ledger.reserved({ day: this.#options.now().toISOString().slice(0, 10) }))
  }

  /** Writes the reservation down, or throws CannotRunError where it would go beyond a limit. */
  reserve(id: string, worst: Amount): void {
    const { ledger, maxCost, dayLimit, deadline, now } = this.#options
    if (now().getTime() >= deadline) {
      throw new CannotRunError({
        kind: 'budget',
        text: 'It was not submitted: the run has lasted as long as it may.',
      })
    }
    // A job that was submitted already is not run again (NB 46).
    if (ledger.owned().some((one) => one.kind === 'job' && one.id === id && one.submitted)) return
    const run = sum([{ amount: this.spent, currency: '' }, worst])
    const day = sum([{ amount: this.spentToday, currency: '' }, worst])
    if (run > maxCost) throw tooMuch(worst, this.spent, maxCost, 'this run', '--max-cost AMOUNT')
    if (day > dayLimit)
      throw tooMuch(
        worst,
        this.spentToday,
        dayLimit,
        'today',
        '`localscale contract allow NAME --day-limit AMOUNT`',
      )
    ledger.write({ type: 'submit', kind: 'job', id, worst })
  }
}

/** In cents, so that sums of fractions do not creep over a limit. */
const sum = (amounts: readonly Amount[]): number =>
  amounts.reduce((cents, { amount }) => cents + Math.round(amount * 100), 0) / 100

const tooMuch = (worst: Amount, spent: number, limit: number, of: string, how: string): CannotRunError =>
  new CannotRunError({
    kind: 'budget',
    text: `It was not submitted: at worst it costs ${money(worst)}, ${spent.toFixed(2)} of the ${limit.toFixed(2)} for ${of} are set aside already. ${how} allows more.`,
  })

export const money = ({ amount, currency }: Amount): string => `${amount.toFixed(2)} ${currency}`.trim()
