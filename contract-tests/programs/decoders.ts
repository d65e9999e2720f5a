/** What a client that decodes strictly would stumble over: nothing, or where and why. */
export type Decoder = (value: unknown, at?: string) => readonly string[]

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 80) ?? String(value)

const kind =
  (name: string, test: (value: unknown) => boolean): Decoder =>
  (value, at = '$') =>
    test(value) ? [] : [`${at} is no ${name}: ${shown(value)}`]

export const text = kind('text', (value) => typeof value === 'string')
export const number = kind('number', (value) => typeof value === 'number')
export const integer = kind('integer', Number.isSafeInteger)
export const int32 = kind(
  '32-bit integer',
  (value) => Number.isInteger(value) && value === Number(value) >> 0,
)
export const boolean = kind('boolean', (value) => typeof value === 'boolean')

/** Text that Go's `time.Time`, Rust's chrono and Java's `OffsetDateTime` read. */
export const rfc3339 = matching(
  /^\d{4}-(0\d|1[0-2])-([0-2]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
)

export function matching(pattern: RegExp): Decoder {
  return kind(`text like ${pattern}`, (value) => typeof value === 'string' && pattern.test(value))
}

export const nullable =
  (inner: Decoder): Decoder =>
  (value, at) =>
    value === null ? [] : inner(value, at)

export const list =
  (inner: Decoder): Decoder =>
  (value, at = '$') =>
    Array.isArray(value)
      ? value.flatMap((item, index) => inner(item, `${at}[${index}]`))
      : [`${at} is no list: ${shown(value)}`]

/** All fields must be there; what else is there is passed over, as all known clients do. */
export const struct =
  (fields: Readonly<Record<string, Decoder>>): Decoder =>
  (value, at = '$') => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [`${at} is no object: ${shown(value)}`]
    return Object.entries(fields).flatMap(([name, decode]) =>
      Object.hasOwn(value, name)
        ? decode((value as Record<string, unknown>)[name], `${at}.${name}`)
        : [`${at}.${name} is missing`],
    )
  }

export const page = (item: Decoder): Decoder =>
  struct({ count: integer, next: nullable(text), previous: nullable(text), results: list(item) })
