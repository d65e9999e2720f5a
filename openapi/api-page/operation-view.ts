import { STATUS_CODES } from 'node:http'
import type {
  Described,
  Description,
  HeaderObject,
  MediaTypeObject,
  ParameterObject,
  RequestBodyObject,
  ResponseObject,
} from '../openapi-document.ts'
import { resolve } from '../openapi-document.ts'
import { jsonCode, shellQuoted } from './code.ts'
import { evidenceView, gradeOf } from './evidence-view.ts'
import { Html, html, type Part } from './html.ts'
import { inlineProse, prose } from './prose.ts'
import { fieldItem, fieldList, typeLabel } from './schema-view.ts'

export function operationArticle(description: Description, described: Described, origin: string): Html {
  const { path, method, operation } = described
  const { operationId, summary = operationId } = operation
  return html`<article class="operation" id="${operationId}" data-search="${searchText(described)}">
<div class="told"><h3><a href="#${operationId}">${summary}</a></h3>
<p class="call"><span class="method ${method}">${method.toUpperCase()}</span> <code>${pathView(path)}</code></p>
${prose(operation.description)}${evidenceView(operation['x-evidence'])}
${parameterLists(description, described)}${requestView(description, operation.requestBody)}
<h4>Answers</h4>${Object.entries(operation.responses).map(([status, response]) =>
    answerView(description, status, resolve<ResponseObject>(description, response)),
  )}</div>
<div class="shown"><pre class="curl"><code>${curlCommand(description, described, origin)}</code></pre>${examplesOf(description, described)}</div>
</article>`
}

/** What the search box looks through, lower case. */
export function searchText({ path, method, operation }: Described): string {
  const { operationId, summary, description = '', tags = [] } = operation
  const words = [method, path, operationId, summary, ...tags, gradeOf(operation['x-evidence']), description]
  return words.join(' ').replaceAll(/\s+/g, ' ').toLowerCase()
}

function pathView(path: string): Html {
  return new Html(
    path
      .split('/')
      .map((step) => (step.startsWith('{') ? html`<em>${step}</em>` : html`${step}`).text)
      .join('/<wbr>'),
  )
}

function parameterLists(description: Description, { pathItem, operation }: Described): Part {
  const all = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) =>
    resolve<ParameterObject>(description, parameter),
  )
  const titles = { path: 'In the path', query: 'In the query', header: 'In headers', cookie: 'In cookies' }
  return (['path', 'query', 'header'] as const).map((place) => {
    const parameters = all.filter((parameter) => parameter.in === place)
    return (
      parameters.length > 0 &&
      html`<h4>${titles[place]}</h4><ul class="fields">${parameters.map((parameter) => parameterItem(description, parameter))}</ul>`
    )
  })
}

function parameterItem(description: Description, parameter: ParameterObject): Html {
  const evidence = parameter['x-evidence']
  const schema = { ...parameter.schema, ...(evidence !== undefined && { 'x-evidence': evidence }) }
  const isRequired = parameter.required === true && parameter.in !== 'path'
  return fieldItem(description, parameter.name, isRequired, schema, parameter.description)
}

function requestView(description: Description, given: Described['operation']['requestBody']): Part {
  if (given === undefined) return null
  const body = resolve<RequestBodyObject>(description, given)
  return html`<h4>Body${body.required !== true && ' (optional)'}</h4>${prose(body.description)}${contentViews(description, body.content)}`
}

function contentViews(description: Description, content: Record<string, MediaTypeObject>): Part {
  return Object.entries(content).map(
    ([type, { schema = {} }]) =>
      html`<p class="content"><code>${type}</code> ${typeLabel(schema)}</p>${fieldList(description, schema)}`,
  )
}

function answerView(description: Description, status: string, response: ResponseObject): Html {
  const isSuccess = status.startsWith('2')
  const reason = isSuccess ? response.description : (STATUS_CODES[status] ?? response.description)
  const content = response.content ?? {}
  return html`<details class="answer s${status.charAt(0)}"><summary><span class="status">${status}</span> ${inlineProse(reason)}</summary>
${reason !== response.description && prose(response.description)}${evidenceView(response['x-evidence'])}${headerList(description, response)}${
  isSuccess ? contentViews(description, content) : refusalViews(description, content)
}${Object.keys(content).length === 0 && html`<p class="content">no body</p>`}</details>`
}

function headerList(description: Description, { headers = {} }: ResponseObject): Part {
  const items = Object.entries(headers).map(([name, given]) => {
    const header = resolve<HeaderObject>(description, given)
    return fieldItem(description, name, header.required === true, header.schema ?? {}, header.description)
  })
  return items.length > 0 && html`<ul class="fields">${items}</ul>`
}

/** Of a refusal, an example tells more than a schema. */
function refusalViews(description: Description, content: Record<string, MediaTypeObject>): Part {
  return Object.entries(content).map(([type, body]) => [
    html`<p class="content"><code>${type}</code> ${typeLabel(body.schema ?? {})}</p>`,
    exampleValues(description, body).map(
      ({ title, value }) =>
        html`<p class="content">${title}</p><pre class="small"><code>${JSON.stringify(value)}</code></pre>`,
    ),
  ])
}

function examplesOf(description: Description, { operation }: Described): Part {
  const request = operation.requestBody && resolve<RequestBodyObject>(description, operation.requestBody)
  const successes = Object.entries(operation.responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([status, response]) => [status, resolve<ResponseObject>(description, response).content] as const)
  return [['Request', request?.content] as const, ...successes].map(([place, content]) =>
    Object.values(content ?? {}).map((body) =>
      exampleValues(description, body).map(
        ({ title, value }, index) =>
          html`<details class="example"${index === 0 && html` open`}><summary><span class="status">${place}</span> ${title}</summary><pre tabindex="0"><code>${
            typeof value === 'string' ? value : jsonCode(value)
          }</code></pre></details>`,
      ),
    ),
  )
}

interface Example {
  title: string
  value: unknown
}

function exampleValues(description: Description, { example, examples = {} }: MediaTypeObject): Example[] {
  const named = Object.entries(examples).map(([name, given]) => {
    const { summary = name, value } = resolve<{ summary?: string; value?: unknown }>(description, given)
    return { title: summary, value }
  })
  return example === undefined ? named : [{ title: 'Example', value: example }, ...named]
}

function curlCommand(
  description: Description,
  { path, method, operation }: Described,
  origin: string,
): string {
  const request = operation.requestBody && resolve<RequestBodyObject>(description, operation.requestBody)
  const [type, body] = Object.entries(request?.content ?? {})[0] ?? []
  const value =
    body === undefined || request?.required !== true ? undefined : exampleValues(description, body)[0]?.value
  const isUpload = type === 'multipart/form-data'
  const hasDefaultMethod = method === 'get' || (method === 'post' && (isUpload || value !== undefined))
  const options = [
    ...(hasDefaultMethod ? [] : [`-X ${method.toUpperCase()}`]),
    `-H "Authorization: Token $RESCALE_API_KEY"`,
    ...(isUpload ? ['-F file=@input.zip'] : []),
    ...(value === undefined || isUpload
      ? []
      : [`-H 'Content-Type: application/json'`, `-d ${shellQuoted(JSON.stringify(value, null, 2))}`]),
  ]
  return ['curl', ...options, shellQuoted(origin + path)].join(' \\\n  ').replace('curl \\\n  ', 'curl ')
}
