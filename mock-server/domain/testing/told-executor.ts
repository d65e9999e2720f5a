import type { Execution, Executor, RunEnd, RunFate, RunOrder, RunPlan } from '../executor.ts'
import { minute } from '../instant.ts'
import { exitedWith, launching } from '../process-output.ts'

const aPlan: RunPlan = {
  duration: 10 * minute,
  exitCode: 0,
  log: [
    { after: 0, text: launching('true', '/enc/somebody/work') },
    { after: 10 * minute, text: exitedWith(0) },
    { after: 10 * minute, text: '' },
  ],
  files: [],
}

/** A live run that ends when the test says so. */
export interface HeldRun {
  readonly order: RunOrder
  readonly asked: ('stop' | 'force stop' | 'kill' | `meet ${number}`)[]
  end(end: Partial<RunEnd>): Promise<void>
}

/** Does what the test tells it to. */
export interface ToldExecutor extends Executor {
  readonly orders: RunOrder[]
  readonly held: HeldRun[]
  /** How runs go from now on: by a plan that differs so from the usual one. */
  plan(change: Partial<RunPlan>): void
  /** From now on runs are live, and last until the test ends them. */
  hold(options?: { readonly canForceStop: boolean }): void
  /** How runs go from now on, by their orders. */
  choose(choice: (order: RunOrder) => Partial<RunPlan> | 'held'): void
}

export function toldExecutor(): ToldExecutor {
  const orders: RunOrder[] = []
  const held: HeldRun[] = []
  let canStopByForce = true
  let choose: (order: RunOrder) => Partial<RunPlan> | 'held' = () => ({})
  return {
    orders,
    held,
    plan(change) {
      choose = () => change
    },
    hold({ canForceStop } = { canForceStop: true }) {
      canStopByForce = canForceStop
      choose = () => 'held'
    },
    choose(choice) {
      choose = choice
    },
    execute(order) {
      orders.push(order)
      const choice = choose(order)
      if (choice === 'held') return holdRun(order, held, canStopByForce)
      return { kind: 'planned', plan: { ...aPlan, ...choice } }
    },
    close: () => Promise.resolve(),
  }
}

function holdRun(order: RunOrder, held: HeldRun[], canForceStop: boolean): Execution {
  const asked: HeldRun['asked'] = []
  let resolve: (end: RunEnd) => void = () => undefined
  const ended = new Promise<RunEnd>((done) => {
    resolve = done
  })
  held.push({
    order,
    asked,
    async end(end) {
      resolve({ exitCode: 0, interruption: null, outputs: [], ...end })
      await ended
      // The platform was told by the promise before this continues; once more, for what it does then.
      await Promise.resolve()
    },
  })
  const run = {
    ended,
    stop: () => void asked.push('stop'),
    kill: async () => void asked.push('kill'),
    meet: ({ exitCode }: RunFate) => void asked.push(`meet ${exitCode}`),
    ...(canForceStop && { forceStop: () => void asked.push('force stop') }),
  }
  return { kind: 'live', run }
}
