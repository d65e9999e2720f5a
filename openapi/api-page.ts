import { createHash } from 'node:crypto'
import { gradeBadge, gradeOf, grades } from './api-page/evidence-view.ts'
import { Html, html } from './api-page/html.ts'
import { operationArticle } from './api-page/operation-view.ts'
import { prose } from './api-page/prose.ts'
import { schemaSection } from './api-page/schema-view.ts'
import { script } from './api-page/script.ts'
import { style } from './api-page/style.ts'
import bundled from './generated/rescale.json' with { type: 'json' }
import { type Described, type Description, describedOperations, type Schema } from './openapi-document.ts'

export interface ApiPageOptions {
  /** Where the page's examples send their requests: the mock's own origin. */
  readonly origin?: string
}

/**
 * The description as one HTML page that loads nothing. Its script and style are allowed by hash; a stricter
 * `Content-Security-Policy` than `apiPagePolicy` would turn off searching, but not reading.
 */
export function apiPage({ origin = 'https://platform.rescale.com' }: ApiPageOptions = {}): string {
  return pageOf(bundled as unknown as Description, origin)
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** For the header of that name; the page carries it itself as well. */
export const apiPagePolicy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  `script-src ${hashOf(script)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

export function pageOf(description: Description, origin: string): string {
  const operations = describedOperations(description)
  const schemas = Object.entries((description.components?.schemas ?? {}) as Record<string, Schema>)
  const tags = description.tags ?? []
  const { title, version } = description.info
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${apiPagePolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Html(style)}</style>
</head>
<body>
<nav aria-label="Operations">
<a class="title" href="#top">${title}</a>
<p class="version">version ${version}</p>
<form hidden role="search"><input id="search" type="search" placeholder="Search  /" aria-label="Search operations and schemas" autocomplete="off" spellcheck="false"><button id="theme" type="button" title="Light or dark" aria-label="Switch between light and dark">◐</button></form>
<p id="found" role="status"></p>
${tags.map(({ name }) => navigationGroup(name, ofTag(operations, name)))}
<div class="group"><h2><a href="#schemas">Schemas</a></h2></div>
</nav>
<main id="top">
${introduction(description, operations)}
${tags.map(
  ({
    name,
    description: about,
  }) => html`<section id="tag-${name}"><h2>${name}</h2><p class="intro">${about}</p>
${ofTag(operations, name).map((operation) => operationArticle(description, operation, origin))}</section>
`,
)}
<section id="schemas"><h2>Schemas</h2><p class="intro">What the operations take and answer.</p>
${schemas.map(([name, schema]) => schemaSection(description, name, schema))}</section>
</main>
<script>${new Html(script)}</script>
</body>
</html>
`.text
}

function ofTag(operations: readonly Described[], tag: string): Described[] {
  return operations.filter(({ operation }) => operation.tags?.[0] === tag)
}

function navigationGroup(tag: string, operations: readonly Described[]): Html {
  return html`<div class="group"><h2><a href="#tag-${tag}">${tag}</a></h2><ul>${operations.map(
    ({ method, operation: { operationId, summary = operationId } }) =>
      html`<li><a href="#${operationId}"><span class="method ${method}">${method.toUpperCase()}</span> ${summary}</a></li>`,
  )}</ul></div>
`
}

function introduction(description: Description, operations: readonly Described[]): Html {
  const { title, summary, description: about } = description.info
  return html`<header><h1>${title}</h1><p class="summary">${summary}</p>
${prose(about)}
<h4>Servers</h4><ul class="servers">${(description.servers ?? []).map(
    (server) => html`<li><code>${server.url}</code> <span>${server.description}</span></li>`,
  )}</ul>
<h4>Credentials</h4>${Object.values(description.components?.securitySchemes ?? {}).map((scheme) =>
    prose((scheme as { description?: string }).description),
  )}
<h4>How it is known</h4>${evidenceLegend(description, operations)}</header>`
}

function evidenceLegend(description: Description, operations: readonly Described[]): Html {
  const ofOperations = operations.map(({ operation }) => gradeOf(operation['x-evidence']))
  const all = gradesWithin(description)
  return html`<div class="legend">${Object.entries(grades).map(([grade, meaning]) => {
    const count = ofOperations.filter((given) => given === grade).length
    const details = all.filter((given) => given === grade).length - count
    return html`<p>${gradeBadge(grade)} <span>${meaning} <span class="count">(${count} operations, ${details} details)</span></span></p>`
  })}</div>`
}

function gradesWithin(value: unknown): (string | undefined)[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'x-evidence' in value ? [gradeOf(value['x-evidence'])] : []
  return [...own, ...Object.values(value).flatMap(gradesWithin)]
}
