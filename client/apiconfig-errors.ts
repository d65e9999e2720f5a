/** The errors of Python's configparser, under the names that Python gives them. */
export type ApiconfigErrorKind =
  | 'MissingSectionHeaderError'
  | 'DuplicateSectionError'
  | 'DuplicateOptionError'
  | 'ParsingError'
  | 'InterpolationSyntaxError'
  | 'InterpolationMissingOptionError'
  | 'InterpolationDepthError'

/** An apiconfig that Python's configparser refuses. Messages carry line numbers and names, never values. */
export class ApiconfigError extends Error {
  override readonly name = 'ApiconfigError'
  readonly kind: ApiconfigErrorKind

  constructor(kind: ApiconfigErrorKind, message: string) {
    super(message)
    this.kind = kind
  }

  static missingSection(line: number, text: string): ApiconfigError {
    const cause = text.startsWith('\ufeff')
      ? 'the file starts with a byte order mark; save it as UTF-8 without one'
      : 'there is no [profile] line before it'
    return new ApiconfigError('MissingSectionHeaderError', `line ${line} cannot be read: ${cause}`)
  }

  static duplicateSection(line: number, section: string): ApiconfigError {
    return new ApiconfigError('DuplicateSectionError', `line ${line} opens [${section}] a second time`)
  }

  static duplicateOption(line: number, section: string, option: string): ApiconfigError {
    return new ApiconfigError(
      'DuplicateOptionError',
      `line ${line} sets ${option} a second time in [${section}]`,
    )
  }

  static unreadableLines(lines: readonly number[]): ApiconfigError {
    const where = lines.length === 1 ? `line ${lines[0]} is` : `lines ${lines.join(', ')} are`
    return new ApiconfigError('ParsingError', `${where} neither a [profile], nor name = value, nor a comment`)
  }
}
