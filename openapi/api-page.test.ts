import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonCode, shellQuoted } from './api-page/code.ts'
import { html } from './api-page/html.ts'
import { prose } from './api-page/prose.ts'
import { apiPage, apiPagePolicy, pageOf } from './api-page.ts'
import bundled from './generated/rescale.json' with { type: 'json' }
import { routes } from './generated/routes.ts'

const page = apiPage()
const textOf = (markup: string) =>
  markup
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

const attributes = (name: string) =>
  [...page.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value = '']) => value)

describe('the API page', () => {
  it('shows every operation, every schema and how things are known', () => {
    const ids = new Set(attributes('id'))
    expect(routes.map((route) => route.operationId).filter((id) => !ids.has(id))).toEqual([])
    expect(Object.keys(bundled.components.schemas).filter((name) => !ids.has(`schema-${name}`))).toEqual([])
    const text = textOf(page)
    expect(routes.map((route) => route.path).filter((path) => !text.includes(path))).toEqual([])
    for (const grade of ['observed', 'client-source', 'docs', 'inferred'])
      expect(page).toContain(`class="grade ${grade}"`)
  })

  it('is one well-formed document in which every id is unique and every link leads somewhere', () => {
    expect(unbalancedTags(page)).toEqual([])
    const ids = attributes('id')
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    const leading = attributes('href')
      .filter((href) => href.startsWith('#'))
      .map((href) => href.slice(1))
    expect(leading.filter((id) => !ids.includes(id))).toEqual([])
  })

  it('loads nothing and allows nothing but its own style and script', () => {
    expect(page).not.toMatch(/\ssrc=|@import|url\(|\sstyle="|\son\w+="/)
    expect([...page.matchAll(/<link [^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<link rel="icon" href="data:,">',
    ])
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? []
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? []
    for (const text of [style, script]) {
      expect(apiPagePolicy).toContain(`'sha256-${createHash('sha256').update(text).digest('base64')}'`)
    }
    expect(textOf(page)).not.toContain('undefined')
    expect(page).not.toContain('[object Object]')
  })

  it('can be read without its script, which alone shows what needs it', () => {
    expect([...page.matchAll(/<(\w+)[^>]* hidden/g)].map(([, tag]) => tag)).toEqual(['form'])
  })

  it('sends its examples to the origin it is given', () => {
    expect(textOf(apiPage({ origin: 'http://127.0.0.1:8790' }))).toContain(
      'http://127.0.0.1:8790/api/v2/jobs/',
    )
  })

  it('escapes whatever it is given', () => {
    const evil = `"><script>alert('x')</script>`
    const description = {
      info: { title: evil, version: evil, description: `${evil} \`${evil}\`` },
      tags: [{ name: evil, description: evil }],
      paths: {
        [`/${evil}/{${evil}}`]: {
          get: {
            operationId: evil,
            summary: evil,
            tags: [evil],
            'x-evidence': { grade: evil, source: evil, note: evil },
            parameters: [
              { name: evil, in: 'query' as const, schema: { type: 'string', enum: [evil], default: evil } },
            ],
            responses: { '200': { description: evil, content: { [evil]: { example: { [evil]: evil } } } } },
          },
        },
      },
      components: {
        schemas: { [evil]: { type: 'object', properties: { [evil]: { type: evil, description: evil } } } },
      },
    }
    expect(pageOf(description, evil).match(/<script/g)).toHaveLength(1)
    expect(apiPage({ origin: evil }).match(/<script/g)).toHaveLength(1)
  })
})

it('escapes what is filled into markup, and leaves markup alone', () => {
  expect(html`<b>${'<&>'}${html`<i>${"'"}</i>`}${null}${false}${['"', html`!`]}</b>`.text).toBe(
    '<b>&lt;&amp;&gt;<i>&#39;</i>&quot;!</b>',
  )
})

it('reads the Markdown that descriptions use', () => {
  expect(prose('One `a<b` and **two**.\n\n- [x](https://e.org/)\n- y').text).toBe(
    '<p>One <code>a&lt;b</code> and <strong>two</strong>.</p><ul><li><a href="https://e.org/" rel="noreferrer">x</a></li><li>y</li></ul>',
  )
  expect(prose('[x](javascript:alert)').text).not.toContain('href')
})

it('colours JSON without changing it', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const value = JSON.parse(text) as unknown
      const markup = jsonCode(value).text
      expect(textOf(markup)).toBe(JSON.stringify(value, null, 2))
      expect(unbalancedTags(markup)).toEqual([])
    }),
  )
})

it('quotes arguments so that a shell gives them back', () => {
  const texts = fc.array(
    fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
    { minLength: 50, maxLength: 50 },
  )
  fc.assert(
    fc.property(texts, (given) => {
      const output = execFileSync('bash', ['-c', `printf '%s\\0' ${given.map(shellQuoted).join(' ')}`], {
        encoding: 'utf8',
      })
      expect(output.split('\0').slice(0, -1)).toEqual(given)
    }),
    { numRuns: 10 },
  )
})

function unbalancedTags(markup: string): string[] {
  const empty = new Set(['meta', 'link', 'input', 'wbr', 'br'])
  const open: string[] = []
  const wrong: string[] = []
  for (const [, slash, name = ''] of markup
    .replace(/<(style|script)>[\s\S]*?<\/\1>/g, '')
    .matchAll(/<(\/?)([a-z]\w*)/g)) {
    if (empty.has(name)) continue
    if (slash === '') open.push(name)
    else if (open.pop() !== name) wrong.push(name)
  }
  return [...wrong, ...open]
}
