import { escaped, Html } from './html.ts'

/** The little Markdown that descriptions use: paragraphs, lists, `code`, **strong** and links. */
export function prose(text: string | undefined): Html {
  const blocks = (text ?? '')
    .trim()
    .split(/\n\s*\n/)
    .filter((block) => block !== '')
  return new Html(blocks.map(blockOf).join(''))
}

export function inlineProse(text: string | undefined): Html {
  return new Html(inlined((text ?? '').trim()))
}

function blockOf(block: string): string {
  if (!/^[-*] /.test(block)) return `<p>${inlined(block)}</p>`
  const items = block.split(/\n(?=[-*] )/).map((item) => `<li>${inlined(item.slice(2))}</li>`)
  return `<ul>${items.join('')}</ul>`
}

function inlined(text: string): string {
  // Code first, so that nothing in it is taken for anything else.
  return text
    .split(/(`[^`\n]+`)/)
    .map((piece) =>
      /^`[^`]+`$/.test(piece) ? `<code>${escaped(piece.slice(1, -1))}</code>` : styled(escaped(piece)),
    )
    .join('')
}

function styled(markup: string): string {
  return markup
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\[([^\]]+)\]\((https?:\/\/[^\s()]+)\)/g, '<a href="$2" rel="noreferrer">$1</a>')
}
