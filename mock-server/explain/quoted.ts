/** What is repeated of a request. Characters. */
const LONGEST_QUOTE = 80

/** What a client sent, short enough to be repeated. */
export const quoted = (text: string): string =>
  text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}...` : text
