/** A key as a JSON pointer writes it (RFC 6901). */
export const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

export const unescaped = (step: string): string => step.replaceAll('~1', '/').replaceAll('~0', '~')
