/** Data in one row: keys and values in their order, and marks where something begins and ends. It never changes. */
export type ToldData = readonly unknown[]

const listBegins = Symbol('[')
const mapBegins = Symbol('{')
const ends = Symbol('end')

/** Null where there is anything in it that JSON has not. */
export function tellData(data: unknown): ToldData | null {
  const told: unknown[] = []
  return tell(data, told) ? told : null
}

function tell(data: unknown, told: unknown[]): boolean {
  if (typeof data !== 'object' || data === null) return !isStrange.has(typeof data) && told.push(data) > 0
  if (!Array.isArray(data)) return isPlain(data) && tellMap(data, told)
  told.push(listBegins)
  return data.every((item) => tell(item, told)) && told.push(ends) > 0
}

function tellMap(map: Readonly<Record<string, unknown>>, told: unknown[]): boolean {
  told.push(mapBegins)
  return (
    Object.entries(map).every(([name, value]) => told.push(name) > 0 && tell(value, told)) &&
    told.push(ends) > 0
  )
}

/** Whether it would be told alike: with the same keys in the same order, which answers may show. */
export function isToldAs(told: ToldData, data: unknown): boolean {
  return endOf(told, 0, data) === told.length
}

/** Where the row goes on behind this; -1 where it says something else. Written for speed: a seed has 60,000 places. */
function endOf(told: ToldData, begin: number, data: unknown): number {
  if (typeof data === 'string') return told[begin] === data ? begin + 1 : -1
  if (typeof data !== 'object' || data === null) return Object.is(told[begin], data) ? begin + 1 : -1
  const end = Array.isArray(data) ? endOfItems(told, begin, data) : endOfEntries(told, begin, data)
  return end > 0 && told[end] === ends ? end + 1 : -1
}

function endOfItems(told: ToldData, begin: number, list: readonly unknown[]): number {
  let place = told[begin] === listBegins ? begin + 1 : -1
  for (let index = 0; index < list.length && place > 0; index += 1) place = endOf(told, place, list[index])
  return place
}

function endOfEntries(told: ToldData, begin: number, data: object): number {
  if (told[begin] !== mapBegins || !isPlain(data)) return -1
  let place = begin + 1
  // Makes no list of the keys.
  for (const name in data) {
    if (told[place] !== name) return -1
    place = endOf(told, place + 1, data[name])
    if (place < 0) return -1
  }
  return place
}

const isStrange: ReadonlySet<string> = new Set(['function', 'symbol', 'bigint'])

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
