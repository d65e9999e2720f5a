const classes: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['empty', /^$/],
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['sha512', /^[0-9a-f]{128}$/],
  ['url', /^https?:\/\//],
  ['email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
]

const dateTime = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/

/**
 * How a string is written: two dates with the same digits of a second and the same form of zone are of one class, two
 * texts are of one class. A change of class is a change of the wire format, whatever the values.
 */
export function valueClass(text: string): string {
  const time = dateTime.exec(text)
  if (time) return `date-time${fractionOf(time[2])}${zoneOf(time[3])}`
  return classes.find(([, pattern]) => pattern.test(text))?.[0] ?? 'text'
}

/** Django leaves the fraction out where it is zero, so digits are three or six, or none: all one class when there is one. */
const fractionOf = (fraction: string | undefined): string => (fraction === undefined ? '' : '.f')

function zoneOf(zone: string | undefined): string {
  if (zone === undefined) return ' without zone'
  return zone === 'Z' ? ' Z' : ' ±hh:mm'
}
