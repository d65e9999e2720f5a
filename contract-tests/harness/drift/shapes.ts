import { escaped } from '../../../openapi/json-pointer.ts'
import { isList, isObject, type Json } from '../json.ts'
import { hasAnswer, type SeenBody, type SeenExchange } from '../seen-exchange.ts'
import { valueClass } from './value-class.ts'

/** What has been seen at one place of a body, over all exchanges of an operation and status. */
export interface Shape {
  /** JSON types: `string`, `number`, `integer`, `boolean`, `null`, `object`, `array`. */
  readonly types: ReadonlySet<string>
  /** Of strings: how they are written (a date with `Z`, a UUID), never what they say. */
  readonly classes: ReadonlySet<string>
  readonly times: number
  /** How often an object stood here: a key below that came less often is optional. */
  readonly objects: number
  /** The first exchange that shows it. */
  readonly evidence: ExchangeReference
}

export interface ExchangeReference {
  readonly scenario: string
  readonly seq: number
  /** ISO 8601. */
  readonly at: string
}

/** Of one operation and status: by pointer, in which `*` stands for every item of a list. */
export interface BodyShape {
  readonly operationId: string
  readonly status: number
  readonly fields: ReadonlyMap<string, Shape>
  readonly evidence: ExchangeReference
}

/** By operation and status. */
export type ShapeTable = ReadonlyMap<string, BodyShape>

/** What the answers of many exchanges look like, whatever they say. Exchanges outside the description are left out. */
export function shapesOf(exchanges: Iterable<SeenExchange>): ShapeTable {
  const table = new Map<string, GrowingBody>()
  for (const exchange of exchanges) {
    if (exchange.operationId === null || !hasAnswer(exchange)) continue
    const { operationId, response } = exchange
    const key = `${operationId} ${response.status}`
    const body = table.get(key) ?? new GrowingBody(operationId, response.status, referenceTo(exchange))
    table.set(key, body)
    body.add(response.body, referenceTo(exchange))
  }
  return table
}

export const referenceTo = ({ scenario, seq, startedAt }: SeenExchange): ExchangeReference => ({
  scenario,
  seq,
  at: startedAt,
})

interface GrowingShape extends Shape {
  readonly types: Set<string>
  readonly classes: Set<string>
  times: number
  objects: number
}

class GrowingBody implements BodyShape {
  readonly operationId: string
  readonly status: number
  readonly evidence: ExchangeReference
  readonly fields = new Map<string, GrowingShape>()

  constructor(operationId: string, status: number, evidence: ExchangeReference) {
    this.operationId = operationId
    this.status = status
    this.evidence = evidence
  }

  add(body: SeenBody, from: ExchangeReference): void {
    if (body.kind === 'json') this.#value('', body.value, from)
  }

  #value(pointer: string, value: Json, from: ExchangeReference): void {
    const shape = this.#shapeAt(pointer, from)
    shape.times += 1
    shape.types.add(typeOf(value))
    if (typeof value === 'string') shape.classes.add(valueClass(value))
    if (isList(value)) for (const item of value) this.#value(`${pointer}/*`, item, from)
    if (!isObject(value)) return
    shape.objects += 1
    for (const [key, member] of Object.entries(value)) this.#value(`${pointer}/${escaped(key)}`, member, from)
  }

  #shapeAt(pointer: string, evidence: ExchangeReference): GrowingShape {
    const known = this.fields.get(pointer)
    if (known) return known
    const shape = { types: new Set<string>(), classes: new Set<string>(), times: 0, objects: 0, evidence }
    this.fields.set(pointer, shape)
    return shape
  }
}

export function typeOf(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

/** The object that a field belongs to; null for the whole body. */
export function parentOf(pointer: string): string | null {
  return pointer === '' ? null : pointer.slice(0, pointer.lastIndexOf('/'))
}
