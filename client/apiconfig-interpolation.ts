import { ApiconfigError, type ApiconfigErrorKind } from './apiconfig-errors.ts'

// configparser.MAX_INTERPOLATION_DEPTH
const MAX_DEPTH = 10
const REFERENCE = /^%\(([^)]+)\)s/

/** Replaces `%(name)s` by the option of that name and `%%` by `%`, as configparser's BasicInterpolation. */
export function interpolate(
  values: ReadonlyMap<string, string>,
  section: string,
  option: string,
  text: string,
  depth = 1,
): string {
  const fail = (kind: ApiconfigErrorKind, what: string) =>
    new ApiconfigError(kind, `${option} in [${section}] ${what} (write %% for a plain percent sign)`)
  if (depth > MAX_DEPTH) throw fail('InterpolationDepthError', 'refers to itself')
  let out = ''
  let rest = text
  for (;;) {
    const percent = rest.indexOf('%')
    if (percent < 0) return out + rest
    out += rest.slice(0, percent)
    rest = rest.slice(percent)
    if (rest[1] === '%') {
      out += '%'
      rest = rest.slice(2)
      continue
    }
    const reference = REFERENCE.exec(rest)
    if (!reference) throw fail('InterpolationSyntaxError', 'has a single % in its value')
    const name = (reference[1] ?? '').toLowerCase()
    const value = values.get(name)
    if (value === undefined) {
      throw fail('InterpolationMissingOptionError', `refers to ${name}, which is not set`)
    }
    out += value.includes('%') ? interpolate(values, section, option, value, depth + 1) : value
    rest = rest.slice(reference[0].length)
  }
}
