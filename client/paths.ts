import { ArgumentError } from './errors.ts'

const PARAMETER = /\{([^{}]+)\}/g

/**
 * Fills the parameters of a path. Values are encoded, except for the slashes of `path` (a file below a run's
 * work directory). An empty value or a dot segment would make it another path: DELETE of `..` is refused.
 */
export function filledPath(template: string, values: Record<string, unknown>): string {
  return template.replace(PARAMETER, (_, name: string) => {
    const value = String(values[name] ?? '')
    const segments = name === 'path' ? value.split('/') : [value]
    return segments.map((segment) => encodedSegment(segment, name)).join('/')
  })
}

function encodedSegment(segment: string, name: string): string {
  if (segment === '' || segment === '.' || segment === '..') {
    throw new ArgumentError(`${JSON.stringify(segment)} is no ${name}`)
  }
  return encodeURIComponent(segment)
}
