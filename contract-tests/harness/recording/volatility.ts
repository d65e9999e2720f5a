import type { OperationId } from '../../../openapi/generated/routes.ts'
import { partsOf } from '../naming/names.ts'
import { flatRequest, flatResponse } from './flat-exchange.ts'
import type { StoredExchange } from './stored-exchange.ts'

/** A place whose value was different when the same story was told twice. */
export interface VolatileLeaf {
  readonly operationId: OperationId | null
  readonly side: 'request' | 'response'
  /** Null for requests. */
  readonly status: number | null
  // `body /results/*/name`, `header etag`, `query search`.
  readonly place: string
  /** `value`: another one of the same type. `type`: of another type. `presence`: it was there once. */
  readonly differs: 'value' | 'type' | 'presence'
}

/**
 * What is volatile, learnt from two runs of one scenario: exchanges are laid beside each other in the order in which
 * the same thing was asked, their names matched one to one, and what still differs is volatile. Dates are volatile by
 * nature, and not listed as long as they are written in the same way.
 */
export function learnVolatility(
  first: readonly StoredExchange[],
  second: readonly StoredExchange[],
): VolatileLeaf[] {
  const pairing = new Pairing()
  const found = new Map<string, VolatileLeaf>()
  for (const [one, other] of aligned(first, second)) {
    const { operationId } = one
    const add = (side: VolatileLeaf['side'], status: number | null, differences: Differences): void => {
      for (const [place, differs] of differences) {
        found.set(JSON.stringify([operationId, side, status, place]), {
          operationId,
          side,
          status,
          place,
          differs,
        })
      }
    }
    add('request', null, differences(flatRequest(one.request), flatRequest(other.request), pairing))
    if (
      'failure' in one.response ||
      'failure' in other.response ||
      one.response.status !== other.response.status
    )
      continue
    const { status } = one.response
    add('response', status, differences(flatResponse(one.response), flatResponse(other.response), pairing))
  }
  return [...found.values()].sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
}

const orderOf = ({ operationId, side, status, place }: VolatileLeaf): string =>
  [operationId, side, status, place].join(' ')

/** The n-th time that something was asked, in both runs. Polls that only one of them made stand alone. */
function aligned(
  first: readonly StoredExchange[],
  second: readonly StoredExchange[],
): (readonly [StoredExchange, StoredExchange])[] {
  const queues = new Map<string, StoredExchange[]>()
  for (const exchange of second) {
    const key = kindOf(exchange)
    queues.set(key, [...(queues.get(key) ?? []), exchange])
  }
  return first.flatMap((exchange) => {
    const other = queues.get(kindOf(exchange))?.shift()
    return other ? [[exchange, other] as const] : []
  })
}

const kindOf = ({ request, caller, operationId }: StoredExchange): string =>
  `${caller} ${request.method} ${operationId ?? request.url.replaceAll(/\{[^}]*\}/g, '{}')}`

type Differences = readonly (readonly [place: string, differs: VolatileLeaf['differs']])[]

function differences(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
  pairing: Pairing,
): Differences {
  const places = new Set([...one.keys(), ...other.keys()])
  return [...places].flatMap((place) => {
    const [left, right] = [one.get(place), other.get(place)]
    const differs = left === undefined || right === undefined ? 'presence' : pairing.difference(left, right)
    return differs === null ? [] : [[generalPlace(place), differs] as const]
  })
}

// `body /results/3/name` is `body /results/*/name`.
export const generalPlace = (place: string): string => place.replaceAll(/\/\d+(?=\/|$)/g, '/*')

/** Names of the first run and their counterparts in the second: one to one. */
class Pairing {
  readonly #forth = new Map<string, string>()
  readonly #back = new Map<string, string>()

  difference(left: string, right: string): VolatileLeaf['differs'] | null {
    const [leftNames, rightNames] = [namesIn(left), namesIn(right)]
    if (left.replaceAll(NAME, '{}') !== right.replaceAll(NAME, '{}')) return differenceOf(left, right)
    return leftNames.every((name, index) => this.#fits(name, rightNames[index] ?? '')) ? null : 'value'
  }

  #fits(left: string, right: string): boolean {
    if (partsOf(left).type !== partsOf(right).type) return false
    const [known, back] = [this.#forth.get(left), this.#back.get(right)]
    if (known !== undefined || back !== undefined) return known === right && back === left
    this.#forth.set(left, right)
    this.#back.set(right, left)
    return true
  }
}

const NAME = /\{[^{}]+#\d+\}/g

const namesIn = (leaf: string): string[] => (leaf.match(NAME) ?? []).map((name) => name.slice(1, -1))

function differenceOf(left: string, right: string): VolatileLeaf['differs'] | null {
  const [leftKind, rightKind] = [left.slice(0, left.indexOf(' ')), right.slice(0, right.indexOf(' '))]
  if (leftKind !== rightKind) return 'type'
  return leftKind === 'date' && dateClass(left) === dateClass(right) ? null : 'value'
}

/** Digits are digits; what is left is how the date is written. */
export const dateClass = (date: string): string => date.replaceAll(/\d/g, '9')
