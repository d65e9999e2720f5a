import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import formats from 'ajv-formats'
import { build } from 'esbuild'
import {
  type Described,
  type Description,
  describedOperations,
  type MediaTypeObject,
  mediaTypeOf,
  type ResponseObject,
  resolve,
  type Schema,
} from '../../openapi/openapi-document.ts'
import { rewritten, SchemaCloser } from './close-schema.ts'
import { bodyKindOf } from './route-table.ts'

export type Variant = 'open' | 'closed'

/** The code of a module that exports `validators`, by `<operationId|outside> <status|request> <media type>`. */
export async function validatorModule(description: Description, variant: Variant): Promise<string> {
  const bodies = describedBodies(description)
  const ajv = anAjv()
  const { component, whole } = variant === 'open' ? openSchemas() : closedSchemas(description)
  for (const [name, schema] of Object.entries(schemaComponents(description))) component(ajv, name, schema)

  // Many operations answer alike (401, 404 …): equal schemas share one function.
  const ids = new Map<string, string>()
  const entries = bodies.map(({ key, schema }) => {
    const closed = whole(schema)
    const text = JSON.stringify(closed)
    const id = ids.get(text) ?? `v${ids.size}`
    if (!ids.has(text)) {
      ids.set(text, id)
      ajv.addSchema(closed, id)
    }
    return [key, id] as const
  })
  const code = standaloneCode(ajv, [...ids.values()])
  const table = entries.map(([key, id]) => `  ${JSON.stringify(key)}: ${id},`).join('\n')
  return bundled(`${code}\nexport const validators = {\n${table}\n}\n`, variant)
}

export const validatorTypes = `import type { Validator } from '../validator.ts'
export declare const validators: Readonly<Record<string, Validator>>
`

const anAjv = (): Ajv2020 => {
  const ajv = new Ajv2020({
    allErrors: true,
    inlineRefs: false,
    strictTypes: false,
    strictRequired: false,
    validateSchema: true,
    code: { source: true, esm: true, lines: true },
  })
  formats.default(ajv)
  return ajv
}

interface SchemaUse {
  component(ajv: Ajv2020, name: string, schema: Schema): void
  whole(schema: Schema): Schema
}

function openSchemas(): SchemaUse {
  const asDescribed = (schema: Schema): Schema =>
    rewritten(schema, { reference: (name) => name, beside: asDescribed, below: asDescribed })
  return { component: (ajv, name, schema) => ajv.addSchema(asDescribed(schema), name), whole: asDescribed }
}

function closedSchemas(description: Description): SchemaUse {
  const closer = new SchemaCloser(description, { part: (name) => name, whole: (name) => `${name}-closed` })
  return {
    component: (ajv, name, schema) => {
      ajv.addSchema(closer.part(schema), name)
      ajv.addSchema({ $ref: name, unevaluatedProperties: false }, `${name}-closed`)
    },
    whole: (schema) => closer.whole(schema),
  }
}

const schemaComponents = (description: Description) =>
  (description.components?.schemas ?? {}) as Record<string, Schema>

interface DescribedBody {
  key: string
  schema: Schema
}

/** Every body that is JSON, in answers and in requests. */
function describedBodies(description: Description): DescribedBody[] {
  const outside = description['x-outside-operations']?.responses ?? {}
  return [
    ...describedOperations(description).flatMap(({ operation: { operationId, responses, requestBody } }) => [
      ...answerBodies(description, operationId, responses),
      ...(requestBody
        ? jsonBodies(description, `${operationId} request`, resolve(description, requestBody).content)
        : []),
    ]),
    ...answerBodies(description, 'outside', outside),
  ]
}

function answerBodies(
  description: Description,
  place: string,
  responses: Described['operation']['responses'],
): DescribedBody[] {
  return Object.entries(responses).flatMap(([status, response]) =>
    jsonBodies(
      description,
      `${place} ${status}`,
      resolve<ResponseObject>(description, response).content ?? {},
    ),
  )
}

function jsonBodies(
  description: Description,
  place: string,
  content: Record<string, MediaTypeObject>,
): DescribedBody[] {
  return Object.entries(content).flatMap(([type, body]) =>
    jsonBody(description, place, mediaTypeOf(type), body),
  )
}

function jsonBody(
  description: Description,
  place: string,
  mediaType: string,
  body: MediaTypeObject,
): DescribedBody[] {
  const { schema } = body
  if (schema === undefined || mediaType === 'multipart/form-data') return []
  return bodyKindOf(description, mediaType, body) === 'json' ? [{ key: `${place} ${mediaType}`, schema }] : []
}

function standaloneCode(ajv: Ajv2020, ids: readonly string[]): string {
  const code = standalone.default(ajv, Object.fromEntries(ids.map((id) => [id, id])))
  return code.replace(/^export const (v\d+ = )/gm, 'const $1')
}

/** ajv's own helpers (formats, code point lengths, equality) are taken in, so that the module needs nothing at run time. */
async function bundled(contents: string, variant: Variant): Promise<string> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, sourcefile: `validators-${variant}.js` },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    target: 'node20.19',
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    charset: 'utf8',
  })
  return `// Generated from openapi/rescale.yaml by \`npm run generate\`.\n${outputFiles[0]?.text ?? ''}`
}
