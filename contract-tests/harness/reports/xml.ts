/** Characters that XML 1.0 has no way to write are shown as their code. */
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

export function xmlText(text: string): string {
  return text
    .replace(unwritable, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[] | string = [],
): string {
  const inside = typeof children === 'string' ? xmlText(children) : children.join('\n')
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`)
  return inside === '' ? `<${name}${given.join('')}/>` : `<${name}${given.join('')}>${inside}</${name}>`
}
