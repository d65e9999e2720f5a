import { createHash } from 'node:crypto'

/** With a last line that fits what somebody made of the rest. */
export function resigned(text: string): string {
  const content = text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)
  const end = createHash('sha512').update(Buffer.from(content, 'latin1')).digest('hex')
  return `${content}${JSON.stringify({ end })}\n`
}
