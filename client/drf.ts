/** The messages of a Django REST framework error body. */
export interface DrfErrors {
  readonly detail: string | undefined
  readonly fieldErrors: Readonly<Record<string, readonly string[]>>
  /** All of it in one line. */
  readonly summary: string
}

// A hostile or broken server must not make us recurse or grow without bound.
const MAX_DEPTH = 32
const MAX_MESSAGES = 200
const MAX_SUMMARY = 500

/**
 * Reads an error body in any of the shapes of Django REST framework (api-facts 1.5): `{detail}`,
 * `{field: [message]}`, nested serializers with positional lists, bare lists. Never throws; what is no such
 * body gives an empty result.
 */
export function parseDrfErrors(body: unknown): DrfErrors {
  const found: [path: string, message: string][] = []
  collect(body, [], found)
  const detail = found.find(([path]) => path === 'detail')?.[1]
  const fields = new Map<string, string[]>()
  for (const [path, message] of found) {
    if (path === 'detail') continue
    fields.set(path, [...(fields.get(path) ?? []), message])
  }
  return { detail, fieldErrors: Object.fromEntries(fields), summary: summaryOf(detail, fields) }
}

function collect(value: unknown, path: readonly string[], found: [string, string][]): void {
  if (found.length >= MAX_MESSAGES || path.length > MAX_DEPTH) return
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      // A list of messages belongs to the field itself, a list of objects to positions of a list field.
      collect(item, isMessage(item) ? path : [...path, String(index)], found)
    })
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) collect(item, [...path, key], found)
  } else if (isMessage(value) && path.length > 0) {
    found.push([path.join('.'), String(value)])
  } else if (isMessage(value)) {
    found.push(['non_field_errors', String(value)])
  }
}

function isMessage(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function summaryOf(detail: string | undefined, fields: ReadonlyMap<string, readonly string[]>): string {
  const parts = [...fields].map(([path, messages]) =>
    path === 'non_field_errors' ? messages.join(' ') : `${path}: ${messages.join(' ')}`,
  )
  const summary = [...(detail === undefined ? [] : [detail]), ...parts].join('; ')
  return summary.length > MAX_SUMMARY ? `${summary.slice(0, MAX_SUMMARY)}…` : summary
}
