const DATE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i

/**
 * Reads a date as Rescale writes it: `Z`, `+00:00`, a local offset or no zone at all (taken as UTC), with
 * up to six fraction digits (api-facts 1.7). Undefined when the text is none of these.
 */
export function parseDate(text: string | null | undefined): Date | undefined {
  const match = DATE.exec(text?.trim() ?? '')
  if (!match) return undefined
  const [, day, time = '00:00', fraction = '', zone = 'Z'] = match
  const parsed = new Date(`${day}T${time}${fraction && withMilliseconds(fraction)}${withColon(zone)}`)
  return Number.isNaN(parsed.getTime()) ? undefined : parsed
}

// The language promises three fraction digits only; more are up to the engine.
function withMilliseconds(fraction: string): string {
  return fraction.slice(0, 4).padEnd(4, '0')
}

function withColon(zone: string): string {
  if (zone.toUpperCase() === 'Z') return 'Z'
  return zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`
}
