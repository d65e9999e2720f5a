import type { Description, Schema } from '../openapi-document.ts'
import { resolve } from '../openapi-document.ts'
import { evidenceLine, evidenceNote, evidenceView } from './evidence-view.ts'
import { type Html, html, joined, type Part } from './html.ts'
import { inlineProse, prose } from './prose.ts'

/** What a value is, in a few words, with links to the schemas that it refers to. */
export function typeLabel(schema: Schema): Html {
  if (schema.$ref !== undefined) {
    const name = nameOf(schema.$ref)
    return html`<a href="#schema-${name}">${name}</a>`
  }
  const alternatives = schema.anyOf ?? schema.oneOf
  if (alternatives) return joined(alternatives.map(typeLabel), ' or ')
  if (schema.allOf) return joined(schema.allOf.map(typeLabel), ' and ')
  if ('const' in schema) return html`<code>${JSON.stringify(schema.const)}</code>`
  const types = [schema.type ?? []].flat()
  return types.length === 0
    ? html`anything`
    : joined(
        types.map((type) => plainLabel(type, schema)),
        ' or ',
      )
}

function plainLabel(type: string, { items, additionalProperties, properties, format }: Schema): Html {
  if (type === 'array') return html`array of ${typeLabel(items ?? {})}`
  if (type === 'object' && !properties && additionalProperties) {
    return html`map of ${typeLabel(additionalProperties === true ? {} : additionalProperties)}`
  }
  return html`${type}${type === 'string' && format !== undefined && html` (${String(format)})`}`
}

const nameOf = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1)

/** A schema's fields, one below the other; those of an `allOf` together. */
export function fieldList(description: Description, schema: Schema): Part {
  const fields = fieldsOf(description, schema)
  if (fields.length === 0) return null
  return html`<ul class="fields">${fields.map(({ name, required, field }) => fieldItem(description, name, required, field))}</ul>`
}

interface Field {
  name: string
  required: boolean
  field: Schema
}

function fieldsOf(description: Description, given: Schema): Field[] {
  const schema = resolve<Schema>(description, given)
  const own = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    return { name, required: schema.required?.includes(name) ?? false, field }
  })
  return [...(schema.allOf ?? []).flatMap((part) => fieldsOf(description, part)), ...own]
}

export function fieldItem(
  description: Description,
  name: string,
  required: boolean,
  field: Schema,
  about?: string,
): Html {
  // Of a shared schema, such as a date's, the row tells only what it adds itself; the link tells the rest.
  const text = about ?? (field.description as string | undefined)
  const resolved = field.$ref === undefined ? field : resolve<Schema>(description, field)
  return html`<li><div class="head"><code class="name">${name}</code> <span class="type">${typeLabel(field)}</span>${
    required && html` <span class="required">required</span>`
  } ${evidenceLine(field['x-evidence'])}</div>${text !== undefined && html`<div class="about">${inlineProse(text)}</div>`}${factList(resolved)}${evidenceNote(field['x-evidence'])}</li>`
}

/** What else has to hold of a value. */
export function factList(schema: Schema): Part {
  const items = schema.items ?? {}
  const facts: Part[] = [
    choicesOf(schema.enum ?? items.enum),
    'default' in schema && html`default <code>${JSON.stringify(schema.default)}</code>`,
    bounds('', schema.minimum, schema.maximum),
    bounds('length ', schema.minLength, schema.maxLength),
    bounds('items ', schema.minItems, schema.maxItems),
    schema.pattern !== undefined && html`pattern <code>${String(schema.pattern)}</code>`,
    Array.isArray(schema['x-aliases']) && html`also spelt <code>${schema['x-aliases'].join(', ')}</code>`,
  ]
  const known = facts.filter((fact) => fact !== false && fact !== null)
  return known.length > 0 && html`<div class="facts">${known.map((fact) => html`<span>${fact}</span>`)}</div>`
}

function choicesOf(choices: readonly unknown[] | undefined): Part {
  if (choices === undefined) return null
  return html`one of ${joined(
    choices.map(
      (choice) => html`<code>${typeof choice === 'string' ? choice : JSON.stringify(choice)}</code>`,
    ),
    ' ',
  )}`
}

function bounds(what: string, least: unknown, most: unknown): Part {
  if (least === undefined && most === undefined) return null
  if (most === undefined) return html`${what}≥ ${String(least)}`
  return least === undefined
    ? html`${what}≤ ${String(most)}`
    : html`${what}${String(least)} to ${String(most)}`
}

/** A named schema, which others refer to. */
export function schemaSection(description: Description, name: string, schema: Schema): Html {
  return html`<article class="schema" id="schema-${name}" data-search="${name.toLowerCase()} ${Object.keys(
    schema.properties ?? {},
  )
    .join(' ')
    .toLowerCase()}"><h3><a href="#schema-${name}">${name}</a> <span class="type">${typeLabel(schema)}</span></h3>${prose(schema.description as string | undefined)}${evidenceView(schema['x-evidence'])}${factList(schema)}${fieldList(description, schema)}</article>`
}
